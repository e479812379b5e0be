package org.laplace4j.linalg.kernel;

import java.util.function.IntConsumer;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels in vectors of the width that the machine prefers, and on several threads where that
 * pays. Each result has the bits of {@link ScalarKernels}. Which route is taken is a function of
 * sizes alone; small jobs stay scalar, because vector code is slow until it is compiled.
 */
final class SimdKernels implements Kernels {

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int CHAINS = ScalarKernels.CHAINS;

  /** Fewer numbers are scalar. */
  private static final int SCALAR_LENGTH = 64;

  /** Numbers that the sweeps of an elementwise function keep in the first cache. */
  private static final int STRETCH = 256;

  /** Fewer numbers are not worth a second thread. */
  private static final int THREADED_LENGTH = 100_000;

  /** Numbers for one task of an elementwise function. */
  private static final int TASK_LENGTH = 32_768;

  private final Kernels scalar = new ScalarKernels();
  private final WorkerPool pool;
  private final SimdProducts products;
  private final SymmetricProduct symmetric;

  SimdKernels(WorkerPool pool) {
    this.pool = pool;
    this.products = new SimdProducts(scalar, pool);
    this.symmetric = new SymmetricProduct(pool);
  }

  @Override
  public String name() {
    return "simd-" + SPECIES.vectorBitSize();
  }

  @Override
  public void multiplyAdd(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      double[] a,
      int aAt,
      int lda,
      double[] b,
      int bAt,
      int ldb,
      double[] c,
      int cAt,
      int ldc) {
    products.multiplyAdd(transposeA, transposeB, m, n, k, a, aAt, lda, b, bAt, ldb, c, cAt, ldc);
  }

  @Override
  public void upperRankAdd(
      boolean transpose, int n, int k, double[] a, int aAt, int lda, double[] c, int cAt, int ldc) {
    products.upperRankAdd(transpose, n, k, a, aAt, lda, c, cAt, ldc);
  }

  @Override
  public void lowerRankAdd(
      int n, int k, double[] a, int aAt, int lda, double[] c, int cAt, int ldc) {
    products.lowerRankAdd(n, k, a, aAt, lda, c, cAt, ldc);
  }

  @Override
  public void mirror(int n, double[] c, int cAt, int ldc) {
    products.mirror(n, c, cAt, ldc);
  }

  @Override
  public double dot(double[] x, int xAt, double[] y, int yAt, int n) {
    if (n < SCALAR_LENGTH) {
      return scalar.dot(x, xAt, y, yAt, n);
    }
    double[] chains = new double[CHAINS];
    int end = n - n % CHAINS;
    // Narrow vectors go over the numbers more than once, so that every width has the same chains.
    for (int chain = 0; chain < CHAINS; chain += 2 * LANES) {
      DoubleVector even = DoubleVector.zero(SPECIES);
      DoubleVector odd = DoubleVector.zero(SPECIES);
      for (int i = chain; i < end; i += CHAINS) {
        DoubleVector x0 = DoubleVector.fromArray(SPECIES, x, xAt + i);
        DoubleVector x1 = DoubleVector.fromArray(SPECIES, x, xAt + i + LANES);
        even = x0.fma(DoubleVector.fromArray(SPECIES, y, yAt + i), even);
        odd = x1.fma(DoubleVector.fromArray(SPECIES, y, yAt + i + LANES), odd);
      }
      even.intoArray(chains, chain);
      odd.intoArray(chains, chain + LANES);
    }
    for (int i = end; i < n; i++) {
      chains[i - end] = Math.fma(x[xAt + i], y[yAt + i], chains[i - end]);
    }
    return inOrder(chains);
  }

  @Override
  public double sum(double[] x, int xAt, int n) {
    if (n < SCALAR_LENGTH) {
      return scalar.sum(x, xAt, n);
    }
    double[] chains = new double[CHAINS];
    int end = n - n % CHAINS;
    for (int chain = 0; chain < CHAINS; chain += 2 * LANES) {
      DoubleVector even = DoubleVector.zero(SPECIES);
      DoubleVector odd = DoubleVector.zero(SPECIES);
      for (int i = chain; i < end; i += CHAINS) {
        even = even.add(DoubleVector.fromArray(SPECIES, x, xAt + i));
        odd = odd.add(DoubleVector.fromArray(SPECIES, x, xAt + i + LANES));
      }
      even.intoArray(chains, chain);
      odd.intoArray(chains, chain + LANES);
    }
    for (int i = end; i < n; i++) {
      chains[i - end] += x[xAt + i];
    }
    return inOrder(chains);
  }

  /** Not reduceLanes, which changes its order, and so its bits, when it is compiled. */
  private static double inOrder(double[] chains) {
    double sum = 0;
    for (double chain : chains) {
      sum += chain;
    }
    return sum;
  }

  /** Plain, because the compiler makes vectors of this loop by itself. */
  @Override
  public void addScaled(double c, double[] x, int xAt, double[] y, int yAt, int n) {
    scalar.addScaled(c, x, xAt, y, yAt, n);
  }

  /** Plain, because the compiler makes vectors of this loop by itself. */
  @Override
  public void relu(double[] x, int xAt, double[] y, int yAt, int n) {
    scalar.relu(x, xAt, y, yAt, n);
  }

  @Override
  public void exp(double[] x, int xAt, double[] y, int yAt, int n) {
    inTasks(n, (from, length) -> expTask(x, xAt + from, y, yAt + from, length));
  }

  private void expTask(double[] x, int xAt, double[] y, int yAt, int n) {
    int end = vectorEnd(n);
    double[] p = new double[Math.min(end, STRETCH)];
    for (int i = 0; i < end; i += STRETCH) {
      VectorMath.exp(x, xAt + i, y, yAt + i, Math.min(STRETCH, end - i), p);
    }
    scalar.exp(x, xAt + end, y, yAt + end, n - end);
  }

  @Override
  public void log(double[] x, int xAt, double[] y, int yAt, int n) {
    inTasks(n, (from, length) -> logTask(x, xAt + from, y, yAt + from, length));
  }

  private void logTask(double[] x, int xAt, double[] y, int yAt, int n) {
    int end = vectorEnd(n);
    double[] f = new double[Math.min(end, STRETCH)];
    double[] k = new double[f.length];
    for (int i = 0; i < end; i += STRETCH) {
      int length = Math.min(STRETCH, end - i);
      // Zero, negative, subnormal, infinite or NaN is rare for a logarithm, and left to the
      // definition.
      if (!VectorMath.log(x, xAt + i, y, yAt + i, length, f, k)) {
        scalar.log(x, xAt + i, y, yAt + i, length);
      }
    }
    scalar.log(x, xAt + end, y, yAt + end, n - end);
  }

  @Override
  public void tanh(double[] x, int xAt, double[] y, int yAt, int n) {
    inTasks(n, (from, length) -> tanhTask(x, xAt + from, y, yAt + from, length));
  }

  private void tanhTask(double[] x, int xAt, double[] y, int yAt, int n) {
    int end = vectorEnd(n);
    double[] twice = new double[Math.min(end, STRETCH)];
    double[] p = new double[twice.length];
    for (int i = 0; i < end; i += STRETCH) {
      VectorMath.tanh(x, xAt + i, y, yAt + i, Math.min(STRETCH, end - i), twice, p);
    }
    scalar.tanh(x, xAt + end, y, yAt + end, n - end);
  }

  @Override
  public void erf(double[] x, int xAt, double[] y, int yAt, int n) {
    inTasks(n, (from, length) -> erfTask(x, xAt + from, y, yAt + from, length));
  }

  private void erfTask(double[] x, int xAt, double[] y, int yAt, int n) {
    int end = vectorEnd(n);
    double[] minusSquare = new double[Math.min(end, STRETCH)];
    double[] p = new double[minusSquare.length];
    double[] g = new double[minusSquare.length];
    for (int i = 0; i < end; i += STRETCH) {
      int length = Math.min(STRETCH, end - i);
      VectorMath.erf(x, xAt + i, y, yAt + i, length, minusSquare, p, g);
    }
    scalar.erf(x, xAt + end, y, yAt + end, n - end);
  }

  @Override
  public void symmetricMultiplyAdd(
      int n, double[] a, int aAt, int lda, double[] x, int xAt, double[] y, int yAt) {
    if (n >= SCALAR_LENGTH) {
      symmetric.add(n, a, aAt, lda, x, xAt, y, yAt);
    } else {
      scalar.symmetricMultiplyAdd(n, a, aAt, lda, x, xAt, y, yAt);
    }
  }

  @Override
  public void forEach(int n, IntConsumer task) {
    pool.forEach(n, task);
  }

  private static int vectorEnd(int n) {
    return n < SCALAR_LENGTH ? 0 : SPECIES.loopBound(n);
  }

  private void inTasks(int n, Stretch work) {
    if (n < THREADED_LENGTH) {
      work.run(0, n);
      return;
    }
    pool.forEach(
        (n - 1) / TASK_LENGTH + 1,
        task -> work.run(task * TASK_LENGTH, Math.min(TASK_LENGTH, n - task * TASK_LENGTH)));
  }

  /** What is done to {@code length} numbers from {@code from}. */
  private interface Stretch {
    void run(int from, int length);
  }
}
