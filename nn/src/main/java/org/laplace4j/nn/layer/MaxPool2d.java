package org.laplace4j.nn.layer;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.autodiff.op.Pooling;
import org.laplace4j.autodiff.op.Window;
import org.laplace4j.nn.Module;

/**
 * The largest value that a window shows, for each channel of images (B, C, H, W) → (B, C, H', W');
 * of equal ones the first takes the derivative. It has no parameters.
 *
 * @param window the window, its padding at most half of its size
 */
public record MaxPool2d(Window window) implements Module {

  /** A square window. */
  public static MaxPool2d of(int size, int stride, int padding) {
    return new MaxPool2d(Window.of(size, stride, padding));
  }

  /** A square window beside the next one: stride as its size, no padding. */
  public static MaxPool2d of(int size) {
    return of(size, size, 0);
  }

  @Override
  public Tensor forward(Weights at, Tensor x) {
    return Tensor.apply(new Pooling.Max2d(window), x);
  }

  /** For example {@code MaxPool2d 2×2, stride 2, padding 0}. */
  @Override
  public String toString() {
    return "MaxPool2d " + window;
  }
}
