package org.laplace4j.autodiff.op;

import org.laplace4j.autodiff.Shape;

/**
 * What a window shows of one image (C, H, W) at each of its R positions, as the rows of a matrix
 * (R, F), F = C·height·width: a convolution is then a product of matrices.
 *
 * @param window the window
 * @param channels C
 * @param imageHeight H
 * @param imageWidth W
 */
record Patches(Window window, int channels, int imageHeight, int imageWidth) {

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

  /** What is done with a run of neighbours in a row of the image and in a row of the patches. */
  private interface Run {
    void take(int imageAt, int patchesAt, int count);
  }

  /** Writes the patches (R, F) of the image at the offset; entries outside of it are left as is. */
  void unfold(double[] images, int from, double[] patches) {
    forEachRun((imageAt, at, count) -> {
      for (int j = 0; j < count; j++) {
        patches[at + j] = images[from + imageAt + j];
      }
    });
  }

  /** Adds the entries of patches (R, F) to where in the image they come from. */
  void addFolded(double[] patches, double[] images, int to) {
    forEachRun((imageAt, at, count) -> {
      for (int j = 0; j < count; j++) {
        images[to + imageAt + j] += patches[at + j];
      }
    });
  }

  private void forEachRun(Run run) {
    int at = 0;
    for (int r = 0; r < rows(); r++) {
      for (int c = 0; c < columns(); c++) {
        int top = r * window.strideHeight() - window.paddingHeight();
        int left = c * window.strideWidth() - window.paddingWidth();
        int first = Math.max(0, -left);
        int count = Math.min(window.width(), imageWidth - left) - first;
        for (int row = 0; row < channels * window.height(); row++, at += window.width()) {
          int y = top + row % window.height();
          if (y >= 0 && y < imageHeight && count > 0) {
            int plane = row / window.height() * imageHeight;
            run.take((plane + y) * imageWidth + left + first, at + first, count);
          }
        }
      }
    }
  }

  /** Writes some of the F columns of the patches, (R, |features|), from the offset. */
  void unfold(double[] images, int from, int[] features, double[] into, int at) {
    int size = window.height() * window.width();
    int to = at;
    for (int r = 0; r < rows(); r++) {
      for (int c = 0; c < columns(); c++) {
        int top = r * window.strideHeight() - window.paddingHeight();
        int left = c * window.strideWidth() - window.paddingWidth();
        for (int feature : features) {
          int y = top + feature % size / window.width();
          int x = left + feature % window.width();
          boolean inside = y >= 0 && y < imageHeight && x >= 0 && x < imageWidth;
          int plane = feature / size * imageHeight;
          into[to++] = inside ? images[from + (plane + y) * imageWidth + x] : 0;
        }
      }
    }
  }
}
