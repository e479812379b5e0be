package org.laplace4j.linalg;

/**
 * What a Lanczos basis of some vectors says of A: the eigenpairs (θ, y) of T, numbered from the
 * largest θ, with residuals β |y_last|.
 *
 * @param eigen the eigenpairs of T
 * @param beta β
 */
record RitzPairs(SymmetricEigen eigen, double beta) {

  double value(int i) {
    return eigen.values()[eigen.size() - 1 - i];
  }

  double[] values(int count) {
    double[] values = new double[count];
    java.util.Arrays.setAll(values, this::value);
    return values;
  }

  double residual(int i) {
    int last = eigen.size() - 1;
    return beta * Math.abs(eigen.vectors().get(last, last - i));
  }

  double largestResidual(int count) {
    double largest = 0;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, residual(i));
    }
    return largest;
  }

  /** ‖A Y − Y diag(θ)‖, which has rank one. */
  double residualNorm(int count) {
    double squares = 0;
    for (int i = 0; i < count; i++) {
      squares += residual(i) * residual(i);
    }
    return Math.sqrt(squares);
  }

  /** The largest |λ|. */
  double scale() {
    return Math.max(Math.abs(value(0)), Math.abs(value(eigen.size() - 1)));
  }

  double changeSince(double[] values) {
    return Matrix.adopt(1, values.length, Arrays.minus(values(values.length), values))
        .maxAbs();
  }

  /** Whether the first pair after {@code count} is certain to belong after them. */
  boolean isSettled(int count, double allowed) {
    return residual(count) <= Math.max(allowed, value(count - 1) - value(count));
  }
}
