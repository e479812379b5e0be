package org.laplace4j.benchmarks;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What no product of matrices can exceed: fused multiply-adds between registers, with nothing read
 * or written. The score is in GFLOP/s; {@code -t 2} gives that of two threads, and
 * {@code -jvmArgsAppend "--add-modules=jdk.incubator.vector -XX:UseAVX=2"} that of vectors of 256
 * bits.
 *
 * <p>Twelve sums, since each waits four cycles for itself, up to two are worked on in a cycle, and
 * machines with vectors of 256 bits have 16 registers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class FmaLimitBenchmark {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int SUMS = 12;

  /** A multiply and an add of each number. */
  private static final int OPERATIONS = 2 << 20;

  private double x = 0.75;
  private final double[] sum = new double[SPECIES.length()];

  @Benchmark
  @OperationsPerInvocation(OPERATIONS * SUMS)
  public double[] registers() {
    int steps = OPERATIONS / 2 / SPECIES.length();
    DoubleVector a = DoubleVector.broadcast(SPECIES, x);
    DoubleVector b = DoubleVector.broadcast(SPECIES, 1 - x);
    DoubleVector s0 = DoubleVector.broadcast(SPECIES, 0);
    DoubleVector s1 = DoubleVector.broadcast(SPECIES, 1);
    DoubleVector s2 = DoubleVector.broadcast(SPECIES, 2);
    DoubleVector s3 = DoubleVector.broadcast(SPECIES, 3);
    DoubleVector s4 = DoubleVector.broadcast(SPECIES, 4);
    DoubleVector s5 = DoubleVector.broadcast(SPECIES, 5);
    DoubleVector s6 = DoubleVector.broadcast(SPECIES, 6);
    DoubleVector s7 = DoubleVector.broadcast(SPECIES, 7);
    DoubleVector s8 = DoubleVector.broadcast(SPECIES, 8);
    DoubleVector s9 = DoubleVector.broadcast(SPECIES, 9);
    DoubleVector s10 = DoubleVector.broadcast(SPECIES, 10);
    DoubleVector s11 = DoubleVector.broadcast(SPECIES, 11);
    for (int step = 0; step < steps; step++) {
      s0 = s0.fma(a, b);
      s1 = s1.fma(a, b);
      s2 = s2.fma(a, b);
      s3 = s3.fma(a, b);
      s4 = s4.fma(a, b);
      s5 = s5.fma(a, b);
      s6 = s6.fma(a, b);
      s7 = s7.fma(a, b);
      s8 = s8.fma(a, b);
      s9 = s9.fma(a, b);
      s10 = s10.fma(a, b);
      s11 = s11.fma(a, b);
    }
    DoubleVector all = s0.add(s1).add(s2).add(s3).add(s4).add(s5);
    all.add(s6).add(s7).add(s8).add(s9).add(s10).add(s11).intoArray(sum, 0);
    return sum;
  }
}
