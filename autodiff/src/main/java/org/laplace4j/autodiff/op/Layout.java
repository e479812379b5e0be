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
    public boolean movesElements() {
      return true;
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
    private static final int TILE = 16;

    @Override
    public Tensor forward(List<Tensor> in) {
      Tensor x = in.get(0);
      Shape shape = x.shape();
      int left = shape.rank() + Math.min(first, second);
      int right = shape.rank() + Math.max(first, second);
      if (left == right) {
        return x;
      }
      int a = shape.dim(left);
      int middle = shape.drop(left + 1).leading(right - left - 1).size();
      int b = shape.dim(right);
      Shape to = shape.with(left, b).with(right, a);
      if (middle == 1 && (a == 1 || b == 1)) {
        return Tensor.adopt(to, x.array());
      }
      int inner = shape.drop(right + 1).size();
      double[] out = new double[x.size()];
      int size = a * middle * b * inner;
      for (int at = 0; at < out.length; at += size) {
        for (int m = 0; m < middle; m++) {
          transpose(
              x.array(),
              at + m * b * inner,
              middle * b,
              a,
              b,
              out,
              at + m * a * inner,
              middle * a,
              inner);
        }
      }
      return Tensor.adopt(to, out);
    }

    /**
     * out (j, i, …) = x (i, j, …), by tiles, since one of the two is read or written across its
     * rows.
     */
    private static void transpose(
        double[] x,
        int xAt,
        int xStride,
        int a,
        int b,
        double[] out,
        int outAt,
        int outStride,
        int inner) {
      for (int i0 = 0; i0 < a; i0 += TILE) {
        for (int j0 = 0; j0 < b; j0 += TILE) {
          for (int i = i0; i < Math.min(a, i0 + TILE); i++) {
            for (int j = j0; j < Math.min(b, j0 + TILE); j++) {
              int from = xAt + (i * xStride + j) * inner;
              int to = outAt + (j * outStride + i) * inner;
              for (int l = 0; l < inner; l++) {
                out[to + l] = x[from + l];
              }
            }
          }
        }
      }
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
    public boolean movesElements() {
      return true;
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
