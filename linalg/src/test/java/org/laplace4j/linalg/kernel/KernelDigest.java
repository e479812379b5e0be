package org.laplace4j.linalg.kernel;

import java.util.SplittableRandom;

/**
 * Prints which kernels a JVM has chosen, and a number that depends on every bit of what they
 * compute.
 */
final class KernelDigest {

  private KernelDigest() {}

  public static void main(String[] args) {
    Kernels kernels = KernelProvider.kernels();
    System.out.println(kernels.name() + " " + of(kernels));
  }

  /** Small enough for an interpreter, large enough for every vector route but threads. */
  static long of(Kernels kernels) {
    var random = new SplittableRandom(5);
    int n = 21;
    int wide = 133;
    double[] a = random.doubles((long) n * wide, -3, 3).toArray();
    double[] b = random.doubles((long) n * wide, -3, 3).toArray();
    double[] c = new double[n * n];
    kernels.multiplyAdd(false, true, n, n, wide, a, 0, wide, b, 0, wide, c, 0, n);
    double[] d = new double[wide * wide];
    kernels.multiplyAdd(true, false, wide, wide, n, a, 0, wide, b, 0, wide, d, 0, wide);
    double[] e = new double[wide * wide];
    kernels.symmetricRankAdd(true, wide, n, a, 0, wide, e, 0, wide);
    double[] y = new double[a.length];
    long digest = java.util.Arrays.hashCode(c) * 31L + java.util.Arrays.hashCode(d);
    digest = digest * 31 + java.util.Arrays.hashCode(e);
    kernels.lowerRankAdd(n, wide, a, 0, wide, c, 0, n);
    digest = digest * 31 + java.util.Arrays.hashCode(c);
    kernels.exp(a, 0, y, 0, y.length);
    digest = digest * 31 + java.util.Arrays.hashCode(y);
    kernels.log(y, 0, y, 0, y.length);
    digest = digest * 31 + java.util.Arrays.hashCode(y);
    kernels.tanh(a, 0, y, 0, y.length);
    digest = digest * 31 + java.util.Arrays.hashCode(y);
    kernels.erf(a, 0, y, 0, y.length);
    digest = digest * 31 + java.util.Arrays.hashCode(y);
    digest = digest * 31 + Double.hashCode(kernels.dot(a, 0, y, 0, y.length));
    return digest * 31 + Double.hashCode(kernels.sum(a, 0, y.length));
  }
}
