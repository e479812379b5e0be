package org.laplace4j.linalg.rows;

import static org.laplace4j.linalg.rows.RowsArguments.require;

import java.util.Arrays;
import java.util.function.Supplier;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Memo;
import org.laplace4j.linalg.Parallel;

/**
 * Roots S (C, K) of the Hessians of the outputs of N examples, S Sᵀ = Λ, in which column k is a
 * multiple of one vector but for its entry k:
 *
 * <pre>
 *   Sᵢₖ = uᵢ vₖ,  i ≠ k        Sₖₖ = tₖ        K ≤ C
 *   S   = diag(d) + u vᵀ       d = t − u ∘ v
 *
 *   pulled back by W (C, in)   Wᵀ sₖ = dₖ wₖ + vₖ Wᵀu                 N·in·(C + 2K) multiply-adds in place of N·K·C·in
 *   B = Σₙ Sₙ Sₙᵀ              Bᵢⱼ = Σₙ uᵢ zⱼ + zᵢ uⱼ,  i ≠ j          N·C² in place of N·K·C²/2
 *                              z = d ∘ v + ½ ‖v‖² u
 * </pre>
 *
 * <p>Outputs that are independent of each other have u = 0; the softmax has a root of this form
 * too. S itself, N·K·C numbers, is written out where something asks for it.
 */
public final class OutputRoots {
  private final Matrix t;
  private final Matrix u;
  private final Matrix v;
  private final boolean isDiagonal;
  private final Supplier<Matrix> stacked = new Memo<>(this::stack);
  private final Supplier<Cotangents> cotangents = new Memo<>(() -> Cotangents.of(this));

  private OutputRoots(Matrix t, Matrix u, Matrix v) {
    this.t = t;
    this.u = u;
    this.v = v;
    this.isDiagonal = Arrays.stream(u.array()).allMatch(entry -> entry == 0);
  }

  /** Roots with t (N, K) on the diagonal and u vᵀ off it, u (N, C) and v (N, K), 1 ≤ K ≤ C. */
  public static OutputRoots of(Matrix t, Matrix u, Matrix v) {
    require(
        u.rows() == t.rows()
            && v.rows() == t.rows()
            && v.cols() == t.cols()
            && t.cols() <= u.cols(),
        "OutputRoots: t (%,d, %,d), u (%,d, %,d) and v (%,d, %,d) were given; give (N, K), (N, C)"
            + " and (N, K) with K ≤ C",
        t.rows(),
        t.cols(),
        u.rows(),
        u.cols(),
        v.rows(),
        v.cols());
    return new OutputRoots(t, u, v);
  }

  /** Roots diag(tₙ), of T (N, C). */
  public static OutputRoots diagonal(Matrix t) {
    return of(t, Matrix.zeros(t.rows(), t.cols()), Matrix.zeros(t.rows(), t.cols()));
  }

  /** Unit columns: S = I. */
  public static OutputRoots units(int examples, int outputs) {
    double[] ones = new double[examples * outputs];
    Arrays.fill(ones, 1);
    return diagonal(Matrix.adopt(examples, outputs, ones));
  }

  /** N. */
  public int examples() {
    return t.rows();
  }

  /** C. */
  public int outputs() {
    return u.cols();
  }

  /** K. */
  public int columns() {
    return t.cols();
  }

  /** cₙ Sₙ for every example. */
  public OutputRoots scaled(double[] c) {
    org.laplace4j.linalg.Arrays.requireLength("OutputRoots.scaled", examples(), c);
    return of(scaleRows(t, c), u, scaleRows(v, c));
  }

  private static Matrix scaleRows(Matrix m, double[] c) {
    double[] scaled = m.array().clone();
    for (int at = 0; at < scaled.length; at++) {
      scaled[at] *= c[at / m.cols()];
    }
    return Matrix.adopt(m.rows(), m.cols(), scaled);
  }

  /** The columns as the pulled-back Δ of a layer whose outputs these are: one object. */
  public Cotangents cotangents() {
    return cotangents.get();
  }

  /** All columns written out, (K·N, C): row k·N + n is column k of example n. Made once. */
  public Matrix stacked() {
    return stacked.get();
  }

  private Matrix stack() {
    int n = examples();
    int c = outputs();
    var rows = new double[Math.multiplyExact(Math.multiplyExact(columns(), n), c)];
    Parallel.ranges(columns() * n, c, (from, to) -> {
      for (int row = from; row < to; row++) {
        int k = row / n;
        int example = row % n;
        if (!isDiagonal) {
          double factor = v.get(example, k);
          for (int i = 0; i < c; i++) {
            rows[row * c + i] = factor * u.get(example, i);
          }
        }
        rows[row * c + k] = t.get(example, k);
      }
    });
    return Matrix.adopt(columns() * n, c, rows);
  }

  /** Wᵀ sₖ of every column, for W (C, in): (K·N, in), row k·N + n that of column k of example n. */
  public Matrix pulledBack(Matrix w) {
    require(
        w.rows() == outputs(),
        "OutputRoots.pulledBack: W (%,d, %,d) was given for %,d outputs; give one row for each",
        w.rows(),
        w.cols(),
        outputs());
    int n = examples();
    int in = w.cols();
    Matrix common = isDiagonal ? Matrix.zeros(n, in) : u.times(w);
    var rows = new double[Math.multiplyExact(Math.multiplyExact(columns(), n), in)];
    Parallel.ranges(columns() * n, 2L * in, (from, to) -> {
      for (int row = from; row < to; row++) {
        int k = row / n;
        int example = row % n;
        addScaled(own(example, k), w.array(), k * in, rows, row * in, in);
        if (!isDiagonal) {
          addScaled(v.get(example, k), common.array(), example * in, rows, row * in, in);
        }
      }
    });
    return Matrix.adopt(columns() * n, in, rows);
  }

  private static void addScaled(double c, double[] x, int xAt, double[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      y[yAt + j] = Math.fma(c, x[xAt + j], y[yAt + j]);
    }
  }

  /** dₖ = tₖ − uₖ vₖ. */
  private double own(int example, int k) {
    return t.get(example, k) - u.get(example, k) * v.get(example, k);
  }

  /** Adds B = Σₙ Sₙ Sₙᵀ, (C, C). */
  public void addGramTo(MatrixSum b) {
    require(
        b.rows() == outputs() && b.cols() == outputs(),
        "OutputRoots.addGramTo: a sum (%,d, %,d) was given for %,d outputs; give (C, C)",
        b.rows(),
        b.cols(),
        outputs());
    int c = outputs();
    var sum = new double[c * c];
    if (!isDiagonal) {
      Matrix z = half();
      addTransposeProduct(u, z, sum);
      addTransposeProduct(z, u, sum);
    }
    double[] diagonal = gramDiagonal();
    for (int i = 0; i < c; i++) {
      sum[i * c + i] = diagonal[i];
    }
    b.add(Matrix.adopt(c, c, sum), 0, 0);
  }

  private void addTransposeProduct(Matrix x, Matrix y, double[] sum) {
    int c = outputs();
    org.laplace4j.linalg.Arrays.multiplyAdd(
        true, false, c, c, examples(), x.array(), 0, c, y.array(), 0, c, sum, 0, c);
  }

  /** Z = D ∘ V + ½ ‖v‖² U, (N, C), with d ∘ v = 0 beyond column K. */
  private Matrix half() {
    var z = new double[examples() * outputs()];
    for (int n = 0; n < examples(); n++) {
      double square = 0;
      for (int k = 0; k < columns(); k++) {
        square += v.get(n, k) * v.get(n, k);
      }
      for (int i = 0; i < outputs(); i++) {
        double ofDiagonal = i < columns() ? own(n, i) * v.get(n, i) : 0;
        z[n * outputs() + i] = ofDiagonal + 0.5 * square * u.get(n, i);
      }
    }
    return Matrix.adopt(examples(), outputs(), z);
  }

  /** Σₙ tᵢ² + uᵢ² Σ_{k ≠ i} vₖ²: sums of squares, which nothing cancels. */
  private double[] gramDiagonal() {
    var diagonal = new double[outputs()];
    for (int n = 0; n < examples(); n++) {
      double[] others = squaresOfOthers(n);
      for (int i = 0; i < outputs(); i++) {
        double left = u.get(n, i);
        double on = i < columns() ? t.get(n, i) : 0;
        diagonal[i] += on * on + left * left * others[i];
      }
    }
    return diagonal;
  }

  /** Σ_{k ≠ i} vₖ² for every output i: what is before it and what is after it. */
  private double[] squaresOfOthers(int n) {
    var others = new double[outputs()];
    double before = 0;
    for (int i = 0; i < outputs(); i++) {
      others[i] = before;
      if (i < columns()) before += v.get(n, i) * v.get(n, i);
    }
    double after = 0;
    for (int i = columns() - 1; i >= 0; i--) {
      others[i] += after;
      after += v.get(n, i) * v.get(n, i);
    }
    return others;
  }
}
