package org.laplace4j.autodiff.op;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.laplace4j.autodiff.Op;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Arrays;

/**
 * y = f(x), element by element.
 *
 * <pre>
 *   jvp   ẏ = f′(x) ∘ ẋ          vjp   x̄ = f′(x) ∘ ȳ
 * </pre>
 *
 * <p>A rule is one line: f over arrays, and f′ in terms of x and y, in traced operations.
 *
 * @param label the function's name
 * @param function f over an array
 * @param slope (x, y) ↦ f′(x)
 */
public record Elementwise(
    String label, UnaryOperator<double[]> function, BinaryOperator<Tensor> slope) implements Op {
  private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);
  private static final double ROOT_HALF = Math.sqrt(0.5);
  private static final double ONE_OVER_ROOT_TWO_PI = 1 / Math.sqrt(2 * Math.PI);

  /** f = −x. */
  public static final Elementwise NEGATE =
      new Elementwise("negate", Arrays::negate, (x, y) -> Tensor.scalar(-1));

  /** f = 1/x, f′ = −y². */
  public static final Elementwise RECIPROCAL =
      new Elementwise("reciprocal", Arrays::reciprocal, (x, y) -> y.square().negate());

  /** f = x², f′ = 2x. */
  public static final Elementwise SQUARE =
      new Elementwise("square", Arrays::squares, (x, y) -> x.times(2));

  /** f = √x, f′ = 1/(2y). */
  public static final Elementwise SQRT =
      new Elementwise("sqrt", Arrays::sqrt, (x, y) -> y.times(2).reciprocal());

  /** f = f′ = eˣ. */
  public static final Elementwise EXP = new Elementwise("exp", Arrays::exp, (x, y) -> y);

  /** f = log x, f′ = 1/x. */
  public static final Elementwise LOG =
      new Elementwise("log", Arrays::log, (x, y) -> x.reciprocal());

  /** f = tanh x, f′ = 1 − y². */
  public static final Elementwise TANH =
      new Elementwise("tanh", Arrays::tanh, (x, y) -> y.square().negate().plus(1));

  /** f = 1/(1 + e⁻ˣ), f′ = y (1 − y). */
  public static final Elementwise SIGMOID =
      new Elementwise("sigmoid", Elementwise::sigmoid, (x, y) -> y.minus(y.square()));

  /** f = max(x, 0), f′ = 1 where x &gt; 0, else 0. */
  public static final Elementwise RELU = new Elementwise("relu", Arrays::relu, (x, y) -> step(x));

  /** f = log(1 + eˣ), f′ = sigmoid x. */
  public static final Elementwise SOFTPLUS =
      new Elementwise("softplus", Elementwise::softplus, (x, y) -> x.sigmoid());

  /** f = erf x, f′ = 2/√π exp(−x²). */
  public static final Elementwise ERF = new Elementwise(
      "erf", Arrays::erf, (x, y) -> x.square().negate().exp().times(TWO_OVER_ROOT_PI));

  /** f = x Φ(x), f′ = Φ(x) + x φ(x). */
  public static final Elementwise GELU = new Elementwise(
      "gelu", Elementwise::gelu, (x, y) -> normalDistribution(x).plus(x.times(normalDensity(x))));

  @Override
  public Tensor forward(List<Tensor> in) {
    Tensor x = in.get(0);
    return Tensor.adopt(x.shape(), function.apply(x.array()));
  }

  @Override
  public Tensor jvp(int i, List<Tensor> in, Tensor y, Tensor dot) {
    return dot.times(slope.apply(in.get(0), y));
  }

  @Override
  public Tensor vjp(int i, List<Tensor> in, Tensor y, Tensor bar) {
    return bar.times(slope.apply(in.get(0), y));
  }

  @Override
  public boolean stacks() {
    return true;
  }

  private static double[] sigmoid(double[] x) {
    // e^(-|x|) never overflows; both branches are the same function.
    double[] decay = Arrays.exp(Arrays.map(x, v -> -Math.abs(v)));
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = (x[i] >= 0 ? 1 : decay[i]) / (1 + decay[i]);
    }
    return y;
  }

  private static double[] softplus(double[] x) {
    // log(1 + eˣ) = max(x, 0) + log(1 + d), d = e^(-|x|): no overflow, no cancellation. The sum 1 +
    // d
    // is rounded to some s; log(s) d / (s − 1) is log(1 + d) to a few roundings all the same.
    double[] decay = Arrays.exp(Arrays.map(x, v -> -Math.abs(v)));
    double[] log = Arrays.log(Arrays.map(decay, d -> 1 + d));
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double rounded = (1 + decay[i]) - 1;
      double logOnePlus = rounded == 0 ? decay[i] : log[i] * (decay[i] / rounded);
      y[i] = Math.max(x[i], 0) + logOnePlus;
    }
    return y;
  }

  private static double[] gelu(double[] x) {
    double[] erf = Arrays.erf(Arrays.scale(x, ROOT_HALF));
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = 0.5 * x[i] * (1 + erf[i]);
    }
    return y;
  }

  private static Tensor step(Tensor x) {
    return Tensor.adopt(x.shape(), Arrays.map(x.array(), v -> v > 0 ? 1 : 0));
  }

  private static Tensor normalDistribution(Tensor x) {
    return x.times(ROOT_HALF).erf().plus(1).times(0.5);
  }

  private static Tensor normalDensity(Tensor x) {
    return x.square().times(-0.5).exp().times(ONE_OVER_ROOT_TWO_PI);
  }
}
