package org.laplace4j.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartialEvaluationTest {
  private static final Shape SQUARE = Shape.of(3, 3);
  private final Parameter first = Parameter.of("first", random(SQUARE, 1));
  private final Parameter second = Parameter.of("second", random(SQUARE, 2));

  /** f = tanh(tanh(x A) B) + A, in which A is used twice. */
  private final Model<Tensor> model = new Model<>() {
    @Override
    public Tensor forward(Weights at, Tensor x) {
      Tensor a = at.get(first);
      return x.matmul(a).tanh().matmul(at.get(second)).tanh().plus(a);
    }

    @Override
    public Map<String, Parameter> parameters() {
      Map<String, Parameter> parameters = new LinkedHashMap<>();
      parameters.put("first", first);
      parameters.put("second", second);
      return parameters;
    }
  };

  private final Tensor x = random(SQUARE, 3);

  private static Tensor random(Shape shape, long seed) {
    return Tensor.of(
        shape, new SplittableRandom(seed).doubles(shape.size(), -1, 1).toArray());
  }

  private Weights moved(Parameter parameter, long seed) {
    return Weights.of(model).with(Map.of(parameter, random(SQUARE, seed)));
  }

  private PartialEvaluation over(Parameter parameter) {
    ParameterSpace space = ParameterSpace.of(
        model, WeightMask.of(Map.of(parameter, ElementMask.all(parameter.shape()))));
    return PartialEvaluation.of(model, space, Weights.of(model), x);
  }

  @Test
  void valuesAreThoseOfTheModelAtOtherWeights() {
    for (Parameter parameter : List.of(first, second)) {
      PartialEvaluation f = over(parameter);
      assertThat(f.shape()).isEqualTo(SQUARE);
      for (long seed = 10; seed < 15; seed++) {
        Weights at = moved(parameter, seed);
        assertThat(f.at(at).array()).isEqualTo(model.forward(at, x).array());
      }
    }
  }

  /** Below B lie a product and a tanh, which are not computed again. */
  @Test
  void whatTheSpaceDoesNotChangeIsNotComputedAgain() {
    assertThat(over(first).numbers()).isEqualTo(5 * 9);
    assertThat(over(second).numbers()).isEqualTo(3 * 9);
  }

  /** Weights outside the space are those of the start, whatever comes. */
  @Test
  void weightsOutsideTheSpaceAreNotLookedAt() {
    PartialEvaluation f = over(second);
    Weights both = moved(second, 20).with(Map.of(first, random(SQUARE, 21)));
    assertThat(f.at(both).array()).isEqualTo(model.forward(moved(second, 20), x).array());
  }

  @Test
  void severalThreadsMayUseOne() {
    PartialEvaluation f = over(first);
    IntStream.range(0, 64).parallel().forEach(seed -> {
      Weights at = moved(first, seed);
      assertThat(f.at(at).array()).isEqualTo(model.forward(at, x).array());
    });
  }
}
