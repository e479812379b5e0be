package org.laplace4j.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.special.Erf;
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
 * yᵢ = f(xᵢ) for n numbers. {@code jdk} is a loop over the functions of {@link Math}, which is also
 * what EJML does; over those of Commons Math for erf.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 80, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlaplace4j.threads=1"})
public class ElementwiseBenchmark {

  @Param({"scalar", "simd", "jdk"})
  String kernels;

  @Param({"exp", "log", "tanh", "erf", "relu", "dot", "sum"})
  String function;

  @Param({"1000", "50000"})
  int n;

  private double[] x;
  private double[] y;
  private Runnable work;

  @Setup
  public void setUp() {
    x = Draws.positive(n, 1);
    y = Draws.normal(n, 2);
    work = kernels.equals("jdk") ? jdk() : ours(KernelProvider.named(kernels));
  }

  @Benchmark
  public double[] apply() {
    work.run();
    return y;
  }

  private Runnable ours(Kernels kernels) {
    switch (function) {
      case "exp":
        return () -> kernels.exp(x, 0, y, 0, n);
      case "log":
        return () -> kernels.log(x, 0, y, 0, n);
      case "tanh":
        return () -> kernels.tanh(x, 0, y, 0, n);
      case "erf":
        return () -> kernels.erf(x, 0, y, 0, n);
      case "relu":
        return () -> kernels.relu(x, 0, y, 0, n);
      case "dot":
        return () -> y[0] = kernels.dot(x, 0, y, 0, n);
      default:
        return () -> y[0] = kernels.sum(x, 0, n);
    }
  }

  private Runnable jdk() {
    switch (function) {
      case "exp":
        return loop(Math::exp);
      case "log":
        return loop(Math::log);
      case "tanh":
        return loop(Math::tanh);
      case "erf":
        return loop(Erf::erf);
      case "relu":
        return loop(v -> Math.max(v, 0));
      case "dot":
        return () -> {
          double sum = 0;
          for (int i = 0; i < n; i++) {
            sum += x[i] * y[i];
          }
          y[0] = sum;
        };
      default:
        return () -> {
          double sum = 0;
          for (int i = 0; i < n; i++) {
            sum += x[i];
          }
          y[0] = sum;
        };
    }
  }

  private Runnable loop(DoubleUnaryOperator f) {
    return () -> {
      for (int i = 0; i < n; i++) {
        y[i] = f.applyAsDouble(x[i]);
      }
    };
  }
}
