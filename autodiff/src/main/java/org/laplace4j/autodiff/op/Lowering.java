package org.laplace4j.autodiff.op;

import java.util.Arrays;
import org.laplace4j.autodiff.Shape;

/**
 * Images unfolded along their width alone, D of them side by side: a matrix L (Y·C·w, D·W') with
 * rows (y, c, q) and columns (d, j),
 *
 * <pre>
 *   L[(y, c, q), (d, j)] = x[d, c, y − paddingHeight, j·strideWidth + q − paddingWidth]
 * </pre>
 *
 * <p>What the window shows at its i-th vertical position are the h·C·w rows from row
 * i·strideHeight·C·w on, the band Lᵢ. The bands overlap, so nothing need be unfolded along the
 * height (Cho and Brand 2017, MEC), and a convolution and its gradients are products with them, W
 * (out, h·C·w) having its columns in the order of the rows (p, c, q):
 *
 * <pre>
 *   Yᵢ = W Lᵢ          L̄ᵢ += Wᵀ Ȳᵢ, which adds up what overlaps          W̄ += Σᵢ Ȳᵢ Lᵢᵀ
 * </pre>
 *
 * <p>L holds w numbers for one of the image, where all that the window shows would be h·w. It is
 * made for a few images at a time, and for some of the vertical positions of high ones.
 *
 * @param window the window
 * @param channels C
 * @param imageHeight H
 * @param imageWidth W
 * @param together D
 */
record Lowering(Window window, int channels, int imageHeight, int imageWidth, int together) {
  /** Columns that are aimed at: as many as a product reads where they lie. */
  private static final int COLUMNS = 128;

  /** Horizontal positions of an image that are enough for a product. */
  private static final int LONG = 32;

  /** Columns and filters are filled up to whole tiles of a product, whatever the vectors are. */
  private static final int COLUMN_TILE = 16;

  private static final int ROW_TILE = 8;

  /** Numbers of L that are aimed at, 2 MB: parts that follow each other share all but few rows. */
  private static final int NUMBERS = 1 << 18;

  /** Of images (B, C, H, W). */
  static Lowering of(Window window, Shape images) {
    int together = together(window.columns(images.dim(-1)));
    return new Lowering(window, images.dim(-3), images.dim(-2), images.dim(-1), together);
  }

  /** The most images that fill whole tiles, unless twice as many do not. */
  private static int together(int columns) {
    int most = Math.max(1, COLUMNS / columns);
    for (int images = most; 2 * images > most; images--) {
      if (images * columns % COLUMN_TILE == 0) {
        return images;
      }
    }
    return most;
  }

  /** The same with D = 1. */
  Lowering withSingleImages() {
    return new Lowering(window, channels, imageHeight, imageWidth, 1);
  }

  /**
   * Some images, and some of their vertical positions.
   *
   * @param first the first image
   * @param images how many
   * @param top the first vertical position
   * @param positions how many
   */
  record Part(int first, int images, int top, int positions) {}

  /** H'. */
  int rows() {
    return window.rows(imageHeight);
  }

  /** W'. */
  int columns() {
    return window.columns(imageWidth);
  }

  /** h·C·w, the rows of a band. */
  int features() {
    return Math.multiplyExact(window.height(), step());
  }

  /** C·w, the rows of L for one of the images. */
  private int step() {
    return Math.multiplyExact(channels, window.width());
  }

  /** The first row of the band of the i-th vertical position of a part. */
  int band(int i) {
    return i * window.strideHeight() * step();
  }

  /** Whether a row of positions is long and of whole tiles: a product with one image alone. */
  boolean rowsAreWhole() {
    return columns() % COLUMN_TILE == 0 && columns() >= LONG;
  }

  /** The columns of L for so many images, filled up to whole tiles. */
  int stride(int images) {
    return up(Math.multiplyExact(images, columns()), COLUMN_TILE);
  }

  /** A number of rows, filled up to what can be columns of a product. */
  static int wholeTiles(int rows) {
    return up(rows, COLUMN_TILE);
  }

  /** A number of filters, filled up to whole tiles. */
  static int filled(int filters) {
    return up(filters, ROW_TILE);
  }

  private static int up(int n, int tile) {
    return Math.addExact(n, tile - 1) / tile * tile;
  }

  /** The vertical positions of a part: as many as L has room for, at least one. */
  private int positionsTogether() {
    long row = Math.max(1L, (long) step() * stride(together));
    long more = (NUMBERS / row - window.height()) / window.strideHeight();
    return (int) Math.max(1, Math.min(rows(), 1 + more));
  }

  /** The rows of L for so many vertical positions. */
  private int rowsFor(int positions) {
    int shown = (positions - 1) * window.strideHeight() + window.height();
    return Math.multiplyExact(shown, step());
  }

  /** The numbers of L for a part. */
  int size(Part part) {
    return Math.multiplyExact(rowsFor(part.positions()), stride(part.images()));
  }

  /** The parts that images are cut into along their height. */
  int cuts() {
    return (rows() + positionsTogether() - 1) / positionsTogether();
  }

  /**
   * The parts of n images: those of the first D images from the top down, then those of the next.
   */
  int parts(int n) {
    return Math.multiplyExact((n + together - 1) / together, cuts());
  }

  /** One of the parts of n images. */
  Part part(int n, int index) {
    int first = index / cuts() * together;
    int top = index % cuts() * positionsTogether();
    return new Part(
        first, Math.min(together, n - first), top, Math.min(positionsTogether(), rows() - top));
  }

  /** The numbers of L for the largest part and of so many rows more. */
  int scratch(int more) {
    int height = Math.addExact(rowsFor(positionsTogether()), more);
    return Math.multiplyExact(height, stride(together));
  }

  /** The filters (out, C, h, w) as W (out, h·C·w), with rows of zeros up to whole tiles. */
  double[] filters(double[] w, int out) {
    double[] turned = new double[Math.multiplyExact(filled(out), features())];
    forEachFilterRow(features(), out, (at, to, n) -> System.arraycopy(w, at, turned, to, n));
    return turned;
  }

  /** The filters from W, whose rows are so far apart. */
  double[] filtersOf(double[] turned, int apart, int out) {
    double[] w = new double[Math.multiplyExact(out, features())];
    forEachFilterRow(apart, out, (at, to, n) -> System.arraycopy(turned, to, w, at, n));
    return w;
  }

  /** The rows of the filters, w numbers each, and where they are in W. */
  private void forEachFilterRow(int apart, int out, Run run) {
    int height = window.height();
    int width = window.width();
    for (int row = 0; row < out * channels * height; row++) {
      int p = row % height;
      int c = row / height % channels;
      int o = row / height / channels;
      run.take(row * width, o * apart + (p * channels + c) * width, width);
    }
  }

  /** Numbers side by side here, and where they are there. */
  private interface Run {
    void take(int from, int to, int count);
  }

  /** Writes L of a part of the images x over what is at the start of the array. */
  void write(double[] x, Part part, double[] l) {
    int filled = part.images() * columns();
    if (window.paddingHeight() > 0 || window.paddingWidth() > 0 || filled < stride(part.images())) {
      Arrays.fill(l, 0, size(part), 0);
    }
    int step = window.strideWidth();
    forEachRun(part, (pixel, at, count) -> {
      if (step == 1) {
        System.arraycopy(x, pixel, l, at, count);
      } else {
        for (int j = 0; j < count; j++) {
          l[at + j] = x[pixel + j * step];
        }
      }
    });
  }

  /** Adds each number of L to the pixel that it is of: the adjoint of writing it. */
  void addTo(double[] x, Part part, double[] l) {
    int step = window.strideWidth();
    forEachRun(part, (pixel, at, count) -> {
      for (int j = 0; j < count; j++) {
        x[pixel + j * step] += l[at + j];
      }
    });
  }

  /** Runs of horizontal positions: the first pixel that is shown, and where it is in L. */
  private void forEachRun(Part part, Run run) {
    int columns = columns();
    int images = part.images();
    int depth = stride(images);
    int step = window.strideWidth();
    int plane = imageHeight * imageWidth;
    int shown = rowsFor(part.positions()) / Math.max(1, step());
    int top = part.top() * window.strideHeight() - window.paddingHeight();
    for (int q = 0; q < window.width(); q++) {
      int x = q - window.paddingWidth(); // of the first position
      int first = Math.max(0, -Math.floorDiv(x, step));
      int count = Math.min(columns, -Math.floorDiv(x - imageWidth, step)) - first;
      for (int y = Math.max(0, -top); y < Math.min(shown, imageHeight - top) && count > 0; y++) {
        for (int c = 0; c < channels; c++) {
          int at = ((y * channels + c) * window.width() + q) * depth + first;
          int pixel =
              (part.first() * channels + c) * plane + (top + y) * imageWidth + x + first * step;
          for (int d = 0; d < images; d++) {
            run.take(pixel + d * channels * plane, at + d * columns, count);
          }
        }
      }
    }
  }
}
