package org.laplace4j.linalg.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SimdKernelsProperties {

  private final Kernels scalar = new ScalarKernels();
  private final Kernels simd = new SimdKernels(new WorkerPool(2));

  @Property(tries = 300)
  void productsOfAnyShapeHaveTheBitsOfTheDefinition(
      @ForAll boolean transposeA,
      @ForAll boolean transposeB,
      @ForAll @IntRange(max = 150) int m,
      @ForAll @IntRange(max = 150) int n,
      @ForAll @IntRange(max = 300) int k,
      @ForAll long seed) {
    var random = new SplittableRandom(seed);
    double[] a = random.doubles((long) m * k, -1, 1).toArray();
    double[] b = random.doubles((long) k * n, -1, 1).toArray();
    double[] c = random.doubles((long) m * n, -1, 1).toArray();
    double[] expected = c.clone();
    int lda = transposeA ? m : k;
    int ldb = transposeB ? k : n;
    scalar.multiplyAdd(transposeA, transposeB, m, n, k, a, 0, lda, b, 0, ldb, expected, 0, n);
    simd.multiplyAdd(transposeA, transposeB, m, n, k, a, 0, lda, b, 0, ldb, c, 0, n);
    assertThat(c).isEqualTo(expected);
  }

  @Property(tries = 200)
  void tanhAndErfAreOddAndBoundedByOne(@ForAll double[] x) {
    double[] negated = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      negated[i] = -x[i];
    }
    for (var f : new ElementwiseFunction[] {simd::tanh, simd::erf}) {
      double[] y = new double[x.length];
      double[] z = new double[x.length];
      f.apply(x, 0, y, 0, x.length);
      f.apply(negated, 0, z, 0, x.length);
      for (int i = 0; i < x.length; i++) {
        assertThat(z[i]).isEqualTo(-y[i]);
        assertThat(Math.abs(y[i])).isLessThanOrEqualTo(1);
      }
    }
  }

  private interface ElementwiseFunction {
    void apply(double[] x, int xAt, double[] y, int yAt, int n);
  }
}
