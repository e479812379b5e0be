package org.laplace4j.propertytests.reference;

import java.util.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.SymmetricEigen;

/**
 * A Kronecker block B ⊗ A, so written down that equal products are equal pairs: how a scalar is
 * shared out between B and A is a convention, so ours is shared out as the reference's is, by the
 * trace of A.
 */
final class FactorPair {
  private FactorPair() {}

  static double[] reference(Held held) {
    return joined(held.reference(prefix(held) + "B"), referenceA(held));
  }

  static double[] referenceEigenvalues(Held held) {
    boolean bias = referenceA(held).length == 0;
    return joined(
        held.reference(prefix(held) + "B_eig"),
        bias ? new double[0] : held.reference(prefix(held) + "A_eig"));
  }

  static double[] ours(Held held) {
    Fitted.Factors pair = sharedOut(held);
    return joined(pair.b(), pair.a());
  }

  static double[] eigenvaluesOfOurs(Held held) {
    Fitted.Factors pair = sharedOut(held);
    return joined(eigenvalues(pair.b()), eigenvalues(pair.a()));
  }

  private static Fitted.Factors sharedOut(Held held) {
    Fitted.Factors pair = held.fitted().factors().get(Integer.parseInt(held.group()));
    double scale = Conversions.curvature(held.of(), held.variant());
    double trace = trace(pair.a());
    // A layer whose inputs are all zero has no trace, and needs none.
    double share = trace == 0 ? 1 : trace(referenceA(held)) / trace;
    return new Fitted.Factors(Held.scaled(pair.b(), scale / share), Held.scaled(pair.a(), share));
  }

  private static double[] referenceA(Held held) {
    String name = held.variant().tensor(prefix(held) + "A");
    return held.of().tensors().contains(name) ? held.of().tensors().doubles(name) : new double[0];
  }

  private static String prefix(Held held) {
    return "kron/" + held.group() + "/";
  }

  private static double[] eigenvalues(double[] square) {
    int n = (int) Math.round(Math.sqrt(square.length));
    return new SymmetricEigen(Matrix.of(n, n, square)).values();
  }

  private static double trace(double[] square) {
    int n = (int) Math.round(Math.sqrt(square.length));
    double trace = 0;
    for (int i = 0; i < n; i++) {
      trace += square[i * n + i];
    }
    return trace;
  }

  private static double[] joined(double[] first, double[] second) {
    double[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
