package org.laplace4j.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("scalar")
class ElementMaskTest {
  private static final Shape SHAPE = Shape.of(2, 2, 2);

  @Test
  void rowsAreIndicesOfTheFirstAxis() {
    assertThat(ElementMask.rows(SHAPE, 1).indices()).containsExactly(4, 5, 6, 7);
    assertThat(ElementMask.rows(Shape.of(3), 0, 2).indices()).containsExactly(0, 2);
  }

  @Test
  void aRectangleIsRowsTimesColumnsOfTheOtherAxes() {
    int[] rows = {0, 1};
    assertThat(ElementMask.rectangle(SHAPE, rows, new int[] {1, 3}).indices())
        .containsExactly(1, 3, 5, 7);
  }

  @Test
  void ofCopiesItsFlags() {
    boolean[] flags = {true, false};
    ElementMask mask = ElementMask.of(Shape.of(2), flags);
    flags[1] = true;
    assertThat(mask.count()).isEqualTo(1);
  }

  @Test
  void masksOfDifferentShapesAreNotCombined() {
    ElementMask other = ElementMask.all(Shape.of(8));
    assertThatThrownBy(() -> ElementMask.all(SHAPE).union(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("(2, 2, 2)", "(8)");
    assertThat(ElementMask.all(SHAPE)).isNotEqualTo(other);
  }

  @Test
  void elementsOutsideTheShapeAreRefused() {
    assertRefused(() -> ElementMask.ofIndices(SHAPE, 8), "8");
    assertRefused(() -> ElementMask.ofIndices(SHAPE, -1), "-1");
    assertRefused(() -> ElementMask.rows(SHAPE, 2), "row 2");
    assertRefused(() -> ElementMask.of(SHAPE, true), "8");
    assertRefused(() -> ElementMask.rows(Shape.of(), 0), "()");
    assertThatThrownBy(() -> ElementMask.all(SHAPE).contains(8))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void arraysOfAnotherLengthAreRefused() {
    ElementMask mask = ElementMask.ofIndices(SHAPE, 1, 2);
    assertRefused(() -> mask.gather(new double[7]), "7");
    assertRefused(() -> mask.scatter(new double[2], 0, new double[9]), "9");
    assertRefused(() -> mask.scatter(new double[2], 1, new double[8]), "2");
  }

  private static void assertRefused(Runnable call, String number) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(number);
  }
}
