package org.laplace4j.autodiff.op;

import java.util.List;
import org.laplace4j.autodiff.Op;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Parallel;

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
      int planes = size == 0 ? 0 : out.length / size * middle;
      Parallel.ranges(planes, 2L * a * b * inner, (from, end) -> {
        for (int plane = from; plane < end; plane++) {
          int at = plane / middle * size;
          int m = plane % middle;
          var swap = new Swap(x.array(), at + m * b * inner, a, b, middle, inner);
          int first = at + m * a * inner;
          if (inner == 1) {
            swap.elements(out, first);
          } else {
            swap.runs(out, first);
          }
        }
      });
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

  /**
   * One matrix (a, b) of runs of {@code inner} numbers, which are written as (b, a): its rows lie
   * {@code middle} times as far apart as they are long.
   */
  private record Swap(double[] x, int at, int a, int b, int middle, int inner) {
    private static final int TILE = 16;

    void runs(double[] out, int to) {
      Parallel.ranges(b, 2L * a * inner, (first, end) -> {
        for (int j = first; j < end; j++) {
          for (int i = 0; i < a; i++) {
            int from = at + (i * middle * b + j) * inner;
            System.arraycopy(x, from, out, to + (j * middle * a + i) * inner, inner);
          }
        }
      });
    }

    /** By tiles, since what is read along rows is written along columns. */
    void elements(double[] out, int to) {
      for (int i0 = 0; i0 < a; i0 += TILE) {
        int iEnd = Math.min(a, i0 + TILE);
        for (int j0 = 0; j0 < b; j0 += TILE) {
          int jEnd = Math.min(b, j0 + TILE);
          for (int j = j0; j < jEnd; j++) {
            for (int i = i0, write = to + j * middle * a + i0; i < iEnd; i++, write++) {
              out[write] = x[at + i * middle * b + j];
            }
          }
        }
      }
    }
  }
}
