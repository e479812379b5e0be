package org.laplace4j.autodiff.op;

import java.util.List;
import org.laplace4j.autodiff.Op;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;

/** The same numbers in another shape or order; each rule is its own inverse. */
public final class Layout {
  private Layout() {}

  /**
   * y = x in another shape.
   *
   * @param to the shape of y
   */
  public record Reshape(Shape to) implements Op {
    @Override
    public Tensor forward(List<Tensor> in) {
      Tensor x = in.get(0);
      if (x.size() != to.size()) {
        throw new IllegalArgumentException("Tensor.reshape: " + x.shape() + " has " + x.size()
            + " elements, " + to + " has " + to.size() + ".");
      }
      return Tensor.adopt(to, x.array());
    }

    @Override
    public Tensor jvp(int i, List<Tensor> in, Tensor y, Tensor dot) {
      return dot.reshape(to);
    }

    @Override
    public Tensor vjp(int i, List<Tensor> in, Tensor y, Tensor bar) {
      int extra = bar.shape().rank() - to.rank();
      return bar.reshape(in.get(0).shape().prepend(bar.shape().leading(extra).dims()));
    }

    @Override
    public boolean stacks() {
      return true;
    }

    @Override
    public boolean mixesExamples(int i, List<Shape> in) {
      Shape from = in.get(0);
      return from.rank() == 0 || to.rank() == 0 || from.dim(0) != to.dim(0);
    }
  }

  /**
   * y = x with two axes swapped.
   *
   * @param first an axis, counted from the end
   * @param second another, counted from the end
   */
  public record SwapAxes(int first, int second) implements Op {
    @Override
    public Tensor forward(List<Tensor> in) {
      Tensor x = in.get(0);
      int left = Math.min(first, second);
      int right = Math.max(first, second);
      Shape shape = x.shape();
      Shape to = shape.with(left, shape.dim(right)).with(right, shape.dim(left));
      if (left == right) {
        return x;
      }
      int rank = shape.rank();
      int outer = shape.leading(rank + left).size();
      int a = shape.dim(left);
      int middle = shape.drop(rank + left + 1).leading(right - left - 1).size();
      int b = shape.dim(right);
      int inner = shape.drop(rank + right + 1).size();
      double[] from = x.array();
      double[] out = new double[from.length];
      int at = 0;
      // Reads (o, i, m, j, …) and writes (o, j, m, i, …).
      for (int o = 0; o < outer; o++) {
        for (int j = 0; j < b; j++) {
          for (int m = 0; m < middle; m++) {
            for (int i = 0; i < a; i++) {
              System.arraycopy(from, (((o * a + i) * middle + m) * b + j) * inner, out, at, inner);
              at += inner;
            }
          }
        }
      }
      return Tensor.adopt(to, out);
    }

    @Override
    public Tensor jvp(int i, List<Tensor> in, Tensor y, Tensor dot) {
      return Tensor.apply(this, dot);
    }

    @Override
    public Tensor vjp(int i, List<Tensor> in, Tensor y, Tensor bar) {
      return Tensor.apply(this, bar);
    }

    @Override
    public boolean stacks() {
      return true;
    }

    @Override
    public boolean mixesExamples(int i, List<Shape> in) {
      return Math.min(first, second) == -in.get(0).rank() && first != second;
    }
  }
}
