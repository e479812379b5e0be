package org.laplace4j.autodiff.op;

import java.util.Arrays;
import java.util.List;
import org.laplace4j.autodiff.Op;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;

/** A sum over axes and its adjoint, the repetition along them. */
public final class Reduce {
  private Reduce() {}

  /**
   * y = the sum of x over some axes, in index order.
   *
   * <pre>  ẏ = sum ẋ      x̄ = ȳ repeated  </pre>
   */
  public static final class Sum implements Op {
    private final Shape in;
    private final Shape kept;
    private final Shape out;
    private final boolean[] summed;

    /** The sum over {@code axes} (from the front or the end) of tensors of shape {@code in}. */
    public Sum(Shape in, boolean keep, int... axes) {
      this.in = in;
      this.summed = new boolean[in.rank()];
      Shape withOnes = in;
      for (int axis : axes) {
        in.dim(axis);
        summed[axis < 0 ? axis + in.rank() : axis] = true;
        withOnes = withOnes.with(axis, 1);
      }
      this.kept = withOnes;
      this.out = keep ? withOnes : dropped();
    }

    private Shape dropped() {
      int[] dims = new int[in.rank()];
      int rank = 0;
      for (int axis = 0; axis < summed.length; axis++) {
        if (!summed[axis]) {
          dims[rank++] = in.dim(axis);
        }
      }
      return Shape.of(Arrays.copyOf(dims, rank));
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      double[] values = inputs.get(0).array();
      Shape shape = in;
      for (int axis = 0; axis < summed.length; axis++) {
        if (summed[axis]) {
          values = sumAxis(values, shape, axis);
          shape = shape.with(axis, 1);
        }
      }
      return Tensor.adopt(out, values == inputs.get(0).array() ? values.clone() : values);
    }

    private static double[] sumAxis(double[] x, Shape shape, int axis) {
      int length = shape.dim(axis);
      int inner = shape.drop(axis + 1).size();
      int outer = shape.leading(axis).size();
      double[] y = new double[outer * inner];
      for (int o = 0; o < outer && inner == 1; o++) {
        double sum = 0;
        for (int at = o * length; at < (o + 1) * length; at++) {
          sum += x[at];
        }
        y[o] = sum;
      }
      for (int o = 0; o < outer && inner > 1; o++) {
        for (int l = 0; l < length; l++) {
          int from = (o * length + l) * inner;
          for (int i = 0; i < inner; i++) {
            y[o * inner + i] += x[from + i];
          }
        }
      }
      return y;
    }

    @Override
    public Tensor jvp(int i, List<Tensor> inputs, Tensor y, Tensor dot) {
      return Tensor.apply(this, dot);
    }

    @Override
    public Tensor vjp(int i, List<Tensor> inputs, Tensor y, Tensor bar) {
      int[] extra = bar.shape().leading(bar.shape().rank() - out.rank()).dims();
      return bar.reshape(kept.prepend(extra)).broadcastTo(in.prepend(extra));
    }

    @Override
    public boolean stacks() {
      return true;
    }

    @Override
    public boolean mixesExamples(int i, List<Shape> inputs) {
      return summed.length > 0 && summed[0];
    }

    @Override
    public String label() {
      return "sum";
    }
  }

  /**
   * y = x repeated along new axes and axes of length 1.
   *
   * <pre>  ẏ = ẋ repeated      x̄ = sum ȳ  </pre>
   *
   * @param to the shape of y
   */
  public record BroadcastTo(Shape to) implements Op {
    @Override
    public Tensor forward(List<Tensor> in) {
      Tensor x = in.get(0);
      if (!Shape.broadcast(x.shape(), to).equals(to)) {
        throw new IllegalArgumentException(
            "Tensor.broadcastTo: " + x.shape() + " does not repeat to " + to + ".");
      }
      return Tensor.adopt(to, Broadcast.expand(x, to));
    }

    @Override
    public Tensor jvp(int i, List<Tensor> in, Tensor y, Tensor dot) {
      return dot.broadcastTo(to);
    }

    @Override
    public Tensor vjp(int i, List<Tensor> in, Tensor y, Tensor bar) {
      return Broadcast.sumTo(bar, to, in.get(0).shape());
    }

    @Override
    public boolean movesElements() {
      return true;
    }

    @Override
    public boolean stacks() {
      return true;
    }

    @Override
    public boolean mixesExamples(int i, List<Shape> in) {
      return Broadcast.mixesExamples(in.get(0), to);
    }
  }
}
