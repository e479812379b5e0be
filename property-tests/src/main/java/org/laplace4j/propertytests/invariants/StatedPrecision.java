package org.laplace4j.propertytests.invariants;

import java.util.Optional;
import java.util.SplittableRandom;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.SymmetricEigen;

/**
 * What is said of the covariance without a draw: everything to rounding, relative to P's condition
 * number κ.
 */
final class StatedPrecision {
  private final GaussianSubject subject;
  private final double allowed;

  StatedPrecision(GaussianSubject subject, double allowed) {
    this.subject = subject;
    this.allowed = allowed;
  }

  private double limit(Matrix precision) {
    return Math.max(allowed, rounding(precision));
  }

  /**
   * What may be lost to rounding in P⁻¹: Θ κ rounding errors of 1e-16, with 1e-11 for sums that are
   * taken in another order, and never so much that a wrong digit among the first three would pass.
   */
  static double rounding(Matrix precision) {
    double[] values = SymmetricEigen.valuesOf(precision);
    double condition = values[values.length - 1] / Math.max(values[0], Double.MIN_NORMAL);
    return Math.min(1e-3, 1e-11 + 1e-15 * values.length * condition);
  }

  Finding precision() {
    Optional<Matrix> stated = subject.precision();
    if (stated.isEmpty()) return Finding.notGiven(Invariants.PRECISION, "precision or covariance");
    Matrix p = stated.get();
    int size = subject.mean().length;
    if (p.rows() != size || p.cols() != size) {
      return Finding.of(
          Invariants.PRECISION,
          false,
          "it is (" + p.rows() + ", " + p.cols() + "), the mean has " + size + " entries");
    }
    double skew = p.minus(p.transpose()).maxAbs() / p.maxAbs();
    if (!(skew <= 1e-12)) {
      return Finding.of(Invariants.PRECISION, false, "it is not symmetric: off by " + skew);
    }
    double smallest = SymmetricEigen.valuesOf(p)[0];
    if (!(smallest > 0)) {
      return Finding.of(Invariants.PRECISION, false, "its smallest eigenvalue is " + smallest);
    }
    return variances(p).orElseGet(() -> aboveThePrior(p));
  }

  /** A finding if the stated variances are not those of P. */
  private Optional<Finding> variances(Matrix p) {
    return subject.variances().flatMap(stated -> {
      double worst = furthest(stated, new Cholesky(p).inverse().diagonal());
      return worst <= limit(p)
          ? Optional.empty()
          : Optional.of(Finding.of(
              Invariants.PRECISION,
              false,
              "the stated variances are off the diagonal of P⁻¹ by " + worst));
    });
  }

  private Finding aboveThePrior(Matrix p) {
    if (subject.priorPrecisions().isEmpty()) {
      return Finding.of(Invariants.PRECISION, true, "symmetric and positive definite");
    }
    Matrix h = p.plusDiagonal(Arrays.negate(subject.priorPrecisions().get()));
    double smallest = SymmetricEigen.valuesOf(h)[0] / p.maxAbs();
    return Finding.atMost(
        Invariants.PRECISION,
        "how far P lies below the prior's precision",
        -smallest,
        Math.max(allowed, 1e-11));
  }

  /** The largest relative difference of two vectors of positive numbers. */
  static double furthest(double[] stated, double[] expected) {
    if (stated.length != expected.length) return Double.POSITIVE_INFINITY;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      double off = Math.abs(stated[i] - expected[i]) / expected[i];
      worst = off <= worst ? worst : off;
    }
    return worst;
  }

  /** Lᵀ M has orthonormal rows where P = L Lᵀ: M Mᵀ P = I, seen where both are of order one. */
  Finding noiseMap() {
    if (subject.noiseMap().isEmpty()) {
      return Finding.notGiven(Invariants.MAP, "linear map of its noise");
    }
    Optional<Matrix> p = subject.precision();
    if (p.isEmpty()) return Finding.notGiven(Invariants.MAP, "precision or covariance");
    Matrix m = columns(subject.noiseMap().get(), p.get().rows());
    double notLinear = notLinear(subject.noiseMap().get(), m);
    if (!(notLinear <= 1e-9)) {
      return Finding.of(Invariants.MAP, false, "it is not linear: off by " + notLinear);
    }
    Matrix white = new Cholesky(p.get()).lower().transposeTimes(m);
    double off = white.outerGram().minus(Matrix.identity(white.rows())).maxAbs();
    return Finding.atMost(Invariants.MAP, "max |Lᵀ M Mᵀ L − I|", off, limit(p.get()));
  }

  private static Matrix columns(NoiseMap map, int size) {
    double[] rows = new double[map.size() * size];
    for (int i = 0; i < map.size(); i++) {
      double[] unit = new double[map.size()];
      unit[i] = 1;
      System.arraycopy(map.times(unit), 0, rows, i * size, size);
    }
    return Matrix.adopt(map.size(), size, rows).transpose();
  }

  /** How far M ε is from the sum of its columns, relative to the largest entry. */
  private static double notLinear(NoiseMap map, Matrix m) {
    double[] noise = new SplittableRandom(1).doubles(map.size(), -1, 1).toArray();
    double[] expected = m.times(noise);
    double[] off = Arrays.minus(map.times(noise), expected);
    return Arrays.max(Arrays.map(off, Math::abs)) / Math.max(m.maxAbs(), Double.MIN_NORMAL);
  }

  Finding predictive() {
    if (subject.predictive().isEmpty()) {
      return Finding.notGiven(Invariants.PREDICTIVE, "predictive variance");
    }
    Optional<Matrix> p = subject.precision();
    if (p.isEmpty()) return Finding.notGiven(Invariants.PREDICTIVE, "precision or covariance");
    PredictiveClaim claim = subject.predictive().get();
    Matrix white = new Cholesky(p.get()).solveLower(claim.jacobian().transpose());
    double[] expected = white.gram().diagonal();
    double[] off = Arrays.map(Arrays.minus(claim.variances(), expected), Math::abs);
    double worst = Arrays.max(off) / Math.max(Arrays.max(expected), Double.MIN_NORMAL);
    return Finding.atMost(
        Invariants.PREDICTIVE, "the largest difference from diag(J P⁻¹ Jᵀ)", worst, limit(p.get()));
  }
}
