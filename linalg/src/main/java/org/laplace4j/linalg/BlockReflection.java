package org.laplace4j.linalg;

import org.laplace4j.linalg.kernel.KernelProvider;
import org.laplace4j.linalg.kernel.Kernels;

/** Several reflections as one: H₀ H₁ … = I − Vᵀ T V (Schreiber and Van Loan 1989). */
final class BlockReflection {
  private static final Kernels KERNELS = KernelProvider.kernels();

  private BlockReflection() {}

  /** −T, upper triangular (count, count), of the reflections whose vectors are the rows of V. */
  static double[] minusT(double[] v, int m, int count, double[] tau) {
    double[] vv = new double[count * count];
    KERNELS.symmetricRankAdd(false, count, m, v, 0, m, vv, 0, count);
    double[] t = new double[count * count];
    for (int j = 0; j < count; j++) {
      for (int p = 0; p < j; p++) {
        double sum = 0;
        for (int r = p; r < j; r++) {
          sum += t[p * count + r] * vv[j * count + r];
        }
        t[p * count + j] = -tau[j] * sum;
      }
      t[j * count + j] = -tau[j];
    }
    return t;
  }
}
