package org.laplace4j.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("scalar")
class InputGradientsTest {
  /** Central differences of fourth order of numbers of order 1. */
  private static final double DIFFERENCES = 1e-10;

  private final Parameter a = Parameter.of("a", Tensor.of(Shape.of(4, 3), numbers(12, 1)));
  private final Parameter b = Parameter.of("b", Tensor.of(Shape.of(4), numbers(4, 2)));
  private final Parameter c = Parameter.of("c", Tensor.of(Shape.of(2, 4), numbers(8, 3)));
  private final Tensor x = Tensor.of(Shape.of(2, 3), numbers(6, 4));
  private final Tensor u = Tensor.of(Shape.of(2, 2), numbers(4, 5));

  /** c tanh(a x + b), and x itself added: (B, 3) → (B, 2). */
  private final Model<Tensor> network = new Model<>() {
    @Override
    public Tensor forward(Weights at, Tensor x) {
      Tensor hidden = x.affine(at.get(a), at.get(b)).tanh();
      return hidden.matmul(false, at.get(c), true).plus(x.slice(1, 0, 2));
    }

    @Override
    public Map<String, Parameter> parameters() {
      return Map.of("a", a, "b", b, "c", c);
    }
  };

  private static double[] numbers(int count, long seed) {
    return new Random(seed).doubles(count, -1, 1).toArray();
  }

  private Linearization at(ParameterSpace space, double[] inputs) {
    return Linearization.of(network, space, Weights.of(network), Tensor.of(x.shape(), inputs));
  }

  private static double inner(Tensor u, Tensor f) {
    return u.times(f).sum().item();
  }

  private static double[] unit(int size, int i) {
    double[] unit = new double[size];
    unit[i] = 1;
    return unit;
  }

  @Test
  void aProductIsDifferentiatedOnPaper() {
    // f = w x² at w = 3: ∂f/∂x = 6 x, J v = x² v, and its gradient in x is 2 x v.
    Parameter w = Parameter.of("w", Tensor.vector(3));
    Model<Tensor> square = new Model<>() {
      @Override
      public Tensor forward(Weights at, Tensor x) {
        return x.square().times(at.get(w));
      }

      @Override
      public Map<String, Parameter> parameters() {
        return Map.of("w", w);
      }
    };
    Tensor points = Tensor.of(Shape.of(2, 1), 1, -2);
    Tensor ones = Tensor.ones(points.shape());
    InputGradients f =
        InputGradients.of(square, ParameterSpace.of(square), Weights.of(square), points);
    assertThat(f.output().array()).containsExactly(3, 12);
    assertThat(f.gradient(ones).array()).containsExactly(6, -12);
    assertThat(f.tangentGradient(new double[] {5}, ones).array()).containsExactly(10, -20);
  }

  @Test
  void bothAreCentralDifferencesOfOutputsAndTangents() {
    ParameterSpace all = ParameterSpace.of(network);
    ParameterSpace some =
        ParameterSpace.of(network, WeightMask.of(a, ElementMask.ofIndices(a.shape(), 1, 5, 6)));
    for (ParameterSpace space : new ParameterSpace[] {all, some}) {
      InputGradients f = InputGradients.of(network, space, Weights.of(network), x);
      double[] v = numbers(space.size(), 6);
      for (int i = 0; i < x.size(); i++) {
        double[] direction = unit(x.size(), i);
        double ofOutput = CentralDifference.along(
            p -> new double[] {inner(u, at(space, p).output())}, x.array(), direction)[0];
        double ofTangent = CentralDifference.along(
            p -> new double[] {inner(u, at(space, p).pushforward(v))}, x.array(), direction)[0];
        assertThat(f.gradient(u).array()[i]).isCloseTo(ofOutput, within(DIFFERENCES));
        assertThat(f.tangentGradient(v, u).array()[i]).isCloseTo(ofTangent, within(DIFFERENCES));
      }
    }
  }

  @Test
  void aCotangentOfAnotherShapeIsRefused() {
    InputGradients f =
        InputGradients.of(network, ParameterSpace.of(network), Weights.of(network), x);
    assertThatThrownBy(() -> f.gradient(Tensor.ones(Shape.of(2, 3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("(2, 2)", "(2, 3)");
  }
}
