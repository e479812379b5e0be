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
import org.laplace4j.linalg.rows.MatrixSum;
import org.laplace4j.linalg.rows.RowsByPosition;
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
  /** (K, N, out, H', W') → (N·R·K, |outputs|), of all outputs: row (n·R + r)·K + k. */
  private static final Function<Tensor, Cotangents> BY_POSITION = PatchRows::byPosition;

  private PatchRows() {}

  /** The wanted elements of the filters (out, C, h, w). */
  static SharedRows ofFilters(Window window, Tensor x, Tensor bars, ElementMask wanted) {
    Patches patches = Patches.of(window, x.shape());
    return wanted.isAll()
        ? new SharedRows(new AllFilters(patches, x, bars), patches.positions())
        : ofSomeFilters(patches, x, bars, wanted);
  }

  private static SharedRows ofSomeFilters(
      Patches patches, Tensor x, Tensor bars, ElementMask wanted) {
    int positions = patches.positions();
    int[] elements = wanted.indices();
    int[] outputs = distinct(elements, e -> e / patches.features());
    int[] features = distinct(elements, e -> e % patches.features());
    int[] places = new int[elements.length];
    Arrays.setAll(places, e -> {
      int row = Arrays.binarySearch(outputs, elements[e] / patches.features());
      int column = Arrays.binarySearch(features, elements[e] % patches.features());
      return row * features.length + column;
    });
    var each = new KhatriRaoRows(byPosition(bars, outputs), inputsByPosition(patches, x, features));
    return new SharedRows(each.select(places), positions);
  }

  /** Some features of the patches of all images, (N·R, |features|). */
  private static Matrix inputsByPosition(Patches patches, Tensor x, int[] features) {
    int positions = patches.positions();
    int images = x.shape().dim(0);
    double[] a = new double[Math.multiplyExact(images * positions, features.length)];
    Parallel.ranges(images, 2L * positions * features.length, (from, to) -> {
      for (int n = from; n < to; n++) {
        int at = n * positions * features.length;
        patches.unfold(x.array(), n * patches.imageSize(), features, a, at);
      }
    });
    return Matrix.adopt(images * positions, features.length, a);
  }

  /** The wanted elements of the bias (out). */
  static SharedRows ofBias(Tensor bars, ElementMask wanted) {
    int positions = positions(bars.shape());
    if (wanted.isAll()) {
      return new SharedRows(new WholeBias(bars), positions);
    }
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

  /** Written in order: the cache holds what is read of each plane until its next position. */
  private static Cotangents someByPosition(Tensor bars, int[] outputs) {
    int k = bars.shape().dim(0);
    int n = bars.shape().dim(1);
    int out = bars.shape().dim(2);
    int positions = positions(bars.shape());
    int width = k * outputs.length;
    double[] from = bars.array();
    double[] delta = new double[Math.multiplyExact(n * positions, width)];
    Parallel.ranges(n, 2L * positions * width, (firstImage, endImage) -> {
      int[] planes = new int[width];
      for (int image = firstImage; image < endImage; image++) {
        for (int row = 0; row < width; row++) {
          int plane = (row / outputs.length * n + image) * out + outputs[row % outputs.length];
          planes[row] = plane * positions;
        }
        int to = image * positions * width;
        for (int r = 0; r < positions; r++) {
          for (int row = 0; row < width; row++, to++) {
            delta[to] = from[planes[row] + r];
          }
        }
      }
    });
    return Cotangents.byExample(Matrix.adopt(n * positions * k, outputs.length, delta));
  }

  private static void addCotangentGram(Tensor bars, MatrixSum b) {
    if (GramSum.pays(b.rows(), positions(bars.shape()))) {
      PatchProducts.addOfCotangents(bars, b);
    } else {
      b.addUpperGram(bars.kept(BY_POSITION).byExample(), 0);
    }
  }

  /** The rows of all filters (out, C, h, w). */
  private record AllFilters(Patches patches, Tensor x, Tensor bars) implements RowsByPosition {
    @Override
    public int inputs() {
      return Math.multiplyExact(x.shape().dim(0), patches.positions());
    }

    @Override
    public int columns() {
      return bars.shape().dim(0);
    }

    @Override
    public int out() {
      return bars.shape().dim(2);
    }

    @Override
    public int in() {
      return patches.features();
    }

    @Override
    public KhatriRaoRows made() {
      int[] features = IntStream.range(0, in()).toArray();
      return new KhatriRaoRows(bars.kept(BY_POSITION), inputsByPosition(patches, x, features));
    }

    @Override
    public Matrix contracted() {
      return PatchProducts.contracted(patches, x, bars);
    }

    @Override
    public void addCotangentGramTo(MatrixSum b) {
      addCotangentGram(bars, b);
    }

    @Override
    public void addInputGramTo(MatrixSum a) {
      if (GramSum.pays(in(), patches.positions())) {
        PatchProducts.addOfPatches(patches, x, a);
      } else {
        a.addUpperGram(inputsByPosition(patches, x, IntStream.range(0, in()).toArray()), 0);
      }
    }

    @Override
    public Object source() {
      return bars;
    }
  }

  /** The rows of a whole bias (out): inputs of one. */
  private record WholeBias(Tensor bars) implements RowsByPosition {
    @Override
    public int inputs() {
      return Math.multiplyExact(bars.shape().dim(1), positions(bars.shape()));
    }

    @Override
    public int columns() {
      return bars.shape().dim(0);
    }

    @Override
    public int out() {
      return bars.shape().dim(2);
    }

    @Override
    public int in() {
      return 1;
    }

    @Override
    public KhatriRaoRows made() {
      return KhatriRaoRows.bias(bars.kept(BY_POSITION), inputs());
    }

    @Override
    public Matrix contracted() {
      return PatchProducts.summed(bars);
    }

    @Override
    public void addCotangentGramTo(MatrixSum b) {
      addCotangentGram(bars, b);
    }

    @Override
    public void addInputGramTo(MatrixSum a) {
      a.array()[0] += inputs();
    }

    @Override
    public Object source() {
      return bars;
    }
  }
}
