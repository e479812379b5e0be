package org.laplace4j.autodiff.op;

import java.util.Arrays;
import org.laplace4j.autodiff.Shape;

/**
 * What a window shows of one image (C, H, W) at each of its R positions, as the columns of a matrix
 * (F, R), F = C·height·width, or as the rows of its transpose: the inputs of a weight (out, F) that
 * is applied at R positions, as curvatures see the filters of a convolution.
 *
 * @param window the window
 * @param channels C
 * @param imageHeight H
 * @param imageWidth W
 */
record Patches(Window window, int channels, int imageHeight, int imageWidth) {

  /** A column that no step to the right brings into an image. */
  private static final int OUTSIDE = Integer.MIN_VALUE;

  /** Of images (…, C, H, W). */
  static Patches of(Window window, Shape images) {
    return new Patches(window, images.dim(-3), images.dim(-2), images.dim(-1));
  }

  /** The vertical positions. */
  int rows() {
    return window.rows(imageHeight);
  }

  /** The horizontal positions. */
  int columns() {
    return window.columns(imageWidth);
  }

  /** R. */
  int positions() {
    return Math.multiplyExact(rows(), columns());
  }

  /** F. */
  int features() {
    return Math.multiplyExact(channels, window.height() * window.width());
  }

  /** C·H·W. */
  int imageSize() {
    return channels * imageHeight * imageWidth;
  }

  /** What is done with a run of positions of one row of windows, where the window is inside. */
  private interface Run {
    void take(int imageAt, int patchesAt, int count);
  }

  /** Writes the patches (F, R) of the image at the offset over what is there. */
  void unfold(double[] images, int from, double[] patches) {
    if (window.paddingHeight() > 0 || window.paddingWidth() > 0) {
      Arrays.fill(patches, 0, positions() * features(), 0);
    }
    int stride = window.strideWidth();
    forEachRun((imageAt, at, count) -> {
      if (stride == 1) {
        System.arraycopy(images, from + imageAt, patches, at, count);
      } else {
        for (int j = 0; j < count; j++) {
          patches[at + j] = images[from + imageAt + j * stride];
        }
      }
    });
  }

  /** Adds the entries of patches (F, R) to where in the image at the offset they come from. */
  void addFolded(double[] patches, double[] images, int to) {
    int stride = window.strideWidth();
    forEachRun((imageAt, at, count) -> {
      for (int j = 0; j < count; j++) {
        images[to + imageAt + j * stride] += patches[at + j];
      }
    });
  }

  private void forEachRun(Run run) {
    int rows = rows();
    int columns = columns();
    int stride = window.strideWidth();
    for (int f = 0; f < features(); f++) {
      int x = f % window.width() - window.paddingWidth(); // of the first position
      int first = Math.max(0, ceil(-x, stride));
      int count = Math.min(columns, ceil(imageWidth - x, stride)) - first;
      for (int r = 0; r < rows && count > 0; r++) {
        int y = y(f, r);
        if (y >= 0 && y < imageHeight) {
          int imageAt = (plane(f) + y) * imageWidth + x + first * stride;
          run.take(imageAt, (f * rows + r) * columns + first, count);
        }
      }
    }
  }

  private static int ceil(int n, int divisor) {
    return -Math.floorDiv(-n, divisor);
  }

  /** The row of the image that feature f shows at the r-th vertical position. */
  private int y(int f, int r) {
    int own = f / window.width() % window.height();
    return r * window.strideHeight() - window.paddingHeight() + own;
  }

  /** The row of the first of the channel of feature f among those of all channels. */
  private int plane(int f) {
    return f / (window.height() * window.width()) * imageHeight;
  }

  /** Writes some of the F columns of the transpose, (R, |features|), from the offset. */
  void unfold(double[] images, int from, int[] features, double[] into, int at) {
    int count = features.length;
    int[] x = new int[count];
    int[] imageAt = new int[count];
    int to = at;
    for (int r = 0; r < rows(); r++) {
      for (int f = 0; f < count; f++) {
        int y = y(features[f], r);
        boolean inside = y >= 0 && y < imageHeight;
        x[f] = inside ? features[f] % window.width() - window.paddingWidth() : OUTSIDE;
        imageAt[f] = from + (plane(features[f]) + y) * imageWidth;
      }
      for (int c = 0; c < columns(); c++) {
        int left = c * window.strideWidth();
        for (int f = 0; f < count; f++, to++) {
          int column = left + x[f];
          into[to] = column >= 0 && column < imageWidth ? images[imageAt[f] + column] : 0;
        }
      }
    }
  }
}
