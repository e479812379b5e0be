package org.laplace4j.autodiff.op;

import org.laplace4j.autodiff.Shape;
import org.laplace4j.linalg.Parallel;

/**
 * The largest of each 2×2 pixels that do not overlap with others: the pool of most networks,
 * without a loop over what the window shows. The first of equal ones, by rows; a NaN is larger than
 * all.
 */
final class LargestOfFour {
  private static final Window WINDOW = Window.of(2, 2, 0);

  private LargestOfFour() {}

  static boolean is(Window window) {
    return window.equals(WINDOW);
  }

  /** One row of windows: its first pixel, the one below it, and its first place in the result. */
  private interface Row {
    void take(int above, int below, int at, int columns);
  }

  /** The largest numbers of images (…, H, W), to (…, H / 2, W / 2). */
  static void values(Shape images, double[] x, double[] y) {
    forEachRow(images, (above, below, at, columns) -> {
      for (int j = 0; j < columns; j++) {
        int u = above + 2 * j;
        int v = below + 2 * j;
        y[at + j] = Math.max(Math.max(x[u], x[u + 1]), Math.max(x[v], x[v + 1]));
      }
    });
  }

  /** Where they are. */
  static void places(Shape images, double[] x, int[] places) {
    forEachRow(images, (above, below, at, columns) -> {
      for (int j = 0; j < columns; j++) {
        places[at + j] = place(x, above + 2 * j, below + 2 * j);
      }
    });
  }

  private static int place(double[] x, int u, int v) {
    double above = Math.max(x[u], x[u + 1]);
    double below = Math.max(x[v], x[v + 1]);
    if (Double.isNaN(above)) {
      return Double.isNaN(x[u]) ? u : u + 1;
    }
    if (Double.isNaN(below)) {
      return Double.isNaN(x[v]) ? v : v + 1;
    }
    // Choices, not branches, which no processor could foresee.
    int first = x[u + 1] > x[u] ? u + 1 : u;
    int second = x[v + 1] > x[v] ? v + 1 : v;
    return below > above ? second : first;
  }

  private static void forEachRow(Shape images, Row row) {
    int height = images.dim(-2);
    int width = images.dim(-1);
    int rows = height / 2;
    int columns = width / 2;
    Parallel.ranges(images.leading(2).size() * rows, 5L * columns, (from, to) -> {
      for (int r = from; r < to; r++) {
        int above = (r / rows * height + r % rows * 2) * width;
        row.take(above, above + width, r * columns, columns);
      }
    });
  }
}
