package org.laplace4j.autodiff.op;

import java.util.Arrays;
import java.util.List;
import org.laplace4j.autodiff.Op;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Parallel;

/**
 * Parts of a tensor along one axis, in pairs that are each other's adjoint: slice and pad, gather
 * and scatter-add. Axes are counted from the end.
 */
public final class Selection {
  private Selection() {}

  /** Sees a tensor as (outer, length, inner) around an axis. */
  private record View(int outer, int length, int inner) {
    static View of(Shape shape, int axis) {
      int at = shape.rank() + axis;
      return new View(
          shape.leading(at).size(), shape.dim(axis), shape.drop(at + 1).size());
    }
  }

  private static boolean isExamples(Shape shape, int axis) {
    return axis == -shape.rank();
  }

  /**
   * y = x[from, to) along an axis.
   *
   * <pre>  ẏ = ẋ[from, to)      x̄ = ȳ padded with zeros  </pre>
   *
   * @param axis counted from the end
   * @param from the first index
   * @param to one past the last index
   */
  public record Slice(int axis, int from, int to) implements Op {
    @Override
    public Tensor forward(List<Tensor> in) {
      Tensor x = in.get(0);
      View view = View.of(x.shape(), axis);
      if (from < 0 || to < from || to > view.length) {
        throw new IllegalArgumentException("Tensor.slice: [" + from + ", " + to
            + ") was asked of an axis of length " + view.length + " of " + x.shape() + ".");
      }
      int count = (to - from) * view.inner;
      double[] out = new double[view.outer * count];
      for (int o = 0; o < view.outer; o++) {
        System.arraycopy(x.array(), (o * view.length + from) * view.inner, out, o * count, count);
      }
      return Tensor.adopt(x.shape().with(axis, to - from), out);
    }

    @Override
    public Tensor jvp(int i, List<Tensor> in, Tensor y, Tensor dot) {
      return dot.slice(axis, from, to);
    }

    @Override
    public Tensor vjp(int i, List<Tensor> in, Tensor y, Tensor bar) {
      return bar.pad(axis, from, in.get(0).shape().dim(axis) - to);
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
      return isExamples(in.get(0), axis);
    }
  }

  /**
   * y = x with zeros before and after along an axis.
   *
   * <pre>  ẏ = ẋ padded      x̄ = the slice of ȳ  </pre>
   *
   * @param axis counted from the end
   * @param before the number of zeros in front
   * @param after the number of zeros behind
   */
  public record Pad(int axis, int before, int after) implements Op {
    @Override
    public Tensor forward(List<Tensor> in) {
      Tensor x = in.get(0);
      View view = View.of(x.shape(), axis);
      if (before < 0 || after < 0) {
        throw new IllegalArgumentException("Tensor.pad: " + before + " zeros before and " + after
            + " after were asked for; neither may be negative.");
      }
      int length = before + view.length + after;
      double[] out = new double[view.outer * length * view.inner];
      int count = view.length * view.inner;
      for (int o = 0; o < view.outer; o++) {
        System.arraycopy(x.array(), o * count, out, (o * length + before) * view.inner, count);
      }
      return Tensor.adopt(x.shape().with(axis, length), out);
    }

    @Override
    public Tensor jvp(int i, List<Tensor> in, Tensor y, Tensor dot) {
      return dot.pad(axis, before, after);
    }

    @Override
    public Tensor vjp(int i, List<Tensor> in, Tensor y, Tensor bar) {
      return bar.slice(axis, before, before + in.get(0).shape().dim(axis));
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
      return isExamples(in.get(0), axis);
    }
  }

  /**
   * y = x₀, x₁, … one after the other along an axis.
   *
   * <pre>  ẏ = ẋᵢ padded to its place      x̄ᵢ = the slice of ȳ at its place  </pre>
   *
   * @param axis counted from the end
   */
  public record Concat(int axis) implements Op {
    @Override
    public Tensor forward(List<Tensor> in) {
      Shape shape = in.get(0).shape();
      int length = 0;
      for (Tensor part : in) {
        if (part.shape().rank() != shape.rank()
            || !part.shape().with(axis, 1).equals(shape.with(axis, 1))) {
          throw new IllegalArgumentException("Tensor.concat: " + shape + " and " + part.shape()
              + " may differ only at axis " + axis + ".");
        }
        length += part.shape().dim(axis);
      }
      Shape to = shape.with(axis, length);
      double[] out = new double[to.size()];
      int at = 0;
      for (Tensor part : in) {
        View view = View.of(part.shape(), axis);
        int count = view.length * view.inner;
        for (int o = 0; o < view.outer; o++) {
          System.arraycopy(part.array(), o * count, out, (o * length + at) * view.inner, count);
        }
        at += view.length;
      }
      return Tensor.adopt(to, out);
    }

    @Override
    public Tensor jvp(int i, List<Tensor> in, Tensor y, Tensor dot) {
      int before = before(i, in);
      int own = in.get(i).shape().dim(axis);
      return dot.pad(axis, before, y.shape().dim(axis) - before - own);
    }

    @Override
    public Tensor vjp(int i, List<Tensor> in, Tensor y, Tensor bar) {
      int before = before(i, in);
      return bar.slice(axis, before, before + in.get(i).shape().dim(axis));
    }

    private int before(int i, List<Tensor> in) {
      return in.subList(0, i).stream().mapToInt(part -> part.shape().dim(axis)).sum();
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
      return isExamples(in.get(i), axis);
    }
  }

  /**
   * yⱼ = x at index j of a list, along an axis.
   *
   * <pre>  ẏ = ẋ gathered      x̄ = ȳ added to where it came from  </pre>
   */
  public static final class Gather implements Op {
    private final int axis;
    private final int[] indices;

    /** The entries {@code indices} along {@code axis}, counted from the end. */
    public Gather(int axis, int... indices) {
      this.axis = axis;
      this.indices = indices.clone();
    }

    @Override
    public Tensor forward(List<Tensor> in) {
      Tensor x = in.get(0);
      View view = View.of(x.shape(), axis);
      checkIndices(indices, view.length, x.shape());
      double[] out = new double[view.outer * indices.length * view.inner];
      for (int o = 0; o < view.outer; o++) {
        for (int j = 0; j < indices.length; j++) {
          System.arraycopy(
              x.array(),
              (o * view.length + indices[j]) * view.inner,
              out,
              (o * indices.length + j) * view.inner,
              view.inner);
        }
      }
      return Tensor.adopt(x.shape().with(axis, indices.length), out);
    }

    @Override
    public Tensor jvp(int i, List<Tensor> in, Tensor y, Tensor dot) {
      return Tensor.apply(this, dot);
    }

    @Override
    public Tensor vjp(int i, List<Tensor> in, Tensor y, Tensor bar) {
      return Tensor.apply(new ScatterAdd(axis, in.get(0).shape().dim(axis), indices), bar);
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
      return isExamples(in.get(0), axis);
    }
  }

  /**
   * y = zeros to which xⱼ is added at index j of a list, along an axis.
   *
   * <pre>  ẏ = ẋ added likewise      x̄ = ȳ gathered  </pre>
   */
  public static final class ScatterAdd implements Op {
    private final int axis;
    private final int length;
    private final int[] indices;

    /** Adds to an axis of the given length, counted from the end, at {@code indices}. */
    public ScatterAdd(int axis, int length, int... indices) {
      this.axis = axis;
      this.length = length;
      this.indices = indices.clone();
    }

    @Override
    public Tensor forward(List<Tensor> in) {
      Tensor x = in.get(0);
      View view = View.of(x.shape(), axis);
      checkIndices(indices, length, x.shape());
      double[] out = new double[view.outer * length * view.inner];
      Parallel.ranges(view.outer, 2L * indices.length * view.inner, (first, end) -> {
        for (int o = first; o < end; o++) {
          int from = o * indices.length * view.inner;
          int to = o * length * view.inner;
          if (view.inner == 1) {
            addNumbers(x.array(), from, out, to);
          } else {
            addRuns(x.array(), from, out, to, view.inner);
          }
        }
      });
      return Tensor.adopt(x.shape().with(axis, length), out);
    }

    private void addNumbers(double[] x, int from, double[] out, int to) {
      for (int j = 0; j < indices.length; j++) {
        out[to + indices[j]] += x[from + j];
      }
    }

    private void addRuns(double[] x, int from, double[] out, int to, int inner) {
      for (int j = 0; j < indices.length; j++) {
        for (int i = 0; i < inner; i++) {
          out[to + indices[j] * inner + i] += x[from + j * inner + i];
        }
      }
    }

    @Override
    public Tensor jvp(int i, List<Tensor> in, Tensor y, Tensor dot) {
      return Tensor.apply(this, dot);
    }

    @Override
    public Tensor vjp(int i, List<Tensor> in, Tensor y, Tensor bar) {
      return Tensor.apply(new Gather(axis, indices), bar);
    }

    @Override
    public boolean stacks() {
      return true;
    }

    @Override
    public boolean mixesExamples(int i, List<Shape> in) {
      return isExamples(in.get(0), axis);
    }
  }

  private static void checkIndices(int[] indices, int length, Shape shape) {
    for (int index : indices) {
      if (index < 0 || index >= length) {
        throw new IllegalArgumentException(
            "Tensor.gather: index " + index + " of " + Arrays.toString(indices)
                + " is outside an axis of length " + length + " of " + shape + ".");
      }
    }
  }
}
