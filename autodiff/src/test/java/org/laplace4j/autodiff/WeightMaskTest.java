package org.laplace4j.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("scalar")
class WeightMaskTest {
  private final Parameter a = Parameter.of("a", Tensor.vector(1, 2, 3));
  private final Parameter b = Parameter.of("b", Tensor.vector(4, 5));

  @Test
  void whatIsNotMentionedIsNotSelected() {
    WeightMask mask = WeightMask.of(a, ElementMask.ofIndices(a.shape(), 1));
    assertThat(mask.get(b).isNone()).isTrue();
    assertThat(mask.count()).isEqualTo(1);
    assertThat(mask.parameters()).containsExactly(a);
  }

  @Test
  void unionAndIntersectionCoverTheParametersOfBoth() {
    WeightMask left = WeightMask.of(a, ElementMask.ofIndices(a.shape(), 0, 1));
    WeightMask right =
        WeightMask.of(a, ElementMask.ofIndices(a.shape(), 1, 2)).union(WeightMask.all(List.of(b)));
    assertThat(left.union(right).get(a).isAll()).isTrue();
    assertThat(left.union(right).get(b).isAll()).isTrue();
    assertThat(left.intersection(right).get(a).indices()).containsExactly(1);
    assertThat(right.intersection(left).get(b).isNone()).isTrue();
    assertThat(left.union(right).count()).isEqualTo(5);
    assertThat(left.intersection(right).count()).isEqualTo(1);
  }

  @Test
  void complementIsWithinTheMentionedParameters() {
    WeightMask mask = WeightMask.of(a, ElementMask.ofIndices(a.shape(), 0));
    assertThat(mask.complement().get(a).indices()).containsExactly(1, 2);
    assertThat(mask.complement().get(b).isNone()).isTrue();
  }

  @Test
  void trainableIsASnapshotOfTheFlags() {
    a.freeze(1);
    WeightMask trainable = WeightMask.trainable(List.of(a, b));
    a.freeze();
    assertThat(trainable.get(a).indices()).containsExactly(0, 2);
    assertThat(trainable.count()).isEqualTo(4);
  }

  @Test
  void aMaskOfAnotherShapeIsRefused() {
    assertThatThrownBy(() -> WeightMask.of(a, ElementMask.all(b.shape())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'a'", "(3)", "(2)");
  }
}
