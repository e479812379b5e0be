package org.laplace4j.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values and first two derivatives where naive formulas overflow, underflow or cancel. */
@Tag("scalar")
class ExtremeInputsTest {
  private static final double TINY = Double.MIN_VALUE;
  // A few roundings of numbers of order 1; at ±800 the numbers are exact.
  private static final double ROUNDING = 1e-15;

  private record Derivatives3(double value, double slope, double curvature) {}

  private static Derivatives3 at(double x, UnaryOperator<Tensor> f) {
    Parameter p = Parameter.of("x", Tensor.scalar(x));
    Model<Tensor> model = new Model<>() {
      @Override
      public Tensor forward(Weights at, Tensor input) {
        return f.apply(at.get(p));
      }

      @Override
      public Map<String, Parameter> parameters() {
        return Map.of("x", p);
      }
    };
    ParameterSpace space = ParameterSpace.of(model);
    Weights weights = Weights.of(model);
    return new Derivatives3(
        f.apply(Tensor.scalar(x)).item(),
        Derivatives.gradient(space, weights, w -> f.apply(w.get(p)))[0],
        Derivatives.hessianVectorProduct(space, weights, w -> f.apply(w.get(p)), new double[] {1})[
            0]);
  }

  static Stream<Arguments> expected() {
    double log2 = Math.log(2);
    double erfSlope = 2 / Math.sqrt(Math.PI);
    double geluCurvature = Math.sqrt(2 / Math.PI); // 2 φ(0)
    UnaryOperator<Tensor> softplus = Tensor::softplus;
    UnaryOperator<Tensor> sigmoid = Tensor::sigmoid;
    UnaryOperator<Tensor> gelu = Tensor::gelu;
    UnaryOperator<Tensor> tanh = Tensor::tanh;
    UnaryOperator<Tensor> erf = Tensor::erf;
    UnaryOperator<Tensor> relu = Tensor::relu;
    UnaryOperator<Tensor> exp = Tensor::exp;
    UnaryOperator<Tensor> square = Tensor::square;
    return Stream.of(
        Arguments.of("softplus", softplus, 800, 800, 1, 0),
        Arguments.of("softplus", softplus, -800, 0, 0, 0),
        Arguments.of("softplus", softplus, 0, log2, 0.5, 0.25),
        Arguments.of("softplus", softplus, TINY, log2, 0.5, 0.25),
        Arguments.of("sigmoid", sigmoid, 800, 1, 0, 0),
        Arguments.of("sigmoid", sigmoid, -800, 0, 0, 0),
        Arguments.of("sigmoid", sigmoid, 0, 0.5, 0.25, 0),
        Arguments.of("sigmoid", sigmoid, -TINY, 0.5, 0.25, 0),
        Arguments.of("gelu", gelu, 800, 800, 1, 0),
        Arguments.of("gelu", gelu, -800, 0, 0, 0),
        Arguments.of("gelu", gelu, 0, 0, 0.5, geluCurvature),
        Arguments.of("gelu", gelu, TINY, 0, 0.5, geluCurvature),
        Arguments.of("gelu", gelu, 1e200, 1e200, 1, 0),
        Arguments.of("tanh", tanh, 800, 1, 0, 0),
        Arguments.of("tanh", tanh, -800, -1, 0, 0),
        Arguments.of("tanh", tanh, TINY, TINY, 1, 0),
        Arguments.of("erf", erf, 800, 1, 0, 0),
        Arguments.of("erf", erf, -800, -1, 0, 0),
        Arguments.of("erf", erf, TINY, TINY, erfSlope, 0),
        Arguments.of("relu", relu, 800, 800, 1, 0),
        Arguments.of("relu", relu, -800, 0, 0, 0),
        Arguments.of("relu", relu, 0, 0, 0, 0),
        Arguments.of("relu", relu, TINY, TINY, 1, 0),
        Arguments.of("exp", exp, -800, 0, 0, 0),
        Arguments.of("exp", exp, TINY, 1, 1, 1),
        Arguments.of("square", square, -800, 640_000, -1600, 2));
  }

  @ParameterizedTest(name = "{0} at {2}")
  @MethodSource("expected")
  void elementwiseIsRightAtExtremes(
      String name,
      UnaryOperator<Tensor> f,
      double x,
      double value,
      double slope,
      double curvature) {
    Derivatives3 got = at(x, f);
    assertThat(got.value()).isCloseTo(value, within(ROUNDING));
    assertThat(got.slope()).isCloseTo(slope, within(ROUNDING));
    assertThat(got.curvature()).isCloseTo(curvature, within(ROUNDING));
  }

  @Test
  void sigmoidAndSoftplusKeepTheirTails() {
    // e⁻⁵⁰⁰ is far below the rounding of 1: both equal it to relative rounding.
    double tail = Math.exp(-500);
    assertThat(at(-500, Tensor::sigmoid).value()).isCloseTo(tail, within(1e-14 * tail));
    assertThat(at(-500, Tensor::softplus).value()).isCloseTo(tail, within(1e-14 * tail));
    assertThat(at(-500, Tensor::softplus).slope()).isCloseTo(tail, within(1e-14 * tail));
  }

  @Test
  void logSoftmaxNeitherOverflowsNorLosesTheSmallClass() {
    Tensor logits = Tensor.of(Shape.of(3, 2), 800, -800, -800, -800, TINY, 0);
    double half = -Math.log(2);
    assertThat(logits.logSoftmax().array()).containsExactly(0, -1600, half, half, half, half);
    Parameter p = Parameter.of("logits", logits);
    Model<Tensor> model = new Model<>() {
      @Override
      public Tensor forward(Weights at, Tensor x) {
        return at.get(p).logSoftmax();
      }

      @Override
      public Map<String, Parameter> parameters() {
        return Map.of("logits", p);
      }
    };
    ParameterSpace space = ParameterSpace.of(model);
    // ∂ log p₂ / ∂ logits = (−p₁, 1 − p₂).
    double[] gradient = Derivatives.gradient(
        space, Weights.of(model), w -> w.get(p).logSoftmax().slice(1, 1, 2).sum());
    assertThat(gradient)
        .containsExactly(new double[] {-1, 1, -0.5, 0.5, -0.5, 0.5}, within(ROUNDING));
  }
}
