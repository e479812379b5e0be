package org.laplace4j.autodiff.op;

import java.util.List;
import org.laplace4j.autodiff.Op;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;

/**
 * The gradient of a convolution in its images: y (B, out, H', W') and filters w (out, C, h, w) to x
 * (B, C, H, W). Each entry of the bands Wᵀ Yᵢ of {@link Lowering} is added to where it came from.
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
    double[] x = new double[shape.size()];
    new BandProducts(Lowering.of(window, shape), examples, w.shape().dim(0))
        .addImages(y.array(), w.array(), x);
    return Tensor.adopt(shape, x);
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
