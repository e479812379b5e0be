package org.laplace4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.laplace4j.linalg.kernel.KernelProvider;
import org.laplace4j.linalg.kernel.Kernels;
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
 * C += op(A) op(B) for square matrices of side n: 2 n³ operations. Each call is timed by itself, so
 * that the median tells what a call costs on a machine that has other things to do, and the fastest
 * call what it costs on an idle one.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 30, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector"})
public class GemmBenchmark {

  @Param({"scalar", "simd", "ejml"})
  String kernels;

  /** Which operands are transposed: NN, TN or NT. */
  @Param({"NN", "TN", "NT"})
  String form;

  @Param({"16", "32", "64", "128", "256", "512", "1024", "2048"})
  int n;

  /** Of the kernels; EJML's products have one. */
  @Param("1")
  int threads;

  private double[] c;
  private Runnable product;

  @Setup
  public void setUp() {
    Threads.limit(threads);
    double[] a = Draws.normal(n * n, 1);
    double[] b = Draws.normal(n * n, 2);
    c = new double[n * n];
    product = kernels.equals("ejml") ? ejml(a, b) : ours(KernelProvider.named(kernels), a, b);
  }

  @Benchmark
  public double[] multiplyAdd() {
    product.run();
    return c;
  }

  private Runnable ours(Kernels kernels, double[] a, double[] b) {
    boolean transposeA = form.equals("TN");
    boolean transposeB = form.equals("NT");
    return () -> kernels.multiplyAdd(transposeA, transposeB, n, n, n, a, 0, n, b, 0, n, c, 0, n);
  }

  private Runnable ejml(double[] a, double[] b) {
    var left = DMatrixRMaj.wrap(n, n, a);
    var right = DMatrixRMaj.wrap(n, n, b);
    var sum = DMatrixRMaj.wrap(n, n, c);
    switch (form) {
      case "TN":
        return () -> CommonOps_DDRM.multAddTransA(left, right, sum);
      case "NT":
        return () -> CommonOps_DDRM.multAddTransB(left, right, sum);
      default:
        return () -> CommonOps_DDRM.multAdd(left, right, sum);
    }
  }
}
