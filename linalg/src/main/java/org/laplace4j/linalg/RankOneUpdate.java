package org.laplace4j.linalg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.laplace4j.linalg.kernel.KernelProvider;
import org.laplace4j.linalg.kernel.Kernels;

/**
 * The spectrum of D + ρ z zᵀ from that of D, for the two blocks of a {@link DivideAndConquer}, in
 * place.
 *
 * <pre>
 *   D + ρ z zᵀ = Sᵀ Λ S by the secular equation          W ← S W, W = [W₁  0 ]
 *                                                                     [0   W₂]
 * </pre>
 *
 * <p>Where an entry of z is rounding, its pair stays as it is; where two of D are equal but for
 * rounding, a rotation makes it so (Dongarra and Sorensen 1987). What is left is often a small
 * part.
 */
final class RankOneUpdate {

  /** Eight half ulps of 1: what is neglected, in units of the norm of the whole matrix. */
  static final double ROUNDING = 8 * 0x1p-53;

  private static final Kernels KERNELS = KernelProvider.kernels();

  private final double[] d;
  private final double[] z;
  private final double rho;
  private final double negligible;
  private final Block w;
  private final int from;
  private final int half;
  private final int size;

  /** Of each row of W, whether it has entries among the columns of either block. */
  private final boolean[] left;

  private final boolean[] right;
  private final List<Integer> deflated = new ArrayList<>();

  /**
   * D begins at {@code from} of d; z has its size and the norm √2, and is overwritten; the rows of
   * W, a square block, are what belongs to D, and {@code half} is where its second block begins.
   */
  RankOneUpdate(
      double[] d, double[] z, double rho, double negligible, Block w, int from, int half) {
    this.d = d;
    this.z = z;
    this.rho = 2 * rho;
    this.negligible = negligible;
    this.w = w;
    this.from = from;
    this.half = half;
    this.size = z.length;
    this.left = new boolean[size];
    this.right = new boolean[size];
    for (int i = 0; i < size; i++) {
      z[i] *= Math.sqrt(0.5);
      left[i] = i < half;
      right[i] = i >= half;
    }
  }

  /** Makes D the new eigenvalues, in no order, and row i of W what belongs to dᵢ. */
  void run() {
    int[] kept = deflate();
    double[] poles = new double[kept.length];
    double[] weights = new double[kept.length];
    for (int i = 0; i < kept.length; i++) {
      poles[i] = d[from + kept[i]];
      weights[i] = z[kept[i]];
    }
    // Rows of the first block come first, those of both next: so each block's are contiguous.
    int[] grouped = IntStream.range(0, kept.length)
        .boxed()
        .sorted(Comparator.comparingInt(i -> (right[kept[i]] ? 1 : 0) - (left[kept[i]] ? 1 : 0)))
        .mapToInt(Integer::intValue)
        .toArray();
    int[] rows = Arrays.stream(grouped).map(i -> kept[i]).toArray();
    SecularEquation secular = new SecularEquation(poles, weights, rho);
    double[] values = secular.roots();
    replace(rows, secular.takeVectors(grouped), values);
  }

  /** The rows that the secular equation is needed for, their values ascending. */
  private int[] deflate() {
    int[] order = IntStream.range(0, size)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> d[from + i]))
        .mapToInt(Integer::intValue)
        .toArray();
    int[] kept = new int[size];
    int count = 0;
    for (int row : order) {
      if (rho * Math.abs(z[row]) <= negligible) {
        deflated.add(row);
      } else if (count > 0 && rotatedAway(kept[count - 1], row)) {
        deflated.add(kept[count - 1]);
        kept[count - 1] = row;
      } else {
        kept[count++] = row;
      }
    }
    return Arrays.copyOf(kept, count);
  }

  /** Rotates row i so that its entry of z is zero, if that leaves D diagonal but for rounding. */
  private boolean rotatedAway(int i, int j) {
    double norm = Math.sqrt(Math.fma(z[i], z[i], z[j] * z[j]));
    double c = z[j] / norm;
    double s = -z[i] / norm;
    double di = d[from + i];
    double dj = d[from + j];
    if (Math.abs((dj - di) * c * s) > negligible) {
      return false;
    }
    z[i] = 0;
    z[j] = norm;
    d[from + i] = di * (c * c) + dj * (s * s);
    d[from + j] = di * (s * s) + dj * (c * c);
    for (int column = 0; column < size; column++) {
      int at = w.at + i * w.ld + column;
      int to = w.at + j * w.ld + column;
      double x = w.values[at];
      double y = w.values[to];
      w.values[at] = Math.fma(c, x, s * y);
      w.values[to] = Math.fma(c, y, -s * x);
    }
    left[i] |= left[j];
    right[i] |= right[j];
    left[j] = left[i];
    right[j] = right[i];
    return true;
  }

  /** W ← S W for the rows that were kept, and below them those that were not. */
  private void replace(int[] rows, double[] s, double[] values) {
    int count = rows.length;
    int lefts = (int) Arrays.stream(rows).filter(i -> left[i]).count();
    int rights = (int) Arrays.stream(rows).filter(i -> right[i]).count();
    double[] first = gather(Arrays.copyOf(rows, lefts), 0, half);
    double[] second = gather(Arrays.copyOfRange(rows, count - rights, count), half, size - half);
    int[] others = deflated.stream().mapToInt(Integer::intValue).toArray();
    double[] unchanged = gather(others, 0, size);
    double[] unchangedValues =
        Arrays.stream(others).mapToDouble(i -> d[from + i]).toArray();
    w.clear(count, size);
    multiply(count, lefts, s, 0, first, half, w);
    multiply(count, rights, s, count - rights, second, size - half, w.from(0, half));
    System.arraycopy(values, 0, d, from, count);
    System.arraycopy(unchangedValues, 0, d, from + count, others.length);
    for (int i = 0; i < others.length; i++) {
      System.arraycopy(unchanged, i * size, w.values, w.at + (count + i) * w.ld, size);
    }
  }

  private double[] gather(int[] rows, int column, int width) {
    double[] gathered = new double[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(w.values, w.at + rows[i] * w.ld + column, gathered, i * width, width);
    }
    return gathered;
  }

  private static void multiply(
      int count, int terms, double[] s, int sAt, double[] rows, int width, Block to) {
    KERNELS.multiplyAdd(
        false, false, count, width, terms, s, sAt, count, rows, 0, width, to.values, to.at, to.ld);
  }
}
