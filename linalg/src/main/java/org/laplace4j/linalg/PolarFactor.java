package org.laplace4j.linalg;

/**
 * The orthogonal matrix nearest to a square K, shape (n, n): the factor U of the polar
 * decomposition K = U (KᵀK)^½.
 *
 * <pre>
 *   K = A Σ Bᵀ (singular values)      U = A Bᵀ
 *   ‖X − Y U‖_F is least over all orthogonal U for K = Yᵀ X
 * </pre>
 *
 * <p>By one-sided Jacobi rotations (Hestenes 1958): pairs of columns of K are turned until all are
 * orthogonal, K B = A Σ. Small singular values keep their digits. Cost about 60 n³.
 */
public final class PolarFactor {
  /** Columns count as orthogonal when their cosine is this small. */
  private static final double ORTHOGONAL = 1e-15;

  private static final int SWEEPS = 60;

  private final double[][] columns;
  private final double[][] b;

  private PolarFactor(Matrix k) {
    int n = k.rows();
    this.columns = new double[n][];
    this.b = new double[n][n];
    for (int j = 0; j < n; j++) {
      columns[j] = k.column(j);
      b[j][j] = 1;
    }
  }

  /** U, for a K that is not singular. */
  public static Matrix of(Matrix k) {
    if (k.rows() != k.cols()) {
      throw new IllegalArgumentException(String.format(
          "PolarFactor: the matrix must be square, but came (%d, %d).", k.rows(), k.cols()));
    }
    Arrays.requireFinite("PolarFactor", k.array());
    PolarFactor jacobi = new PolarFactor(k);
    int sweeps = 0;
    while (jacobi.sweep()) {
      if (++sweeps == SWEEPS) {
        throw new ArithmeticException(String.format(
            "PolarFactor: the columns of a matrix (%d, %d) with largest entry %s are not orthogonal after %d sweeps.",
            k.rows(), k.cols(), k.maxAbs(), SWEEPS));
      }
    }
    return jacobi.product();
  }

  /** Turns every pair of columns; whether there was one to turn. */
  private boolean sweep() {
    boolean turned = false;
    for (int i = 0; i < columns.length; i++) {
      for (int j = i + 1; j < columns.length; j++) {
        double inner = Arrays.dot(columns[i], columns[j]);
        double ofI = Arrays.dot(columns[i], columns[i]);
        double ofJ = Arrays.dot(columns[j], columns[j]);
        if (Math.abs(inner) > ORTHOGONAL * columns.length * Math.sqrt(ofI) * Math.sqrt(ofJ)) {
          double zeta = (ofJ - ofI) / (2 * inner);
          double tangent = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
          double cosine = 1 / Math.hypot(1, tangent);
          turn(columns[i], columns[j], cosine, cosine * tangent);
          turn(b[i], b[j], cosine, cosine * tangent);
          turned = true;
        }
      }
    }
    return turned;
  }

  private static void turn(double[] x, double[] y, double cosine, double sine) {
    for (int row = 0; row < x.length; row++) {
      double before = x[row];
      x[row] = cosine * before - sine * y[row];
      y[row] = sine * before + cosine * y[row];
    }
  }

  /** Σⱼ aⱼ bⱼᵀ, aⱼ = column j over its length. */
  private Matrix product() {
    int n = columns.length;
    double[] a = new double[n * n];
    double[] rows = new double[n * n];
    for (int j = 0; j < n; j++) {
      double sigma = Math.sqrt(Arrays.dot(columns[j], columns[j]));
      if (sigma == 0) {
        throw new IllegalArgumentException("PolarFactor: singular value " + j + " of " + n
            + " is 0; no orthogonal matrix is nearest.");
      }
      System.arraycopy(Arrays.scale(columns[j], 1 / sigma), 0, a, j * n, n);
      System.arraycopy(b[j], 0, rows, j * n, n);
    }
    return Matrix.adopt(n, n, a).transposeTimes(Matrix.adopt(n, n, rows));
  }
}
