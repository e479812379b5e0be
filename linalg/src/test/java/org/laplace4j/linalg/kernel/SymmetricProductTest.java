package org.laplace4j.linalg.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** y += A x uses the upper triangle once; the lower one may hold any numbers. */
class SymmetricProductTest {

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 3, 16, 17, 63, 64, 65, 79, 80, 81, 100, 131, 200, 255, 256, 257, 271, 300, 513})
  void vectorsHaveTheBitsOfTheDefinitionAndBothAreTheProduct(int n) {
    Random rng = new Random(n);
    int lda = n + 3;
    int at = 5;
    double[] a = new double[at + n * lda];
    double[] x = new double[n + 2];
    double[] y = new double[n + 1];
    java.util.Arrays.setAll(a, i -> rng.nextGaussian());
    java.util.Arrays.setAll(x, i -> rng.nextGaussian());
    java.util.Arrays.setAll(y, i -> rng.nextGaussian());
    double[] scalar = y.clone();
    double[] simd = y.clone();
    KernelProvider.named("scalar").symmetricMultiplyAdd(n, a, at, lda, x, 2, scalar, 1);
    KernelProvider.named("simd").symmetricMultiplyAdd(n, a, at, lda, x, 2, simd, 1);
    assertThat(simd).containsExactly(scalar);
    for (int i = 0; i < n; i++) {
      double sum = y[1 + i];
      for (int j = 0; j < n; j++) {
        sum += a[at + Math.min(i, j) * lda + Math.max(i, j)] * x[2 + j];
      }
      // n terms of size about 1 round once each.
      assertThat(scalar[1 + i]).isCloseTo(sum, within(1e-14 * n));
    }
  }

  /** Above the size from which threads are used. */
  @Test
  void oneTwoAndFiveThreadsGiveTheSameBits() {
    int n = 1603;
    Random rng = new Random(1);
    double[] a = rng.doubles((long) n * n, -1, 1).toArray();
    double[] x = rng.doubles(n, -1, 1).toArray();
    double[] expected = new double[n];
    new ScalarKernels().symmetricMultiplyAdd(n, a, 0, n, x, 0, expected, 0);
    for (int threads : new int[] {1, 2, 5}) {
      double[] y = new double[n];
      new SimdKernels(new WorkerPool(threads)).symmetricMultiplyAdd(n, a, 0, n, x, 0, y, 0);
      assertThat(y).containsExactly(expected);
    }
  }
}
