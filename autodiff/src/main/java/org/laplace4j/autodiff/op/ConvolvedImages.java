package org.laplace4j.autodiff.op;

import java.util.Arrays;
import java.util.List;
import org.laplace4j.autodiff.Op;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Parallel;

/**
 * The gradient of a convolution in its images: y (B, out, H', W') and filters w (out, C, h, w) to x
 * (B, C, H, W). The patches Wᵀ Y, (F, R), are folded: each entry is added to where it came from.
 *
 * <pre>
 *   jvp   this(ẏ, w)        this(y, ẇ)
 *   vjp   conv(x̄, w)        filter gradient (x̄, y)
 * </pre>
 *
 * @param window that of the convolution
 * @param height H
 * @param width W
 */
record ConvolvedImages(Window window, int height, int width) implements Op {
  @Override
  public Tensor forward(List<Tensor> in) {
    Tensor y = in.get(0);
    Tensor w = in.get(1);
    int examples = y.shape().dim(0);
    Shape shape = Shape.of(examples, w.shape().dim(1), height, width);
    Patches patches = Patches.of(window, shape);
    double[] x = new double[shape.size()];
    new Folding(patches, w.shape().dim(0), w.array()).fold(y.array(), examples, x);
    return Tensor.adopt(shape, x);
  }

  /**
   * Images side by side, so that what is added to one row of pixels is one long run: Y is turned to
   * (out, R, images), which gives patches (F, R, images) and images (C, H, W, images).
   */
  private record Folding(Patches patches, int out, double[] w) {
    /** Patches that are made at a time: half of the second cache. */
    private static final int NUMBERS = 1 << 16;

    private static final int MOST_IMAGES = 8;

    void fold(double[] y, int images, double[] x) {
      int positions = patches.positions();
      int features = patches.features();
      int ofY = out * positions;
      int ofPatches = positions * features;
      int ofX = patches.imageSize();
      int most = Math.max(1, Math.min(MOST_IMAGES, NUMBERS / Math.max(1, ofPatches)));
      int groups = (images + most - 1) / most;
      long moved = (long) most * (ofY + 2L * ofPatches + 2L * ofX);
      int scratch = Math.multiplyExact(most, ofY + ofPatches + ofX);
      Parallel.ranges(groups, moved, scratch, (from, to, s) -> {
        for (int group = from; group < to; group++) {
          int first = group * most;
          int count = Math.min(most, images - first);
          int patchesAt = count * ofY;
          int xAt = patchesAt + count * ofPatches;
          Transposed.write(y, first * ofY, count, ofY, s, 0);
          Arrays.fill(s, patchesAt, xAt + count * ofX, 0);
          timesFilters(s, patchesAt, count * positions);
          patches.addFolded(s, patchesAt, s, xAt, count);
          Transposed.write(s, xAt, ofX, count, x, first * ofX);
        }
      });
    }

    /** Wᵀ Y, (F, out) · (out, R·images). */
    private void timesFilters(double[] s, int patchesAt, int columns) {
      int features = patches.features();
      org.laplace4j.linalg.Arrays.multiplyAdd(
          true, false, features, columns, out, w, 0, features, s, 0, columns, s, patchesAt,
          columns);
    }
  }

  @Override
  public Tensor jvp(int i, List<Tensor> in, Tensor x, Tensor dot) {
    return i == 0 ? Tensor.apply(this, dot, in.get(1)) : Tensor.apply(this, in.get(0), dot);
  }

  @Override
  public Tensor vjp(int i, List<Tensor> in, Tensor x, Tensor bar) {
    return i == 0
        ? Tensor.apply(new Conv2d(window), bar, in.get(1))
        : Tensor.apply(new ConvolvedFilters(window), bar, in.get(0));
  }

  @Override
  public boolean mixesExamples(int i, List<Shape> in) {
    return i > 0;
  }
}
