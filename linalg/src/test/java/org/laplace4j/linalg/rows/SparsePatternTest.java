package org.laplace4j.linalg.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.laplace4j.linalg.Matrix;

@Tag("scalar")
class SparsePatternTest {
  // A sum of 20 products of numbers below 1, added in two orders.
  private static final double ROUNDING = 1e-14;

  /**
   * Every 3rd entry of 100 × 100 is multiplied as a whole, every 11th by rows, every 97th alone.
   */
  @ParameterizedTest
  @ValueSource(ints = {3, 11, 97})
  void entriesOfAProductAreThoseOfTheWholeProductByEveryRoute(int every) {
    Random random = new Random(every);
    Matrix b = Matrix.adopt(20, 100, random.doubles(2000).toArray());
    Matrix a = Matrix.adopt(20, 100, random.doubles(2000).toArray());
    int[] places = IntStream.range(0, 10_000).filter(e -> e % every == 0).toArray();
    double[] whole = b.transposeTimes(a).array();
    double[] expected = IntStream.of(places).mapToDouble(e -> whole[e]).toArray();
    assertThat(new SparsePattern(100, 100, places).transposeTimes(b, a))
        .containsExactly(expected, within(ROUNDING));
  }
}
