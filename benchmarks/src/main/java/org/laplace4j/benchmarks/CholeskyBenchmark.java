package org.laplace4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A = L Lᵀ for a positive definite matrix of side n: n³ / 3 operations. Each call is timed by
 * itself.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx3g"})
public class CholeskyBenchmark {

  /** Ours, and the blocked one of EJML. */
  @Param({"ours", "ejml"})
  String by;

  @Param({"64", "256", "1024", "2048"})
  int n;

  @Param("1")
  int threads;

  private Matrix a;

  @Setup
  public void setUp() {
    Threads.limit(threads);
    Matrix root = Matrix.adopt(n, n, Draws.normal(n * n, 1));
    a = root.gram().plus(Matrix.identity(n));
  }

  @Benchmark
  public Object decompose() {
    if (by.equals("ours")) {
      return new Cholesky(a);
    }
    var cholesky = DecompositionFactory_DDRM.chol(n, true);
    if (!cholesky.decompose(DMatrixRMaj.wrap(n, n, a.array().clone()))) {
      throw new IllegalStateException("EJML found the matrix not positive definite.");
    }
    return cholesky.getT(null);
  }
}
