package org.laplace4j.autodiff.op;

import java.util.List;
import java.util.Optional;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.OutputOp;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.OutputRoots;
import org.laplace4j.linalg.rows.Rows;

/**
 * C = op(A) op(B), shapes (…, m, k) · (…, k, n) → (…, m, n), where op transposes the last two axes
 * or not; leading axes broadcast.
 *
 * <pre>
 *   jvp   Ċ = Ȧ B            Ċ = A Ḃ
 *   vjp   Ā = C̄ Bᵀ           B̄ = Aᵀ C̄
 * </pre>
 *
 * @param transposeA whether A is transposed
 * @param transposeB whether B is transposed
 */
public record MatMul(boolean transposeA, boolean transposeB) implements OutputOp {
  @Override
  public Tensor forward(List<Tensor> in) {
    Tensor a = in.get(0);
    Tensor b = in.get(1);
    check(a.shape(), b.shape());
    int m = a.shape().dim(transposeA ? -1 : -2);
    int k = a.shape().dim(transposeA ? -2 : -1);
    int n = b.shape().dim(transposeB ? -2 : -1);
    Shape leadingA = leading(a.shape());
    Shape leadingB = leading(b.shape());
    Shape leading = Shape.broadcast(leadingA, leadingB);
    Tensor c = Tensor.zeros(Shape.of(m, n).prepend(leading.dims()));
    int lda = a.shape().dim(-1);
    int ldb = b.shape().dim(-1);
    if (leadingB.size() == 1 && !transposeA) {
      // One matrix on the right: the leading axes of A are only more rows.
      int rows = leading.size() * m;
      Arrays.multiplyAdd(
          false, transposeB, rows, n, k, a.array(), 0, lda, b.array(), 0, ldb, c.array(), 0, n);
      return c;
    }
    int[] whichA = Broadcast.indices(leadingA, leading);
    int[] whichB = Broadcast.indices(leadingB, leading);
    for (int i = 0; i < leading.size(); i++) {
      Arrays.multiplyAdd(
          transposeA,
          transposeB,
          m,
          n,
          k,
          a.array(),
          whichA[i] * m * k,
          lda,
          b.array(),
          whichB[i] * k * n,
          ldb,
          c.array(),
          i * m * n,
          n);
    }
    return c;
  }

  private static Shape leading(Shape shape) {
    return shape.leading(shape.rank() - 2);
  }

  private void check(Shape a, Shape b) {
    if (a.rank() < 2 || b.rank() < 2) {
      throw new IllegalArgumentException(
          "Tensor.matmul: both sides need rank 2 or more, got " + a + " and " + b + ".");
    }
    int left = a.dim(transposeA ? -2 : -1);
    int right = b.dim(transposeB ? -1 : -2);
    if (left != right) {
      throw new IllegalArgumentException(
          "Tensor.matmul: the summed axes differ, " + left + " of " + a + (transposeA ? "ᵀ" : "")
              + " against " + right + " of " + b + (transposeB ? "ᵀ" : "") + ".");
    }
  }

  @Override
  public Tensor jvp(int i, List<Tensor> in, Tensor c, Tensor dot) {
    return i == 0
        ? dot.matmul(transposeA, in.get(1), transposeB).broadcastTo(c.shape())
        : in.get(0).matmul(transposeA, dot, transposeB).broadcastTo(c.shape());
  }

  @Override
  public Tensor vjp(int i, List<Tensor> in, Tensor c, Tensor bar) {
    Tensor a = in.get(0);
    Tensor b = in.get(1);
    if (i == 1 && isOneOnTheRight(in)) {
      a = flat(a, c.shape().rank());
      bar = flat(bar, c.shape().rank());
      return transposeB ? bar.matmul(true, a, false) : a.matmul(true, bar, false);
    }
    Tensor whole;
    if (i == 0) {
      whole = transposeA ? b.matmul(transposeB, bar, true) : bar.matmul(false, b, !transposeB);
    } else {
      whole = transposeB ? bar.matmul(true, a, transposeA) : a.matmul(!transposeA, bar, false);
    }
    Shape own = in.get(i).shape();
    Shape leading = leading(c.shape());
    Shape broadcast = Shape.of(own.dim(-2), own.dim(-1)).prepend(leading.dims());
    return Broadcast.sumTo(whole, broadcast, own);
  }

  @Override
  public boolean stacks() {
    return true;
  }

  /** Row n of A makes row n of C where A is a plain matrix; leading axes are examples otherwise. */
  @Override
  public boolean mixesExamples(int i, List<Shape> in) {
    int rank = Math.max(in.get(0).rank(), in.get(1).rank());
    return in.get(i).rank() < rank || rank == 2 && (i == 1 || transposeA);
  }

  /** The rows of one matrix on the right; other uses of a parameter are left to the engine. */
  @Override
  public Optional<Rows> exampleRows(
      int i, List<Tensor> in, Tensor c, Tensor bars, ElementMask wanted) {
    if (i == 1 && isOneOnTheRight(in)) {
      Tensor x = in.get(0);
      return Optional.of(
          transposeB
              ? WeightRows.ofWeight(x, bars, wanted)
              : TransposedWeightRows.of(x, bars, wanted));
    }
    return Optional.empty();
  }

  /** Ā = S Bᵀ of outputs A B, where A is not transposed. */
  @Override
  public Tensor vjp(int i, List<Tensor> in, OutputRoots bars) {
    if (i == 1 || transposeA) {
      return vjp(i, in, OutputOp.outputs(bars), OutputOp.stacked(bars));
    }
    Matrix b = in.get(1).matrix();
    return WeightRows.pulledBack(transposeB ? b : b.transpose(), bars);
  }

  @Override
  public Optional<Rows> exampleRows(int i, List<Tensor> in, OutputRoots bars, ElementMask wanted) {
    return i == 1 && isOneOnTheRight(in) && transposeB && wanted.isAll()
        ? Optional.of(WeightRows.ofWeight(in.get(0), bars))
        : exampleRows(i, in, OutputOp.outputs(bars), OutputOp.stacked(bars), wanted);
  }

  /** Whether B is one matrix by which all rows of A, whatever its leading axes, are multiplied. */
  private boolean isOneOnTheRight(List<Tensor> in) {
    return !transposeA && in.get(1).shape().rank() == 2;
  }

  /**
   * (extra…, own…) → (extra…, rows, n), where {@code rank} axes are its own: all rows in one
   * matrix.
   */
  private static Tensor flat(Tensor x, int rank) {
    Shape extra = x.shape().leading(x.shape().rank() - rank);
    int rows = x.shape().drop(extra.rank()).leading(rank - 1).size();
    return x.reshape(Shape.of(rows, x.shape().dim(-1)).prepend(extra.dims()));
  }
}
