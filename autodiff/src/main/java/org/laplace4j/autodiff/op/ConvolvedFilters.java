package org.laplace4j.autodiff.op;

import java.util.List;
import org.laplace4j.autodiff.Op;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Arrays;

/**
 * The gradient of a convolution in its filters: images x (B, C, H, W) and y (B, out, H', W') to w
 * (out, C, h, w), the sum Σₙ Yₙ Pₙᵀ over images of products with their patches.
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
    Patches patches = Patches.of(window, x.shape());
    int out = y.shape().dim(1);
    int positions = patches.positions();
    int features = patches.features();
    double[] w = new double[Math.multiplyExact(out, features)];
    double[] p = new double[Math.multiplyExact(positions, features)];
    for (int n = 0; n < x.shape().dim(0); n++) {
      patches.unfold(x.array(), n * patches.imageSize(), p);
      Arrays.multiplyAdd(
          false,
          true,
          out,
          features,
          positions,
          y.array(),
          n * out * positions,
          positions,
          p,
          0,
          positions,
          w,
          0,
          features);
    }
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
