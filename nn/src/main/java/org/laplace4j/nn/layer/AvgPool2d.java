package org.laplace4j.nn.layer;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.autodiff.op.Pooling;
import org.laplace4j.autodiff.op.Window;
import org.laplace4j.nn.Module;

/**
 * The mean of what a window shows, for each channel of images (B, C, H, W) → (B, C, H', W'); the
 * zeros of the padding count. It has no parameters.
 *
 * @param window the window, its padding at most half of its size
 */
public record AvgPool2d(Window window) implements Module {

  /** A square window. */
  public static AvgPool2d of(int size, int stride, int padding) {
    return new AvgPool2d(Window.of(size, stride, padding));
  }

  /** A square window beside the next one: stride as its size, no padding. */
  public static AvgPool2d of(int size) {
    return of(size, size, 0);
  }

  @Override
  public Tensor forward(Weights at, Tensor x) {
    return Tensor.apply(new Pooling.Average2d(window), x);
  }

  /** For example {@code AvgPool2d 2×2, stride 2, padding 0}. */
  @Override
  public String toString() {
    return "AvgPool2d " + window;
  }
}
