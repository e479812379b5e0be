package org.laplace4j.benchmarks;

/** How many threads the kernels use. */
final class Threads {

  private Threads() {}

  /** Before the kernels are first used, since they look once; JMH has a JVM for each parameter. */
  static void limit(int threads) {
    System.setProperty("laplace4j.threads", Integer.toString(threads));
  }
}
