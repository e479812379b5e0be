package org.laplace4j.autodiff.op;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Parallel;
import org.laplace4j.linalg.rows.Cotangents;
import org.laplace4j.linalg.rows.KhatriRaoRows;
import org.laplace4j.linalg.rows.SharedRows;

/**
 * The gradient of each image in the filters or the bias of a convolution, for cotangents δ (K, N,
 * out, H', W'): a dense layer that is applied to the patch at each position r.
 *
 * <pre>  row (n, k) = Σᵣ δₙₖᵣ ⊗ pₙᵣ        row (n, k) = Σᵣ δₙₖᵣ ⊗ 1  </pre>
 *
 * <p>Of the cotangents and the patches only the outputs and the features are made that a wanted
 * element touches.
 */
final class PatchRows {
  private static final int TILE = 16;

  /** (K, N, out, H', W') → (N·R·K, |outputs|), of all outputs: row (n·R + r)·K + k. */
  private static final Function<Tensor, Cotangents> BY_POSITION = PatchRows::byPosition;

  private PatchRows() {}

  /** The wanted elements of the filters (out, C, h, w). */
  static SharedRows ofFilters(Window window, Tensor x, Tensor bars, ElementMask wanted) {
    Patches patches = Patches.of(window, x.shape());
    int positions = patches.positions();
    int[] elements = wanted.indices();
    int[] outputs = distinct(elements, e -> e / patches.features());
    int[] features = distinct(elements, e -> e % patches.features());
    double[] a = new double[Math.multiplyExact(x.shape().dim(0) * positions, features.length)];
    Parallel.ranges(x.shape().dim(0), 2L * positions * features.length, (from, to) -> {
      for (int n = from; n < to; n++) {
        int at = n * positions * features.length;
        patches.unfold(x.array(), n * patches.imageSize(), features, a, at);
      }
    });
    int[] places = new int[elements.length];
    Arrays.setAll(places, e -> {
      int row = Arrays.binarySearch(outputs, elements[e] / patches.features());
      int column = Arrays.binarySearch(features, elements[e] % patches.features());
      return row * features.length + column;
    });
    var each = new KhatriRaoRows(
        byPosition(bars, outputs), Matrix.adopt(x.shape().dim(0) * positions, features.length, a));
    return new SharedRows(each.select(places), positions);
  }

  /** The wanted elements of the bias (out). */
  static SharedRows ofBias(Tensor bars, ElementMask wanted) {
    int positions = positions(bars.shape());
    return new SharedRows(
        KhatriRaoRows.bias(byPosition(bars, wanted.indices()), bars.shape().dim(1) * positions),
        positions);
  }

  private static int[] distinct(int[] elements, java.util.function.IntUnaryOperator part) {
    BitSet parts = new BitSet();
    for (int e : elements) {
      parts.set(part.applyAsInt(e));
    }
    return parts.stream().toArray();
  }

  private static int positions(Shape bars) {
    return bars.dim(-1) * bars.dim(-2);
  }

  private static Cotangents byPosition(Tensor bars, int[] outputs) {
    boolean all = outputs.length == bars.shape().dim(2);
    return all ? bars.kept(BY_POSITION) : someByPosition(bars, outputs);
  }

  private static Cotangents byPosition(Tensor bars) {
    return someByPosition(bars, IntStream.range(0, bars.shape().dim(2)).toArray());
  }

  /** A few positions at a time, since what is read along positions is written across them. */
  private static Cotangents someByPosition(Tensor bars, int[] outputs) {
    int k = bars.shape().dim(0);
    int n = bars.shape().dim(1);
    int out = bars.shape().dim(2);
    int positions = positions(bars.shape());
    int width = outputs.length;
    double[] from = bars.array();
    double[] delta = new double[Math.multiplyExact(n * positions * k, width)];
    Parallel.ranges(n, 2L * positions * k * width, (firstImage, endImage) -> {
      for (int image = firstImage; image < endImage; image++) {
        for (int first = 0; first < positions; first += TILE) {
          int end = Math.min(positions, first + TILE);
          for (int row = 0; row < k * width; row++) {
            int plane = (row / width * n + image) * out + outputs[row % width];
            int to = (image * positions + first) * k * width + row;
            for (int r = first; r < end; r++, to += k * width) {
              delta[to] = from[plane * positions + r];
            }
          }
        }
      }
    });
    return Cotangents.byExample(Matrix.adopt(n * positions * k, width, delta));
  }
}
