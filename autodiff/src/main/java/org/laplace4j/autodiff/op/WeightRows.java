package org.laplace4j.autodiff.op;

import java.util.Arrays;
import java.util.function.Function;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.Cotangents;
import org.laplace4j.linalg.rows.DenseRows;
import org.laplace4j.linalg.rows.FactoredRows;
import org.laplace4j.linalg.rows.KhatriRaoRows;
import org.laplace4j.linalg.rows.OutputRoots;
import org.laplace4j.linalg.rows.Rows;
import org.laplace4j.linalg.rows.SharedRows;

/**
 * The gradient of each example in the weight W (out, in) and the bias b (out) of y = x Wᵀ + b, for
 * x (N, …, in) and cotangents δ (K, N, …, out), where the axes between are positions r.
 *
 * <pre>  row (n, k) = Σᵣ δₙₖᵣ ⊗ aₙᵣ        row (n, k) = Σᵣ δₙₖᵣ ⊗ 1  </pre>
 *
 * <p>They stay factored. The cotangents of those units alone are taken that a wanted element leads
 * to.
 */
final class WeightRows {
  /** (K, N, …, D) with R positions → (N·R·K, D): row (n·R + r)·K + k. */
  private static final Function<Tensor, Cotangents> COTANGENTS = WeightRows::cotangents;

  private WeightRows() {}

  /** The wanted elements of the rows of W. */
  static Rows ofWeight(Tensor x, Tensor bars, ElementMask wanted) {
    int positions = positions(x.shape());
    if (positions == 0) {
      return zero(bars, wanted);
    }
    int in = x.shape().dim(-1);
    Matrix a = x.reshape(x.shape().dim(0) * positions, in).matrix();
    if (wanted.isAll()) {
      return summed(new KhatriRaoRows(bars.kept(COTANGENTS), a), positions);
    }
    int[] elements = wanted.indices();
    int[] units = new int[wanted.shape().dim(0)];
    int count = 0;
    for (int e = 0; e < elements.length; e++) {
      int unit = elements[e] / in;
      count = count > 0 && units[count - 1] == unit ? count : count + 1;
      units[count - 1] = unit;
      elements[e] = (count - 1) * in + elements[e] % in;
    }
    Matrix delta = byExample(bars, Arrays.copyOf(units, count));
    return summed(new KhatriRaoRows(delta, a).select(elements), positions);
  }

  /** The wanted elements of the rows of b. */
  static Rows ofBias(Tensor x, Tensor bars, ElementMask wanted) {
    int positions = positions(x.shape());
    if (positions == 0) {
      return zero(bars, wanted);
    }
    Cotangents delta = wanted.isAll()
        ? bars.kept(COTANGENTS)
        : Cotangents.byExample(byExample(bars, wanted.indices()));
    return summed(KhatriRaoRows.bias(delta, x.shape().dim(0) * positions), positions);
  }

  /** All rows of W, for columns of the outputs y themselves. */
  static Rows ofWeight(Tensor x, OutputRoots bars) {
    return new KhatriRaoRows(bars.cotangents(), x.matrix());
  }

  /** All rows of b, likewise. */
  static Rows ofBias(OutputRoots bars) {
    return KhatriRaoRows.bias(bars.cotangents(), bars.examples());
  }

  /** The cotangents (K, N, in) of x, for columns of the outputs themselves. */
  static Tensor pulledBack(Matrix w, OutputRoots bars) {
    return Tensor.adopt(
        Shape.of(bars.columns(), bars.examples(), w.cols()), bars.pulledBack(w).array());
  }

  private static Rows summed(FactoredRows each, int positions) {
    return positions == 1 ? each : new SharedRows(each, positions);
  }

  private static Rows zero(Tensor bars, ElementMask wanted) {
    int k = bars.shape().dim(0);
    int n = bars.shape().dim(1);
    return new DenseRows(Matrix.zeros(n * k, wanted.count()), n, k);
  }

  private static int positions(Shape x) {
    return x.drop(1).leading(x.rank() - 2).size();
  }

  private static Cotangents cotangents(Tensor bars) {
    int k = bars.shape().dim(0);
    int width = bars.shape().dim(-1);
    return Cotangents.stacked(bars.reshape(bars.size() / width, width).matrix(), k);
  }

  /** In order, and for some of the units of the last axis alone. */
  private static Matrix byExample(Tensor bars, int[] units) {
    int k = bars.shape().dim(0);
    int width = bars.shape().dim(-1);
    int inputs = bars.size() / (k * width);
    double[] rows = new double[inputs * k * units.length];
    int at = 0;
    for (int row = 0; row < inputs * k; row++) {
      int from = (row % k * inputs + row / k) * width;
      for (int unit : units) {
        rows[at++] = bars.array()[from + unit];
      }
    }
    return Matrix.adopt(inputs * k, units.length, rows);
  }
}
