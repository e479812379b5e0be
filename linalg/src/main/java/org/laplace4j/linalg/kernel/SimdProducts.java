package org.laplace4j.linalg.kernel;

/**
 * Chooses the route of a product: scalar, of one row, read in place, packed, or packed by several
 * threads. The choice is a function of sizes alone, and no route changes a bit. Small products stay
 * scalar because vector code is slow until it is compiled.
 */
final class SimdProducts {

  /** Fewer multiply-adds are scalar. */
  private static final long SCALAR = 4096;

  /** Of a single row, which is not padded to a tile, fewer are. */
  private static final long SCALAR_ROW = 1024;

  /** A small product with a C of sides at most this long is made from A and B where they lie. */
  private static final int DIRECT_SIDE = 128;

  /** Fewer multiply-adds are not worth a second thread. */
  private static final long THREADED = 10_000_000;

  private final Kernels scalar;
  private final DirectProduct direct;
  private final PackedProduct packed;
  private final PackedProduct threaded;
  private final Mirror mirror;

  SimdProducts(Kernels scalar, WorkerPool pool) {
    var workspaces = new Workspaces();
    this.scalar = scalar;
    this.direct = new DirectProduct(workspaces);
    this.packed = new PackedProduct(new WorkerPool(1), workspaces);
    this.threaded = new PackedProduct(pool, workspaces);
    this.mirror = new Mirror(pool);
  }

  void multiplyAdd(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      double[] a,
      int aAt,
      int lda,
      double[] b,
      int bAt,
      int ldb,
      double[] c,
      int cAt,
      int ldc) {
    if ((long) m * n * k < (m == 1 ? SCALAR_ROW : SCALAR)) {
      scalar.multiplyAdd(transposeA, transposeB, m, n, k, a, aAt, lda, b, bAt, ldb, c, cAt, ldc);
      return;
    }
    Operand left = Operand.of(transposeA, a, aAt, lda);
    Operand right = Operand.of(transposeB, b, bAt, ldb);
    if (m == 1 && !transposeB) {
      int done = RowProduct.add(n, k, left, right, c, cAt);
      scalar.multiplyAdd(
          transposeA, false, 1, n - done, k, a, aAt, lda, b, bAt + done, ldb, c, cAt + done, ldc);
      return;
    }
    add(m, n, k, left, right, Operand.of(false, c, cAt, ldc));
  }

  void upperRankAdd(
      boolean transpose, int n, int k, double[] a, int aAt, int lda, double[] c, int cAt, int ldc) {
    if ((long) n * n * k < SCALAR) {
      scalar.upperRankAdd(transpose, n, k, a, aAt, lda, c, cAt, ldc);
    } else {
      Operand left = Operand.of(transpose, a, aAt, lda);
      addTriangle(n, k, left, Operand.of(false, c, cAt, ldc), Part.UPPER);
    }
  }

  void lowerRankAdd(int n, int k, double[] a, int aAt, int lda, double[] c, int cAt, int ldc) {
    if ((long) n * n * k < SCALAR) {
      scalar.lowerRankAdd(n, k, a, aAt, lda, c, cAt, ldc);
    } else {
      Operand left = Operand.of(false, a, aAt, lda);
      addTriangle(n, k, left, Operand.of(false, c, cAt, ldc), Part.LOWER);
    }
  }

  void mirror(int n, double[] c, int cAt, int ldc) {
    mirror.below(n, c, cAt, ldc);
  }

  private void add(int m, int n, int k, Operand a, Operand b, Operand c) {
    boolean small = (long) m * n * k < THREADED;
    if (small && m <= DIRECT_SIDE && n <= DIRECT_SIDE) {
      direct.add(m, n, k, a, b, c, Part.ALL);
    } else {
      (small ? packed : threaded).add(m, n, k, a, b, c);
    }
  }

  private void addTriangle(int n, int k, Operand a, Operand c, Part part) {
    boolean small = (long) n * n * k < THREADED;
    if (small && n <= DIRECT_SIDE) {
      direct.add(n, n, k, a, a.transpose(), c, part);
    } else {
      (small ? packed : threaded).addTriangle(n, k, a, c, part);
    }
  }
}
