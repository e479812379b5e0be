package org.laplace4j.autodiff.op;

import java.util.List;
import java.util.Optional;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Op;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.rows.Rows;

/**
 * z = f(x, y), element by element, with broadcasting: what was repeated is summed back.
 *
 * <pre>
 *   jvp   ż = ∂f/∂x ∘ ẋ      vjp   x̄ = ∂f/∂x ∘ z̄, summed to the shape of x
 * </pre>
 *
 * @param label the function's name
 * @param function f over runs of numbers
 * @param slope the derivative of f in one input, times a tangent or a cotangent
 */
public record Arithmetic(String label, Runs function, Slope slope) implements Op {

  /** A function of two numbers, over runs of n of them. */
  public interface Runs {
    /** z = f(x, y), for n numbers from each offset. */
    void apply(double[] x, int xAt, double[] y, int yAt, double[] z, int zAt, int n);
  }

  /** ∂f/∂xᵢ times a tangent or a cotangent, in traced operations. */
  public interface Slope {
    /** The product, of a shape that broadcasts to that of z. */
    Tensor times(int i, List<Tensor> in, Tensor z, Tensor derivative);
  }

  /** z = x + y. */
  public static final Arithmetic ADD =
      new Arithmetic("add", Arithmetic::add, (i, in, z, derivative) -> derivative);

  /** z = x − y. */
  public static final Arithmetic SUBTRACT = new Arithmetic(
      "subtract",
      Arithmetic::subtract,
      (i, in, z, derivative) -> i == 0 ? derivative : derivative.negate());

  /** z = x ∘ y, with slopes y and x. */
  public static final Arithmetic MULTIPLY = new Arithmetic(
      "multiply", Arithmetic::multiply, (i, in, z, derivative) -> derivative.times(in.get(1 - i)));

  /** z = x / y, with slopes 1/y and −z/y. */
  public static final Arithmetic DIVIDE =
      new Arithmetic("divide", Arithmetic::divide, (i, in, z, derivative) -> {
        Tensor overY = derivative.dividedBy(in.get(1));
        return i == 0 ? overY : overY.times(z).negate();
      });

  // One plain loop each, which the compiler turns into vector code.

  private static void add(double[] x, int xAt, double[] y, int yAt, double[] z, int zAt, int n) {
    for (int i = 0; i < n; i++) {
      z[zAt + i] = x[xAt + i] + y[yAt + i];
    }
  }

  private static void subtract(
      double[] x, int xAt, double[] y, int yAt, double[] z, int zAt, int n) {
    for (int i = 0; i < n; i++) {
      z[zAt + i] = x[xAt + i] - y[yAt + i];
    }
  }

  private static void multiply(
      double[] x, int xAt, double[] y, int yAt, double[] z, int zAt, int n) {
    for (int i = 0; i < n; i++) {
      z[zAt + i] = x[xAt + i] * y[yAt + i];
    }
  }

  private static void divide(double[] x, int xAt, double[] y, int yAt, double[] z, int zAt, int n) {
    for (int i = 0; i < n; i++) {
      z[zAt + i] = x[xAt + i] / y[yAt + i];
    }
  }

  @Override
  public Tensor forward(List<Tensor> in) {
    return Broadcast.combine(in.get(0), in.get(1), function);
  }

  @Override
  public Tensor jvp(int i, List<Tensor> in, Tensor z, Tensor dot) {
    return slope.times(i, in, z, dot).broadcastTo(z.shape());
  }

  @Override
  public Tensor vjp(int i, List<Tensor> in, Tensor z, Tensor bar) {
    return Broadcast.sumTo(slope.times(i, in, z, bar), z.shape(), in.get(i).shape());
  }

  @Override
  public boolean stacks() {
    return true;
  }

  @Override
  public boolean mixesExamples(int i, List<Shape> in) {
    return Broadcast.mixesExamples(in.get(i), Shape.broadcast(in.get(0), in.get(1)));
  }

  @Override
  public Optional<Rows> exampleRows(
      int i, List<Tensor> in, Tensor z, Tensor bars, ElementMask wanted) {
    Tensor slopes = slope.times(i, in, z, bars);
    return Broadcast.exampleRows(slopes, z.shape(), in.get(i).shape(), wanted);
  }
}
