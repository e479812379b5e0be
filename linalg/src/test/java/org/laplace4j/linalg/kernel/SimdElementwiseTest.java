package org.laplace4j.linalg.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors and threads change no bit of a sum or of an elementwise function. */
class SimdElementwiseTest {

  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    1e-310,
    -1e-310,
    1,
    -1,
    0.9999999999999999,
    1.0000000000000002,
    709.782712893384,
    709.79,
    -708.4,
    -745.13,
    -745.14,
    19.06,
    5.92,
    -5.93,
    Math.nextDown(Double.MIN_NORMAL)
  };

  private final Kernels scalar = new ScalarKernels();

  /**
   * Lengths around the lanes (2 to 8), the chains of a sum (16), the least vector job (64), a
   * stretch (256) and a task (32768).
   */
  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 1, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 79, 80, 127, 255, 256, 257, 1000, 32768,
        32777, 100_003
      })
  void sumsAndFunctionsHaveTheBitsOfTheDefinition(int n) {
    double[] x = ordinary(n);
    for (int threads : new int[] {1, 2, 16}) {
      assertSameBits(new SimdKernels(new WorkerPool(threads)), x, n);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 71, 300})
  void specialNumbersHaveTheBitsOfTheDefinition(int n) {
    double[] x = ordinary(n);
    for (int i = 0; i < n; i += 2) {
      x[i + 3] = SPECIAL[i / 2 % SPECIAL.length];
    }
    assertSameBits(new SimdKernels(new WorkerPool(1)), x, n);
  }

  private void assertSameBits(Kernels simd, double[] x, int n) {
    double[] y = ordinary(n + 2);
    // Boxed, so that NaN equals NaN.
    assertThat(simd.sum(x, 3, n)).isEqualTo((Double) scalar.sum(x, 3, n));
    assertThat(simd.dot(x, 3, y, 1, n)).isEqualTo((Double) scalar.dot(x, 3, y, 1, n));
    double[] expected = y.clone();
    double[] actual = y.clone();
    scalar.addScaled(0.3, x, 3, expected, 1, n);
    simd.addScaled(0.3, x, 3, actual, 1, n);
    assertThat(actual).isEqualTo(expected);
    assertSameBits(Kernels::exp, simd, x, n);
    assertSameBits(Kernels::log, simd, x, n);
    assertSameBits(Kernels::tanh, simd, x, n);
    assertSameBits(Kernels::erf, simd, x, n);
    assertSameBits(Kernels::relu, simd, x, n);
  }

  private void assertSameBits(Elementwise f, Kernels simd, double[] x, int n) {
    double[] expected = new double[n + 5];
    f.apply(scalar, x, 3, expected, 2, n);
    double[] actual = new double[n + 5];
    f.apply(simd, x, 3, actual, 2, n);
    assertThat(actual).isEqualTo(expected);

    double[] inPlace = x.clone();
    f.apply(simd, inPlace, 3, inPlace, 3, n);
    assertThat(java.util.Arrays.copyOfRange(inPlace, 3, 3 + n))
        .isEqualTo(java.util.Arrays.copyOfRange(expected, 2, 2 + n));
  }

  /** Numbers of every usual size, positive so that each has a logarithm, three more than n. */
  private static double[] ordinary(int n) {
    var random = new SplittableRandom(n);
    double[] x = new double[n + 3];
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.abs(random.nextGaussian()) * Math.pow(10, random.nextDouble(-3, 1));
    }
    return x;
  }

  private interface Elementwise {
    void apply(Kernels kernels, double[] x, int xAt, double[] y, int yAt, int n);
  }
}
