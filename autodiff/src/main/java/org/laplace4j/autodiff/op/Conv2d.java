package org.laplace4j.autodiff.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Op;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Parallel;
import org.laplace4j.linalg.rows.Rows;

/**
 * The correlation of images with filters, plus a bias if there is one: inputs x (B, C, H, W), w
 * (out, C, h, w) and perhaps b (out), output (B, out, H', W').
 *
 * <pre>
 *   y[n, o, i, j] = b[o] + Σ_cpq w[o, c, p, q] x[n, c, i·stride + p − padding, j·stride + q − padding]
 *
 *   as matrices      Y = W P, with P (F, R) the patches of one image that the window shows at its R
 *                    positions, W (out, F), F = C·h·w
 *   jvp              conv(ẋ, w)                     conv(x, ẇ)                  ḃ
 *   vjp              {@link ConvolvedImages}(ȳ, w)         {@link ConvolvedFilters}(x, ȳ)     Σ ȳ
 *   per example                                     Σᵣ δᵣ ⊗ pᵣ                  Σᵣ δᵣ ⊗ 1
 * </pre>
 *
 * <p>The sum Σ w x ȳ is linear in each of the three: with two of them given it is a convolution or
 * one of its two gradients, so the derivatives of each of these are the other two, to any order.
 * Patches exist for one image at a time.
 *
 * @param window the filters' height and width, the stride and the padding
 */
public record Conv2d(Window window) implements Op {

  @Override
  public Tensor forward(List<Tensor> in) {
    Tensor x = in.get(0);
    Tensor w = in.get(1);
    check(in);
    Patches patches = Patches.of(window, x.shape());
    int examples = x.shape().dim(0);
    int out = w.shape().dim(0);
    int positions = patches.positions();
    int features = patches.features();
    Tensor y = Tensor.zeros(Shape.of(examples, out, patches.rows(), patches.columns()));
    int size = Math.multiplyExact(positions, features);
    Parallel.ranges(examples, (long) positions * (features + out), size, (from, to, p) -> {
      for (int n = from; n < to; n++) {
        patches.unfold(x.array(), n * patches.imageSize(), p);
        Arrays.multiplyAdd(
            false,
            false,
            out,
            positions,
            features,
            w.array(),
            0,
            features,
            p,
            0,
            positions,
            y.array(),
            n * out * positions,
            positions);
      }
    });
    if (in.size() > 2) {
      addBias(in.get(2).array(), y.array(), positions);
    }
    return y;
  }

  private static void addBias(double[] bias, double[] y, int positions) {
    Parallel.ranges(y.length / Math.max(1, positions), 2L * positions, (from, to) -> {
      for (int plane = from; plane < to; plane++) {
        double b = bias[plane % bias.length];
        for (int at = plane * positions; at < (plane + 1) * positions; at++) {
          y[at] += b;
        }
      }
    });
  }

  private void check(List<Tensor> in) {
    Shape x = in.get(0).shape();
    Shape w = in.get(1).shape();
    if (w.rank() != 4 || w.dim(2) != window.height() || w.dim(3) != window.width()) {
      throw new IllegalArgumentException("Conv2d: the filters must be (out, C, " + window.height()
          + ", " + window.width() + ") for a window of " + window + ", got " + w + ".");
    }
    if (x.rank() != 4 || x.dim(1) != w.dim(1)) {
      throw new IllegalArgumentException("Conv2d: the images must be (B, " + w.dim(1)
          + ", H, W) for filters " + w + ", got " + x + ".");
    }
    if (in.size() > 2 && !in.get(2).shape().equals(Shape.of(w.dim(0)))) {
      throw new IllegalArgumentException("Conv2d: the bias must be (" + w.dim(0) + ") for filters "
          + w + ", got " + in.get(2).shape() + ".");
    }
  }

  @Override
  public Tensor jvp(int i, List<Tensor> in, Tensor y, Tensor dot) {
    return switch (i) {
      case 0 -> Tensor.apply(this, dot, in.get(1));
      case 1 -> Tensor.apply(this, in.get(0), dot);
      default -> dot.reshape(dot.size(), 1, 1).broadcastTo(y.shape());
    };
  }

  @Override
  public Tensor vjp(int i, List<Tensor> in, Tensor y, Tensor bar) {
    return switch (i) {
      case 0 -> imageBar(in.get(0).shape(), in.get(1), bar);
      case 1 -> filterBar(in.get(0), y.shape(), bar);
      default -> bar.sum(false, -1, -2, -4);
    };
  }

  /** K stacked cotangents of B images are those of K·B images. */
  private Tensor imageBar(Shape x, Tensor w, Tensor bar) {
    Shape y = bar.shape().drop(bar.shape().rank() - 3);
    int images = bar.size() / Math.max(1, y.size());
    Op gradient = new ConvolvedImages(window, x.dim(2), x.dim(3));
    Shape own = x.prepend(bar.shape().leading(bar.shape().rank() - 4).dims());
    return Tensor.apply(gradient, bar.reshape(y.prepend(images)), w).reshape(own);
  }

  private Tensor filterBar(Tensor x, Shape y, Tensor bar) {
    Op gradient = new ConvolvedFilters(window);
    if (bar.shape().rank() == y.rank()) {
      return Tensor.apply(gradient, x, bar);
    }
    List<Tensor> each = new ArrayList<>();
    for (int k = 0; k < bar.shape().dim(0); k++) {
      Tensor one = Tensor.apply(gradient, x, bar.slice(0, k, k + 1).reshape(y));
      each.add(one.reshape(one.shape().prepend(1)));
    }
    return Tensor.concat(0, each);
  }

  @Override
  public boolean stacks() {
    return true;
  }

  @Override
  public boolean mixesExamples(int i, List<Shape> in) {
    return i > 0;
  }

  @Override
  public Optional<Rows> exampleRows(
      int i, List<Tensor> in, Tensor y, Tensor bars, ElementMask wanted) {
    return switch (i) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(PatchRows.ofFilters(window, in.get(0), bars, wanted));
      default -> Optional.of(PatchRows.ofBias(bars, wanted));
    };
  }
}
