package org.laplace4j.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;

class BatchTest {
  @Test
  void selectsInputsAndTargetsTogether() {
    Batch batch = new Batch(Tensor.of(Shape.of(3, 1), 10, 11, 12), Targets.labels(0, 1, 2));
    Batch selected = batch.select(2, 1);
    assertThat(selected.x().array()).containsExactly(12, 11);
    assertThat(selected.targets().labels()).containsExactly(2, 1);
    assertThat(selected.size()).isEqualTo(2);
  }

  @Test
  void rejectsAnotherNumberOfTargetsThanOfInputs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Batch(Tensor.zeros(Shape.of(3, 2)), Targets.labels(0, 1)))
        .withMessageContaining("(3, 2)")
        .withMessageContaining("2 targets");
  }

  @Test
  void rejectsInputsWithoutAnAxisOfExamples() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Batch(Tensor.scalar(1), Targets.labels(0)))
        .withMessageContaining("axis 0");
  }

  @Test
  void locatesInputsThatAreNotFinite() {
    double[] x = new double[12];
    x[7] = Double.NEGATIVE_INFINITY; // example 1 of 2, feature 1 of 6
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Batch(Tensor.of(Shape.of(2, 2, 3), x), Targets.labels(0, 1)))
        .withMessageContaining("feature 1 of example 1")
        .withMessageContaining("-Infinity");
  }
}
