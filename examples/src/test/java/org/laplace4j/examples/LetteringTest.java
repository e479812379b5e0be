package org.laplace4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Rectangle2D;
import org.junit.jupiter.api.Test;

class LetteringTest {
  /** Sums of a few widths. */
  private static final double ROUNDING = 1e-9;

  @Test
  void everyPrintableCharacterHasAShape() {
    for (char c = '!'; c <= '~'; c++) {
      Rectangle2D box = Lettering.outline(String.valueOf(c), 100).getBounds2D();
      assertThat(box.isEmpty()).as("character %s", c).isFalse();
      assertThat(box.getWidth()).isLessThan(110);
    }
  }

  @Test
  void textIsAsLongAsItsLettersAndGrowsWithItsSize() {
    double word = Lettering.width("mode", 20);
    double letters = Lettering.width("m", 20)
        + Lettering.width("o", 20)
        + Lettering.width("d", 20)
        + Lettering.width("e", 20);
    assertThat(word).isCloseTo(letters, within(ROUNDING));
    assertThat(Lettering.width("mode", 40)).isCloseTo(2 * word, within(ROUNDING));
    assertThat(Lettering.outline("mode", 20).getBounds2D().getWidth()).isLessThan(word);
  }

  @Test
  void lettersStandOnTheBaseLine() {
    assertThat(Lettering.outline("E", 100).getBounds2D().getMaxY()).isCloseTo(0, within(ROUNDING));
    assertThat(Lettering.outline("g", 100).getBounds2D().getMaxY()).isGreaterThan(10);
  }
}
