package org.laplace4j.autodiff.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Op;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
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
 * All three are products with {@link Lowering} of some images at a time.
 *
 * @param window the filters' height and width, the stride and the padding
 */
public record Conv2d(Window window) implements Op {

  @Override
  public Tensor forward(List<Tensor> in) {
    Tensor x = in.get(0);
    Tensor w = in.get(1);
    check(in);
    int out = w.shape().dim(0);
    Lowering lowering = Lowering.of(window, x.shape());
    double[] bias = in.size() > 2 ? in.get(2).array() : new double[out];
    Shape shape = Shape.of(x.shape().dim(0), out, lowering.rows(), lowering.columns());
    double[] y = new double[shape.size()];
    new BandProducts(lowering, shape.dim(0), out).outputs(x.array(), w.array(), bias, y);
    return Tensor.adopt(shape, y);
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
