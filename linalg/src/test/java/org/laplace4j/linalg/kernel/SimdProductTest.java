package org.laplace4j.linalg.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors, packing and threads change no bit of a product. */
class SimdProductTest {

  private final Kernels scalar = new ScalarKernels();
  private final Kernels simd = new SimdKernels(new WorkerPool(1));

  /**
   * Single rows, sides around the tile (2 to 16), the limits of the routes (16³, 128, 10⁷) and the
   * blocks (256, slabs of 2048, 1024 columns of terms together).
   */
  @ParameterizedTest
  @CsvSource({
    "0, 5, 5",
    "5, 0, 5",
    "5, 5, 0",
    "1, 1, 1",
    "1, 1, 4097",
    "1, 64, 16",
    "1, 71, 257",
    "1, 1037, 600",
    "16, 16, 16",
    "17, 15, 31",
    "7, 9, 255",
    "8, 16, 256",
    "9, 17, 257",
    "33, 1, 513",
    "1, 33, 512",
    "64, 10, 32",
    "127, 128, 33",
    "129, 3, 40",
    "3, 129, 40",
    "129, 131, 257",
    "200, 256, 300",
    "260, 270, 511",
    "2051, 20, 65",
    "20, 2060, 270",
    "150, 90, 2600",
  })
  void productsHaveTheBitsOfTheDefinition(int m, int n, int k) {
    for (boolean transposeA : new boolean[] {false, true}) {
      for (boolean transposeB : new boolean[] {false, true}) {
        var product = new Product(transposeA, transposeB, m, n, k);
        assertThat(product.by(simd)).isEqualTo(product.by(scalar));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 5",
    "5, 0",
    "1, 1",
    "15, 17",
    "16, 16",
    "17, 300",
    "31, 33",
    "130, 40",
    "257, 257",
    "300, 513",
    "130, 1900",
    "2060, 20",
  })
  void gramsHaveTheBitsOfTheDefinition(int n, int k) {
    for (boolean transpose : new boolean[] {false, true}) {
      var gram = new Gram(transpose, n, k);
      assertThat(gram.by(simd)).isEqualTo(gram.by(scalar));
    }
  }

  /** Of what lies below the diagonal nothing is used, however often the rest is added to. */
  @ParameterizedTest
  @CsvSource({"0", "1", "19", "33", "64", "257", "300"})
  void upperTrianglesAreMirroredOnceAtTheEnd(int n) {
    int ldc = n + 2;
    double[] a = new SplittableRandom(n).doubles((long) n * n, -1, 1).toArray();
    double[] expected = new double[3 + ldc * n];
    scalar.symmetricRankAdd(true, n, n, a, 0, n, expected, 3, ldc);
    scalar.symmetricRankAdd(false, n, n, a, 0, n, expected, 3, ldc);
    for (Kernels kernels : new Kernels[] {scalar, simd, new SimdKernels(new WorkerPool(3))}) {
      double[] c = new double[3 + ldc * n];
      for (int i = 0; i < n; i++) {
        java.util.Arrays.fill(c, 3 + i * ldc, 3 + i * ldc + i, Double.NaN);
      }
      kernels.upperRankAdd(true, n, n, a, 0, n, c, 3, ldc);
      kernels.upperRankAdd(false, n, n, a, 0, n, c, 3, ldc);
      kernels.mirror(n, c, 3, ldc);
      assertThat(c).isEqualTo(expected);
    }
  }

  /** What lies above the diagonal stays, be it a number or none. */
  @ParameterizedTest
  @CsvSource({
    "0, 5",
    "5, 0",
    "1, 1",
    "15, 17",
    "16, 16",
    "17, 300",
    "31, 33",
    "100, 256",
    "130, 40",
    "257, 257",
    "300, 513",
    "2060, 20",
  })
  void lowerTrianglesHaveTheBitsOfTheDefinition(int n, int k) {
    int lda = k + 1;
    int ldc = n + 2;
    var random = new SplittableRandom(n);
    double[] a = random.doubles(1 + (long) lda * n, -1, 1).toArray();
    double[] c = random.doubles(3 + (long) ldc * n, -1, 1).toArray();
    double[] expected = c.clone();
    scalar.multiplyAdd(false, true, n, n, k, a, 1, lda, a, 1, lda, expected, 3, ldc);
    for (int i = 0; i < n; i++) {
      c[3 + i * ldc + i + 1] = Double.NaN;
      System.arraycopy(c, 3 + i * ldc + i + 1, expected, 3 + i * ldc + i + 1, ldc - i - 1);
    }
    for (Kernels kernels : new Kernels[] {scalar, simd, new SimdKernels(new WorkerPool(3))}) {
      double[] actual = c.clone();
      kernels.lowerRankAdd(n, k, a, 1, lda, actual, 3, ldc);
      assertThat(actual).isEqualTo(expected);
    }
  }

  /** Above the size from which threads are used; more threads than tasks, too. */
  @Test
  void oneTwoAndSixteenThreadsGiveTheSameBits() {
    for (int[] shape : new int[][] {{300, 310, 270}, {130, 900, 300}, {2100, 40, 130}}) {
      var product = new Product(false, true, shape[0], shape[1], shape[2]);
      var gram = new Gram(true, shape[0] % 500, 600);
      double[] productByOne = product.by(simd);
      double[] gramByOne = gram.by(simd);
      for (int threads : new int[] {2, 16}) {
        Kernels many = new SimdKernels(new WorkerPool(threads));
        assertThat(product.by(many)).isEqualTo(productByOne);
        assertThat(gram.by(many)).isEqualTo(gramByOne);
      }
    }
  }

  @Test
  void zerosKeepTheirSignsAtTheEdgesOfTiles() {
    // Each entry of the product underflows to −0, and −0 + −0 = −0.
    int n = 19;
    double[] a = new double[n * n];
    double[] b = new double[n * n];
    double[] c = new double[n * n];
    java.util.Arrays.fill(a, -Double.MIN_VALUE);
    java.util.Arrays.fill(b, Double.MIN_VALUE);
    java.util.Arrays.fill(c, -0.0);
    double[] expected = c.clone();
    scalar.multiplyAdd(false, false, n, n, n, a, 0, n, b, 0, n, expected, 0, n);
    simd.multiplyAdd(false, false, n, n, n, a, 0, n, b, 0, n, c, 0, n);
    assertThat(1 / expected[0]).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(c).isEqualTo(expected);
  }

  /** Random operands at odd offsets, with strides longer than their rows. */
  private record Product(boolean transposeA, boolean transposeB, int m, int n, int k) {
    double[] by(Kernels kernels) {
      var random = new SplittableRandom(31L * m + 7L * n + k);
      int lda = (transposeA ? m : k) + 3;
      int ldb = (transposeB ? k : n) + 5;
      int ldc = n + 1;
      double[] a = random.doubles(1 + (long) lda * (transposeA ? k : m), -1, 1).toArray();
      double[] b = random.doubles(2 + (long) ldb * (transposeB ? n : k), -1, 1).toArray();
      double[] c = random.doubles(3 + (long) ldc * m, -1, 1).toArray();
      kernels.multiplyAdd(transposeA, transposeB, m, n, k, a, 1, lda, b, 2, ldb, c, 3, ldc);
      return c;
    }
  }

  private record Gram(boolean transpose, int n, int k) {
    double[] by(Kernels kernels) {
      int lda = (transpose ? n : k) + 1;
      int ldc = n + 2;
      double[] a = new SplittableRandom(n)
          .doubles(1 + (long) lda * (transpose ? k : n), -1, 1)
          .toArray();
      double[] c = new double[3 + ldc * n];
      kernels.symmetricRankAdd(transpose, n, k, a, 1, lda, c, 3, ldc);
      kernels.symmetricRankAdd(transpose, n, k, a, 1, lda, c, 3, ldc);
      return c;
    }
  }
}
