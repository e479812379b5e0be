package org.laplace4j.linalg.rows;

import static org.laplace4j.linalg.rows.RowsArguments.require;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import java.util.function.Supplier;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Memo;
import org.laplace4j.linalg.Parallel;
import org.laplace4j.linalg.kernel.KernelProvider;
import org.laplace4j.linalg.kernel.Kernels;

/**
 * Roots S (C, K) of the Hessians of the outputs of N examples, S Sᵀ = Λ, in which column k is a
 * multiple of one vector but for one entry, that of output e(k):
 *
 * <pre>
 *   Sᵢₖ = uᵢ vₖ,  i ≠ e(k)     Sᵢₖ = tₖ,  i = e(k)      K ≤ C
 *   S   = E diag(d) + u vᵀ     d = t − (Eᵀu) ∘ v        E the unit columns of e
 *
 *   pulled back by W (C, in)   Wᵀ sₖ = dₖ w_e(k) + vₖ Wᵀu             N·in·(C + 2K) multiply-adds in place of N·K·C·in
 *   B = Σₙ Sₙ Sₙᵀ              Bᵢⱼ = Σₙ uᵢ zⱼ + zᵢ uⱼ,  i ≠ j          N·C² in place of N·K·C²/2
 *                              z = E (d ∘ v) + ½ ‖v‖² u
 * </pre>
 *
 * <p>e(k) = k, or with one output of each example set apart, K = C − 1 and e(k) = C − 1 where k is
 * that output. Outputs that are independent of each other have u = 0; the softmax has a root of
 * this form too. S itself, N·K·C numbers, is written out where something asks for it.
 */
public final class OutputRoots {
  private static final Kernels KERNELS = KernelProvider.kernels();

  private final Matrix t;
  private final Matrix u;
  private final Matrix v;
  private final int[] apart;
  private final boolean isDiagonal;
  private final Supplier<Matrix> stacked = new Memo<>(this::stack);
  private final Supplier<Cotangents> cotangents = new Memo<>(() -> Cotangents.of(this));

  private OutputRoots(Matrix t, Matrix u, Matrix v, int[] apart) {
    this.t = t;
    this.u = u;
    this.v = v;
    this.apart = apart;
    this.isDiagonal = Arrays.stream(u.array()).allMatch(entry -> entry == 0);
  }

  /** Roots with t (N, K) where i = k and u vᵀ elsewhere, u (N, C) and v (N, K), 1 ≤ K ≤ C. */
  public static OutputRoots of(Matrix t, Matrix u, Matrix v) {
    int[] none = new int[t.rows()];
    Arrays.fill(none, -1);
    return of(t, u, v, none);
  }

  /**
   * Roots with one output of each example set apart, K = C − 1: if that is output k, column k has
   * its own entry t at output C − 1, else at output k.
   *
   * @param apart the output, (N)
   */
  public static OutputRoots withOneApart(Matrix t, Matrix u, Matrix v, int[] apart) {
    require(
        t.cols() == u.cols() - 1 && apart.length == t.rows(),
        "OutputRoots.withOneApart: %,d columns of %,d outputs and %,d outputs set apart in %,d examples"
            + " were given; give K = C − 1 columns, and one output of each example",
        t.cols(),
        u.cols(),
        apart.length,
        t.rows());
    for (int output : apart) {
      require(
          0 <= output && output < u.cols(),
          "OutputRoots.withOneApart: output %,d was set apart of %,d; give 0 ≤ output < C",
          output,
          u.cols());
    }
    return of(t, u, v, apart.clone());
  }

  private static OutputRoots of(Matrix t, Matrix u, Matrix v, int[] apart) {
    require(
        u.rows() == t.rows()
            && v.rows() == t.rows()
            && v.cols() == t.cols()
            && 0 < t.cols()
            && t.cols() <= u.cols(),
        "OutputRoots: t (%,d, %,d), u (%,d, %,d) and v (%,d, %,d) were given; give (N, K), (N, C)"
            + " and (N, K) with 1 ≤ K ≤ C",
        t.rows(),
        t.cols(),
        u.rows(),
        u.cols(),
        v.rows(),
        v.cols());
    return new OutputRoots(t, u, v, apart);
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
    return of(t.scaleRows(c), u, v.scaleRows(c), apart);
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
    return written((example, k) -> k * examples() + example);
  }

  /** All columns written out, (N·K, C): row n·K + k is column k of example n. */
  Matrix byExample() {
    return written((example, k) -> example * columns() + k);
  }

  private Matrix written(IntBinaryOperator row) {
    int c = outputs();
    int rows = Math.multiplyExact(columns(), examples());
    var written = new double[Math.multiplyExact(rows, c)];
    Parallel.ranges(examples(), (long) columns() * c, (from, to) -> {
      for (int n = from; n < to; n++) {
        for (int k = 0; k < columns(); k++) {
          int at = row.applyAsInt(n, k) * c;
          for (int i = 0; i < c && !isDiagonal; i++) {
            written[at + i] = v.get(n, k) * u.get(n, i);
          }
          written[at + own(n, k)] = t.get(n, k);
        }
      }
    });
    return Matrix.adopt(rows, c, written);
  }

  /** e(k): the output at which a column has its own entry. */
  private int own(int example, int k) {
    return k == apart[example] ? outputs() - 1 : k;
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
        KERNELS.addScaled(d(example, k), w.array(), own(example, k) * in, rows, row * in, in);
        if (!isDiagonal) {
          KERNELS.addScaled(v.get(example, k), common.array(), example * in, rows, row * in, in);
        }
      }
    });
    return Matrix.adopt(columns() * n, in, rows);
  }

  /** dₖ = tₖ − u_e(k) vₖ. */
  private double d(int example, int k) {
    return t.get(example, k) - u.get(example, own(example, k)) * v.get(example, k);
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
    Matrix half = isDiagonal ? Matrix.zeros(c, c) : u.transposeTimes(z());
    double[] sum = half.plus(half.transpose()).array().clone();
    double[] diagonal = gramDiagonal();
    for (int i = 0; i < c; i++) {
      sum[i * c + i] = diagonal[i];
    }
    b.add(Matrix.adopt(c, c, sum), 0, 0);
  }

  /** Z = E (d ∘ v) + ½ ‖v‖² u, (N, C). */
  private Matrix z() {
    var z = new double[examples() * outputs()];
    for (int n = 0; n < examples(); n++) {
      double square = 0;
      for (int k = 0; k < columns(); k++) {
        z[n * outputs() + own(n, k)] = d(n, k) * v.get(n, k);
        square += v.get(n, k) * v.get(n, k);
      }
      for (int i = 0; i < outputs(); i++) {
        z[n * outputs() + i] += 0.5 * square * u.get(n, i);
      }
    }
    return Matrix.adopt(examples(), outputs(), z);
  }

  /** Bᵢᵢ = Σₙ tₖ² + uᵢ² Σ_{j ≠ k} vⱼ² with i = e(k): sums of squares, which nothing cancels. */
  private double[] gramDiagonal() {
    var diagonal = new double[outputs()];
    for (int n = 0; n < examples(); n++) {
      double[] others = squaresOfOthers(n);
      for (int k = 0; k < columns(); k++) {
        double left = u.get(n, own(n, k));
        diagonal[own(n, k)] += t.get(n, k) * t.get(n, k) + left * left * others[k];
      }
      double all = others[0] + v.get(n, 0) * v.get(n, 0);
      for (int i = 0; i < outputs(); i++) {
        boolean hasColumn = apart[n] >= 0 ? i != apart[n] : i < columns();
        diagonal[i] += hasColumn ? 0 : u.get(n, i) * u.get(n, i) * all;
      }
    }
    return diagonal;
  }

  /** Σ_{j ≠ k} vⱼ² for every column k: what is before it and what is after it. */
  private double[] squaresOfOthers(int n) {
    var others = new double[columns()];
    double before = 0;
    for (int k = 0; k < columns(); k++) {
      others[k] = before;
      before += v.get(n, k) * v.get(n, k);
    }
    double after = 0;
    for (int k = columns() - 1; k >= 0; k--) {
      others[k] += after;
      after += v.get(n, k) * v.get(n, k);
    }
    return others;
  }
}
