package org.laplace4j.autodiff.op;

import java.util.stream.IntStream;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Parallel;
import org.laplace4j.linalg.rows.MatrixSum;

/**
 * The Kronecker factors of a convolution from cotangents and images as they are: row r of an
 * image's Δ is a column of its planes Y (out, R), and row r of A one of its patches P (F, R).
 *
 * <pre>  B = Σₙₖ Yₙₖ Yₙₖᵀ        A = Σₙ Pₙ Pₙᵀ  </pre>
 */
final class PatchProducts {
  private static final int FEW_PLANES = 8;

  private PatchProducts() {}

  /** Adds B for cotangents (K, N, out, H', W'). */
  static void addOfCotangents(Tensor bars, MatrixSum b) {
    int out = bars.shape().dim(2);
    int positions = bars.shape().drop(3).size();
    int images = bars.shape().leading(2).size();
    double[] y = bars.array();
    GramSum.Matrices planes = out <= FEW_PLANES
        ? (gram, i, scratch) -> addDots(gram, out, y, i * out * positions, positions)
        : (gram, i, scratch) -> Arrays.symmetricRankAdd(
            false, out, positions, y, i * out * positions, positions, gram, 0, out);
    GramSum.add(images, 0, planes, b);
  }

  /** Adds Y Yᵀ plane by plane, where they are too few to fill the tiles of a product. */
  private static void addDots(double[] gram, int out, double[] y, int at, int positions) {
    for (int i = 0; i < out; i++) {
      for (int j = 0; j <= i; j++) {
        double dot = Arrays.dot(y, at + i * positions, y, at + j * positions, positions);
        gram[i * out + j] += dot;
        gram[j * out + i] = gram[i * out + j];
      }
    }
  }

  /** Adds A for images (N, C, H, W). */
  static void addOfPatches(Patches patches, Tensor images, MatrixSum a) {
    int positions = patches.positions();
    int features = patches.features();
    GramSum.add(
        images.shape().dim(0),
        Math.multiplyExact(positions, features),
        (gram, n, p) -> {
          patches.unfold(images.array(), n * patches.imageSize(), p);
          Arrays.symmetricRankAdd(false, features, positions, p, 0, positions, gram, 0, features);
        },
        a);
  }

  /** J of the filters, (N·K, out·F): for each image one product, (K·out, R) · (R, F). */
  static Matrix contracted(Patches patches, Tensor images, Tensor bars) {
    int k = bars.shape().dim(0);
    int n = bars.shape().dim(1);
    int positions = patches.positions();
    int features = patches.features();
    int planes = bars.shape().dim(2) * positions;
    int rows = k * bars.shape().dim(2);
    double[] j = new double[Math.multiplyExact(n * rows, features)];
    int patchesAt = k * planes;
    int scratch = Math.addExact(patchesAt, positions * features);
    int[] all = IntStream.range(0, features).toArray();
    Parallel.ranges(n, 2L * scratch, scratch, (from, to, s) -> {
      for (int image = from; image < to; image++) {
        for (int column = 0; column < k; column++) {
          int at = (column * n + image) * planes;
          System.arraycopy(bars.array(), at, s, column * planes, planes);
        }
        patches.unfold(images.array(), image * patches.imageSize(), all, s, patchesAt);
        Arrays.multiplyAdd(
            false,
            false,
            rows,
            features,
            positions,
            s,
            0,
            positions,
            s,
            patchesAt,
            features,
            j,
            image * rows * features,
            features);
      }
    });
    return Matrix.adopt(n * k, rows / k * features, j);
  }

  /** J of the bias, (N·K, out): the sums of the planes, as a product with ones adds them. */
  static Matrix summed(Tensor bars) {
    int k = bars.shape().dim(0);
    int n = bars.shape().dim(1);
    int out = bars.shape().dim(2);
    int positions = bars.shape().drop(3).size();
    double[] ones = new double[positions];
    java.util.Arrays.fill(ones, 1);
    double[] j = new double[n * k * out];
    Parallel.ranges(k * n, (long) out * positions, (from, to) -> {
      for (int at = from; at < to; at++) {
        int row = at % n * k + at / n;
        Arrays.multiplyAdd(
            false,
            false,
            out,
            1,
            positions,
            bars.array(),
            at * out * positions,
            positions,
            ones,
            0,
            1,
            j,
            row * out,
            1);
      }
    });
    return Matrix.adopt(n * k, out, j);
  }
}
