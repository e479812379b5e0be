package org.laplace4j.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("scalar")
class ParameterSpaceTest {
  private final Parameter a = Parameter.of("a", Tensor.of(Shape.of(2, 2), 1, 2, 3, 4));
  private final Parameter b = Parameter.of("b", Tensor.vector(5, -0.0, Double.MIN_VALUE));

  /** A model that holds the parameter a twice, under two names. */
  private final Model<Tensor> model = new Model<>() {
    @Override
    public Tensor forward(Weights at, Tensor x) {
      return at.get(a).sum().plus(at.get(b).sum());
    }

    @Override
    public Map<String, Parameter> parameters() {
      Map<String, Parameter> parameters = new LinkedHashMap<>();
      parameters.put("first.a", a);
      parameters.put("b", b);
      parameters.put("second.a", a);
      return parameters;
    }
  };

  @Test
  void blocksFollowTheModelAndATiedParameterCountsOnce() {
    ParameterSpace space = ParameterSpace.of(model);
    assertThat(space.size()).isEqualTo(7);
    assertThat(space.blocks())
        .extracting(ParameterSpace.Block::name)
        .containsExactly("first.a", "b");
    assertThat(space.blocks()).extracting(ParameterSpace.Block::offset).containsExactly(0, 4);
    assertThat(space.gather(Weights.of(model)))
        .containsExactly(1, 2, 3, 4, 5, -0.0, Double.MIN_VALUE);
  }

  @Test
  void theSpaceIsWhatIsSelectedAndTrainable() {
    a.freeze(3);
    WeightMask subset = WeightMask.of(a, ElementMask.ofIndices(a.shape(), 1, 3));
    ParameterSpace space = ParameterSpace.of(model, subset);
    assertThat(space.size()).isEqualTo(1);
    assertThat(space.gather(Weights.of(model))).containsExactly(2);
    assertThat(space.block(b)).isEmpty();
  }

  @Test
  void scatterReplacesTheSpaceAndKeepsTheBitsOfAllElse() {
    WeightMask subset = WeightMask.of(Map.of(
        a, ElementMask.ofIndices(a.shape(), 0, 2),
        b, ElementMask.ofIndices(b.shape(), 0)));
    ParameterSpace space = ParameterSpace.of(model, subset);
    Weights before = Weights.of(model);
    Weights after = space.scatter(new double[] {10, 30, 50}, before);
    assertThat(after.get(a).array()).containsExactly(10, 2, 30, 4);
    assertThat(bits(after.get(b))).containsExactly(bits(Tensor.vector(50, -0.0, Double.MIN_VALUE)));
    assertThat(before.get(a).array()).containsExactly(1, 2, 3, 4);
    assertThat(space.gather(after)).containsExactly(10, 30, 50);
    assertThat(bits(space.scatter(space.gather(before), before).get(b)))
        .containsExactly(bits(before.get(b)));
  }

  private static long[] bits(Tensor tensor) {
    return java.util.Arrays.stream(tensor.array())
        .mapToLong(Double::doubleToRawLongBits)
        .toArray();
  }

  @Test
  void theMasksAreTakenWhenTheSpaceIsMade() {
    ParameterSpace space = ParameterSpace.of(model);
    a.freeze();
    assertThat(space.size()).isEqualTo(7);
    assertThat(ParameterSpace.of(model).size()).isEqualTo(3);
  }

  @Test
  void anEmptySpaceNamesBothCounts() {
    a.freeze();
    WeightMask subset = WeightMask.of(a, ElementMask.ofIndices(a.shape(), 0, 1));
    assertThatThrownBy(() -> ParameterSpace.of(model, subset))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("2 are", "3 are");
    b.freeze();
    assertThatThrownBy(() -> ParameterSpace.of(model)).hasMessageContainingAll("7 are", "0 are");
  }

  @Test
  void aMaskOfAnotherModelIsRefusedByName() {
    Parameter foreign = Parameter.of("foreign", Tensor.vector(1));
    assertThatThrownBy(() -> ParameterSpace.of(model, WeightMask.all(List.of(foreign))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("foreign (1)", "first.a");
  }

  @Test
  void vectorsOfAnotherLengthAreRefused() {
    ParameterSpace space = ParameterSpace.of(model);
    assertThatThrownBy(() -> space.scatter(new double[6], Weights.of(model)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("6", "7");
  }

  @Test
  void placesInALargerSpaceAreThoseOfTheSameElements() {
    ParameterSpace whole = ParameterSpace.of(model);
    a.freeze(1);
    b.freeze(0);
    ParameterSpace rest = ParameterSpace.of(model);
    assertThat(rest.placesIn(whole)).containsExactly(0, 2, 3, 5, 6);
    assertThat(rest.placesIn(rest)).containsExactly(0, 1, 2, 3, 4);
    assertThatThrownBy(() -> whole.placesIn(rest))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("element 1 of 'first.a'")
        .hasMessageContaining("7 of this space")
        .hasMessageContaining("5 of the other");
  }
}
