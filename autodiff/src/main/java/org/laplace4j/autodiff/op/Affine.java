package org.laplace4j.autodiff.op;

import java.util.List;
import java.util.Optional;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.OutputOp;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.rows.OutputRoots;
import org.laplace4j.linalg.rows.Rows;

/**
 * y = x Wᵀ + b, shapes (…, in), (out, in), (out) → (…, out).
 *
 * <pre>
 *   jvp   ẏ = ẋ Wᵀ      ẏ = x Ẇᵀ      ẏ = ḃ
 *   vjp   x̄ = ȳ W       W̄ = ȳᵀ x      b̄ = Σ ȳ
 *   per example         ȳ ⊗ x         ȳ ⊗ 1, summed over the positions of an example
 * </pre>
 */
public record Affine() implements OutputOp {
  @Override
  public Tensor forward(List<Tensor> in) {
    Tensor x = in.get(0);
    Tensor w = in.get(1);
    Tensor b = in.get(2);
    check(x.shape(), w.shape(), b.shape());
    int outs = w.shape().dim(0);
    int ins = w.shape().dim(1);
    Shape shape = x.shape().with(-1, outs);
    double[] y = new double[shape.size()];
    Arrays.multiplyAdd(
        false, true, rows(x.shape()), outs, ins, x.array(), 0, ins, w.array(), 0, ins, y, 0, outs);
    double[] bias = b.array();
    for (int at = 0; at < y.length; at += outs) {
      for (int j = 0; j < outs; j++) {
        y[at + j] += bias[j];
      }
    }
    return Tensor.adopt(shape, y);
  }

  private static void check(Shape x, Shape w, Shape b) {
    if (w.rank() != 2 || b.rank() != 1 || b.dim(0) != w.dim(0)) {
      throw new IllegalArgumentException(
          "Tensor.affine: the weight must be (out, in) and the bias (out), got " + w + " and " + b
              + ".");
    }
    if (x.rank() < 1 || x.dim(-1) != w.dim(1)) {
      throw new IllegalArgumentException("Tensor.affine: the input must be (…, " + w.dim(1)
          + ") for a weight of shape " + w + ", got " + x + ".");
    }
  }

  @Override
  public Tensor jvp(int i, List<Tensor> in, Tensor y, Tensor dot) {
    return switch (i) {
      case 0 -> timesTransposed(dot, in.get(1));
      case 1 -> timesTransposed(in.get(0), dot);
      default -> dot.broadcastTo(y.shape());
    };
  }

  @Override
  public Tensor vjp(int i, List<Tensor> in, Tensor y, Tensor bar) {
    return switch (i) {
      case 0 -> times(bar, in.get(1));
      case 1 -> transposeTimes(bar, in.get(0), y.shape().rank());
      default -> Broadcast.sumTo(bar, y.shape(), in.get(2).shape());
    };
  }

  @Override
  public boolean stacks() {
    return true;
  }

  @Override
  public boolean mixesExamples(int i, List<Shape> in) {
    return i > 0 || in.get(0).rank() == 1;
  }

  /** δ ⊗ a for the weight, δ ⊗ 1 for the bias, each summed over the positions of one example. */
  @Override
  public Optional<Rows> exampleRows(
      int i, List<Tensor> in, Tensor y, Tensor bars, ElementMask wanted) {
    Tensor x = in.get(0);
    if (i == 0 || x.shape().rank() < 2) {
      return Optional.empty();
    }
    return Optional.of(
        i == 1 ? WeightRows.ofWeight(x, bars, wanted) : WeightRows.ofBias(x, bars, wanted));
  }

  /** x̄ₖ = Sₖ W; columns that are pulled back into W or b have no use for their form. */
  @Override
  public Tensor vjp(int i, List<Tensor> in, OutputRoots bars) {
    return i == 0
        ? WeightRows.pulledBack(in.get(1).matrix(), bars)
        : vjp(i, in, OutputOp.outputs(bars), OutputOp.stacked(bars));
  }

  @Override
  public Optional<Rows> exampleRows(int i, List<Tensor> in, OutputRoots bars, ElementMask wanted) {
    Tensor x = in.get(0);
    if (i > 0 && wanted.isAll()) {
      return Optional.of(i == 1 ? WeightRows.ofWeight(x, bars) : WeightRows.ofBias(bars));
    }
    return exampleRows(i, in, OutputOp.outputs(bars), OutputOp.stacked(bars), wanted);
  }

  private static Tensor timesTransposed(Tensor x, Tensor w) {
    return flat(x).matmul(false, w, true).reshape(x.shape().with(-1, w.shape().dim(0)));
  }

  private static Tensor times(Tensor bar, Tensor w) {
    return flat(bar).matmul(w).reshape(bar.shape().with(-1, w.shape().dim(1)));
  }

  /** ȳᵀ x over all axes but the last, one product for each axis in front of y's own. */
  private static Tensor transposeTimes(Tensor bar, Tensor x, int rank) {
    int[] extra = bar.shape().leading(bar.shape().rank() - rank).dims();
    int outs = bar.shape().dim(-1);
    Tensor flatX = flat(x);
    Tensor flatBar = bar.reshape(Shape.of(flatX.shape().dim(0), outs).prepend(extra));
    return flatBar.matmul(true, flatX, false);
  }

  private static Tensor flat(Tensor x) {
    int last = x.shape().dim(-1);
    return x.reshape(rows(x.shape()), last);
  }

  /** The number of vectors along the last axis. */
  private static int rows(Shape shape) {
    return shape.leading(shape.rank() - 1).size();
  }
}
