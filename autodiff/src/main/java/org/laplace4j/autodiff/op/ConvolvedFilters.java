package org.laplace4j.autodiff.op;

import java.util.List;
import org.laplace4j.autodiff.Op;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;

/**
 * The gradient of a convolution in its filters: images x (B, C, H, W) and y (B, out, H', W') to w
 * (out, C, h, w), the sum Σᵢ Yᵢ Lᵢᵀ over the bands of {@link Lowering}.
 *
 * <pre>
 *   jvp   this(ẋ, y)                 this(x, ẏ)
 *   vjp   image gradient (y, w̄)      conv(x, w̄)
 * </pre>
 *
 * @param window that of the convolution
 */
record ConvolvedFilters(Window window) implements Op {
  @Override
  public Tensor forward(List<Tensor> in) {
    Tensor x = in.get(0);
    Tensor y = in.get(1);
    int out = y.shape().dim(1);
    Lowering lowering = Lowering.of(window, x.shape());
    double[] w = new BandProducts(lowering, x.shape().dim(0), out).filters(x.array(), y.array());
    return Tensor.adopt(Shape.of(out, x.shape().dim(1), window.height(), window.width()), w);
  }

  @Override
  public Tensor jvp(int i, List<Tensor> in, Tensor w, Tensor dot) {
    return i == 0 ? Tensor.apply(this, dot, in.get(1)) : Tensor.apply(this, in.get(0), dot);
  }

  @Override
  public Tensor vjp(int i, List<Tensor> in, Tensor w, Tensor bar) {
    Shape x = in.get(0).shape();
    return i == 0
        ? Tensor.apply(new ConvolvedImages(window, x.dim(2), x.dim(3)), in.get(1), bar)
        : Tensor.apply(new Conv2d(window), in.get(0), bar);
  }

  @Override
  public boolean mixesExamples(int i, List<Shape> in) {
    return true;
  }
}
