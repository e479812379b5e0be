package org.laplace4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.SymmetricEigen;
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
 * The eigendecomposition of a covariance of 2 n draws in n dimensions. Each call is timed by
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
public class EigenBenchmark {

  /** Ours with vectors, ours for the eigenvalues alone, and that of EJML with vectors. */
  @Param({"ours", "values", "ejml"})
  String by;

  @Param({"65", "257", "785", "1025"})
  int n;

  @Param("1")
  int threads;

  private Matrix a;

  @Setup
  public void setUp() {
    Threads.limit(threads);
    a = Matrix.adopt(2 * n, n, Draws.normal(2 * n * n, 1)).gram();
  }

  @Benchmark
  public Object decompose() {
    switch (by) {
      case "ours":
        return new SymmetricEigen(a);
      case "values":
        return SymmetricEigen.valuesOf(a);
      default:
        var eigen = DecompositionFactory_DDRM.eig(n, true, true);
        if (!eigen.decompose(DMatrixRMaj.wrap(n, n, a.array().clone()))) {
          throw new IllegalStateException("EJML did not converge.");
        }
        return eigen;
    }
  }
}
