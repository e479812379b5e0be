package org.laplace4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Dataset;

/** The data that are shipped are those that their README describes. */
class DataTest {

  @Test
  void theDigitsAreWholeAndNoImageIsInTwoParts() {
    Digits digits = Digits.load();
    List<Dataset> parts = List.of(digits.training(), digits.validation(), digits.test());
    assertThat(parts).extracting(Dataset::size).containsExactly(1257, 270, 270);
    int[] counts = new int[10];
    List<List<Double>> images = new ArrayList<>();
    for (Dataset part : parts) {
      Arrays.stream(part.whole().targets().labels()).forEach(digit -> counts[digit]++);
      images.addAll(rows(part.whole().x()));
    }
    assertThat(counts).containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
    assertThat(new HashSet<>(images)).hasSize(1797);
    Set<Double> ink = new HashSet<>();
    images.forEach(ink::addAll);
    assertThat(ink).hasSize(17).allMatch(pixel -> pixel >= 0 && pixel <= 1);
  }

  @Test
  void movedDigitsAreOnePixelToTheRight() {
    Tensor images = Digits.load().test().whole().x();
    Tensor moved = Digits.moved(images);
    for (int row = 0; row < 8; row++) {
      assertThat(moved.get(7, 8 * row)).isZero();
      for (int column = 1; column < 8; column++) {
        assertThat(moved.get(7, 8 * row + column)).isEqualTo(images.get(7, 8 * row + column - 1));
      }
    }
  }

  @Test
  void scrambledDigitsHaveTheSamePixelsInOneOtherOrder() {
    Tensor images = Digits.load().test().whole().x();
    Tensor scrambled = Digits.scrambled(images);
    assertThat(scrambled).isNotEqualTo(images);
    for (int n : new int[] {0, 100, 269}) {
      assertThat(rows(scrambled).get(n))
          .containsExactlyInAnyOrderElementsOf(rows(images).get(n));
    }
    assertThat(Digits.scrambled(images).array()).isEqualTo(scrambled.array());
  }

  @Test
  void theConcreteIsWhole() {
    Concrete concrete = Concrete.load();
    assertThat(concrete.training().size()).isEqualTo(927);
    assertThat(concrete.test().size()).isEqualTo(103);
    double sum = 0;
    for (Dataset part : List.of(concrete.training(), concrete.test())) {
      sum += part.whole().targets().values().sum().item();
    }
    // The mean strength that the set is known by, 35.818 MPa.
    assertThat(sum / 1030).isBetween(35.8175, 35.8185);
  }

  @Test
  void theIrisesAreFiftyOfEachKind() {
    int[] counts = new int[3];
    Arrays.stream(Csv.resource("iris.csv").labels()).forEach(kind -> counts[kind]++);
    assertThat(counts).containsExactly(50, 50, 50);
  }

  private static List<List<Double>> rows(Tensor table) {
    List<List<Double>> rows = new ArrayList<>();
    for (int n = 0; n < table.shape().dim(0); n++) {
      rows.add(Arrays.stream(table.slice(0, n, n + 1).array()).boxed().toList());
    }
    return rows;
  }
}
