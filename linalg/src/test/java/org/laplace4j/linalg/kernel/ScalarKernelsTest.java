package org.laplace4j.linalg.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("scalar")
class ScalarKernelsTest {

  private final Kernels kernels = new ScalarKernels();

  @ParameterizedTest
  @CsvSource({
    "false, false, 3, 4, 5",
    "true, false, 3, 4, 5",
    "false, true, 3, 4, 5",
    "true, true, 3, 4, 5",
    "false, false, 2, 515, 257",
    "true, false, 3, 2, 513",
    "false, true, 2, 515, 513",
    "true, true, 1, 3, 256",
    "false, false, 0, 3, 2",
    "false, true, 3, 0, 2",
    "true, false, 3, 2, 0",
  })
  void everyEntryIsAChainOfFusedMultiplyAddsInBlocksOf256(
      boolean transposeA, boolean transposeB, int m, int n, int k) {
    var random = new SplittableRandom(7);
    int lda = (transposeA ? m : k) + 2;
    int ldb = (transposeB ? k : n) + 3;
    int ldc = n + 1;
    double[] a = random.doubles(3 + (long) lda * Math.max(m, k), -1, 1).toArray();
    double[] b = random.doubles(2 + (long) ldb * Math.max(k, n), -1, 1).toArray();
    double[] c = random.doubles(1 + (long) ldc * m, -1, 1).toArray();
    double[] expected = c.clone();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        for (int block = 0; block < k; block += 256) {
          double chain = 0;
          for (int p = block; p < Math.min(k, block + 256); p++) {
            double aip = a[3 + (transposeA ? p * lda + i : i * lda + p)];
            double bpj = b[2 + (transposeB ? j * ldb + p : p * ldb + j)];
            chain = Math.fma(aip, bpj, chain);
          }
          expected[1 + i * ldc + j] += chain;
        }
      }
    }

    kernels.multiplyAdd(transposeA, transposeB, m, n, k, a, 3, lda, b, 2, ldb, c, 1, ldc);

    assertThat(c).isEqualTo(expected);
  }

  @Test
  void aProductOnPaper() {
    double[] c = {100, 0, 0, 100};
    kernels.multiplyAdd(
        false,
        false,
        2,
        2,
        2,
        new double[] {1, 2, 3, 4},
        0,
        2,
        new double[] {5, 6, 7, 8},
        0,
        2,
        c,
        0,
        2);
    assertThat(c).containsExactly(119, 22, 43, 150);
  }

  @Test
  void aGramOnPaper() {
    double[] a = {1, 2, 3, 4, 5, 6};
    double[] gram = new double[4];
    double[] outer = new double[9];
    kernels.symmetricRankAdd(true, 2, 3, a, 0, 2, gram, 0, 2);
    kernels.symmetricRankAdd(false, 3, 2, a, 0, 2, outer, 0, 3);
    assertThat(gram).containsExactly(35, 44, 44, 56);
    assertThat(outer).containsExactly(5, 11, 17, 11, 25, 39, 17, 39, 61);

    double[] lower = {100, 7, 7, 0, 100, 7, 0, 0, 100};
    kernels.lowerRankAdd(3, 2, a, 0, 2, lower, 0, 3);
    assertThat(lower).containsExactly(105, 7, 7, 11, 125, 7, 17, 39, 161);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "15", "16", "17", "33", "1000"})
  void sumsAreRight(int n) {
    var random = new SplittableRandom(n);
    double[] x = random.doubles(n + 3, -1, 1).toArray();
    double[] y = random.doubles(n + 1, -1, 1).toArray();
    double dot = 0;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      dot += x[3 + i] * y[1 + i];
      sum += x[3 + i];
    }
    // One rounding of a number below 1 each term.
    double tolerance = n * 0x1p-52;
    assertThat(kernels.dot(x, 3, y, 1, n)).isCloseTo(dot, within(tolerance));
    assertThat(kernels.sum(x, 3, n)).isCloseTo(sum, within(tolerance * n));
  }

  @Test
  void addScaledAndReluWorkBetweenTheirOffsetsOnly() {
    double[] y = {9, 1, 2, 9};
    kernels.addScaled(2, new double[] {0, 0, 10, 20}, 2, y, 1, 2);
    assertThat(y).containsExactly(9, 21, 42, 9);

    double[] z = {-7, -1, 3, Double.NaN, -7};
    kernels.relu(z, 1, z, 1, 3);
    assertThat(z).containsExactly(-7, 0, 3, Double.NaN, -7);
  }
}
