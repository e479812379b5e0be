package org.laplace4j.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;

class TargetsTest {
  private static final Tensor TWO_BY_TWO = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);

  @Test
  void keepsLabelsInOrder() {
    Targets y = Targets.labels(2, 0, 1);
    assertThat(y.isLabels()).isTrue();
    assertThat(y.count()).isEqualTo(3);
    assertThat(y.labels()).containsExactly(2, 0, 1);
    assertThat(y.label(0)).isEqualTo(2);
  }

  @Test
  void keepsValues() {
    Targets y = Targets.values(TWO_BY_TWO);
    assertThat(y.isLabels()).isFalse();
    assertThat(y.count()).isEqualTo(2);
    assertThat(y.values().array()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void holdsTheLargestLabelExactly() {
    assertThat(Targets.labels(Integer.MAX_VALUE).label(0)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void doesNotChangeWithTheArrayItWasMadeFrom() {
    int[] labels = {1, 2};
    Targets y = Targets.labels(labels);
    labels[0] = 7;
    y.labels()[1] = 7;
    assertThat(y.labels()).containsExactly(1, 2);
  }

  @Test
  void selectsInTheOrderAskedForWithRepeats() {
    assertThat(Targets.labels(5, 6, 7).select(2, 0, 2).labels()).containsExactly(7, 5, 7);
    assertThat(Targets.values(TWO_BY_TWO).select(1, 0).values().array())
        .containsExactly(3, 4, 1, 2);
  }

  @Test
  void noLabelsAreLabelsStill() {
    assertThat(Targets.labels(new int[0]).isLabels()).isTrue();
    assertThat(Targets.labels(new int[0]).count()).isZero();
    assertThat(Targets.values(Tensor.zeros(Shape.of(2, 0))).isLabels()).isFalse();
  }

  @Test
  void rejectsNegativeLabels() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Targets.labels(0, 1, -3))
        .withMessageContaining("example 2")
        .withMessageContaining("-3");
  }

  @Test
  void locatesTargetsThatAreNotFinite() {
    Tensor values = Tensor.of(Shape.of(2, 3), 0, 0, 0, 0, Double.NaN, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Targets.values(values))
        .withMessageContaining("target 1")
        .withMessageContaining("example 1")
        .withMessageContaining("NaN");
  }

  @Test
  void rejectsValuesWithoutAnAxisOfOutputs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Targets.values(Tensor.vector(1, 2)))
        .withMessageContaining("(2)")
        .withMessageContaining("(B, 1)");
  }

  @Test
  void doesNotGiveLabelsForValuesOrValuesForLabels() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Targets.values(TWO_BY_TWO).labels())
        .withMessageContaining("(2, 2)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Targets.labels(0, 1, 1).values())
        .withMessageContaining("3 class labels");
  }
}
