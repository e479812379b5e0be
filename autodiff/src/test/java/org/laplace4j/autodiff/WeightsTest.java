package org.laplace4j.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("scalar")
class WeightsTest {
  private final Parameter a = Parameter.of("a", Tensor.vector(1, 2));
  private final Parameter b = Parameter.of("b", Tensor.vector(3));

  @Test
  void weightsAreASnapshot() {
    Weights weights = Weights.of(List.of(a, b));
    a.set(Tensor.vector(9, 9));
    assertThat(weights.get(a).array()).containsExactly(1, 2);
    weights.store();
    assertThat(a.value().array()).containsExactly(1, 2);
  }

  @Test
  void withLeavesTheOriginalAlone() {
    Weights weights = Weights.of(List.of(a, b));
    Weights other = weights.with(Map.of(b, Tensor.vector(7)));
    assertThat(other.get(b).array()).containsExactly(7);
    assertThat(other.get(a)).isSameAs(weights.get(a));
    assertThat(weights.get(b).array()).containsExactly(3);
    assertThat(b.value().array()).containsExactly(3);
  }

  @Test
  void aStrangerIsRefused() {
    Weights weights = Weights.of(List.of(a));
    assertThatThrownBy(() -> weights.get(b)).hasMessageContainingAll("b (1)", "1");
    assertThatThrownBy(() -> weights.with(Map.of(b, Tensor.vector(1))))
        .hasMessageContaining("b (1)");
  }

  @Test
  void anotherShapeIsRefused() {
    Weights weights = Weights.of(List.of(a));
    assertThatThrownBy(() -> weights.with(Map.of(a, Tensor.vector(1, 2, 3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'a'", "(2)", "(3)");
  }

  @Test
  void aParameterTakesOnlyFiniteValuesOfItsShape() {
    assertThatThrownBy(() -> a.set(Tensor.vector(1, Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("element 1", "NaN");
    assertThatThrownBy(() -> a.set(Tensor.scalar(1))).hasMessageContainingAll("(2)", "()");
    assertThatThrownBy(() -> Parameter.of("c", Tensor.scalar(Double.POSITIVE_INFINITY)))
        .hasMessageContaining("Infinity");
    assertThat(a.value().array()).containsExactly(1, 2);
  }

  @Test
  void freezingIsPerElement() {
    a.freeze(0);
    assertThat(a.trainable().indices()).containsExactly(1);
    a.setTrainable(ElementMask.all(a.shape()));
    assertThat(a.trainable().isAll()).isTrue();
    assertThatThrownBy(() -> a.freeze(2)).hasMessageContaining("2");
    assertThatThrownBy(() -> a.setTrainable(ElementMask.all(b.shape())))
        .hasMessageContainingAll("(2)", "(1)");
  }
}
