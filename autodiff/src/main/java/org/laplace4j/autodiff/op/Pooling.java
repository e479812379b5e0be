package org.laplace4j.autodiff.op;

import java.util.List;
import org.laplace4j.autodiff.Op;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Parallel;

/** What a window shows of images (B, C, H, W), reduced to one number for each channel. */
public final class Pooling {
  private Pooling() {}

  private static Shape pooled(String what, Window window, Shape x) {
    if (x.rank() != 4) {
      throw new IllegalArgumentException(
          what + ": the images must be (B, C, H, W), got " + x + ".");
    }
    if (2 * window.paddingHeight() > window.height()
        || 2 * window.paddingWidth() > window.width()) {
      throw new IllegalArgumentException(what + ": a window of " + window
          + " may show nothing but padding; the padding can be at most half of its size.");
    }
    return x.with(-2, window.rows(x.dim(-2))).with(-1, window.columns(x.dim(-1)));
  }

  /** The axes that a tensor has in front of those of a shape. */
  private static int[] extra(Tensor bar, Shape own) {
    return bar.shape().leading(bar.shape().rank() - own.rank()).dims();
  }

  /**
   * y = the largest value in the window; of equal ones the first, by rows. What lies in the padding
   * does not count.
   *
   * <pre>  ẏ = ẋ where the largest is      x̄ = ȳ added to where the largest is  </pre>
   *
   * @param window the window, its padding at most half of its size
   */
  public record Max2d(Window window) implements Op {
    @Override
    public Tensor forward(List<Tensor> in) {
      Tensor x = in.get(0);
      Shape shape = pooled("Max2d", window, x.shape());
      double[] y = new double[shape.size()];
      if (LargestOfFour.is(window)) {
        LargestOfFour.values(x.shape(), x.array(), y);
        return Tensor.adopt(shape, y);
      }
      forEachWindow(x.shape(), (at, first, end, apart, count) -> {
        double most = x.array()[first];
        for (int row = first; row < end; row += apart) {
          for (int j = row; j < row + count; j++) {
            most = Math.max(most, x.array()[j]);
          }
        }
        y[at] = most;
      });
      return Tensor.adopt(shape, y);
    }

    /** Where in the images the largest value of each window is. */
    private int[] largest(Tensor x) {
      double[] values = x.array();
      int[] largest = new int[pooled("Max2d", window, x.shape()).size()];
      if (LargestOfFour.is(window)) {
        LargestOfFour.places(x.shape(), values, largest);
        return largest;
      }
      forEachWindow(x.shape(), (at, first, end, apart, count) -> {
        int best = first;
        double most = values[first];
        for (int row = first; row < end; row += apart) {
          for (int j = row; j < row + count; j++) {
            // A choice, not a branch, which no processor could foresee.
            best = values[j] > most ? j : best;
            most = Math.max(most, values[j]);
          }
        }
        largest[at] = Double.isNaN(most) ? firstNaN(values, first, end, apart, count) : best;
      });
      return largest;
    }

    /** A NaN is larger than all: it must not vanish on the way. */
    private static int firstNaN(double[] x, int first, int end, int apart, int count) {
      for (int row = first; row < end; row += apart) {
        for (int j = row; j < row + count; j++) {
          if (Double.isNaN(x[j])) {
            return j;
          }
        }
      }
      return first;
    }

    /** What is done with window {@code at}: runs of numbers of the images, so far apart. */
    private interface Shown {
      void take(int at, int first, int end, int apart, int count);
    }

    private void forEachWindow(Shape x, Shown shown) {
      int height = x.dim(-2);
      int width = x.dim(-1);
      int rows = window.rows(height);
      int columns = window.columns(width);
      long each = (long) columns * window.height() * window.width();
      Parallel.ranges(x.leading(2).size() * rows, each, (from, to) -> {
        for (int row = from, at = from * columns; row < to; row++) {
          int plane = row / rows * height;
          int top = row % rows * window.strideHeight() - window.paddingHeight();
          int first = (plane + Math.max(0, top)) * width;
          int end = (plane + Math.min(height, top + window.height())) * width;
          for (int c = 0; c < columns; c++, at++) {
            int left = c * window.strideWidth() - window.paddingWidth();
            int start = Math.max(0, left);
            int count = Math.min(width, left + window.width()) - start;
            shown.take(at, first + start, end, width, count);
          }
        }
      });
    }

    @Override
    public Tensor jvp(int i, List<Tensor> in, Tensor y, Tensor dot) {
      return dot.reshape(dot.size()).gather(0, largest(in.get(0))).reshape(y.shape());
    }

    @Override
    public Tensor vjp(int i, List<Tensor> in, Tensor y, Tensor bar) {
      Tensor x = in.get(0);
      int[] extra = extra(bar, y.shape());
      Op scatter = new Selection.ScatterAdd(-1, x.size(), largest(x));
      return Tensor.apply(scatter, bar.reshape(Shape.of(y.size()).prepend(extra)))
          .reshape(x.shape().prepend(extra));
    }

    @Override
    public boolean stacks() {
      return true;
    }
  }

  /**
   * y = the mean of the window, with the zeros of its padding: its adjoint spreads each value over
   * its window.
   *
   * <pre>  ẏ = mean ẋ      x̄ = ȳ / size, added to the whole window  </pre>
   *
   * @param window the window, its padding at most half of its size
   */
  public record Average2d(Window window) implements Op {
    @Override
    public Tensor forward(List<Tensor> in) {
      Tensor x = in.get(0);
      Shape shape = pooled("Average2d", window, x.shape());
      Patches patches = plane(window, x.shape().dim(-2), x.shape().dim(-1));
      int size = patches.features();
      double[] y = new double[shape.size()];
      double[] p = new double[patches.positions() * size];
      for (int plane = 0; plane < x.shape().leading(2).size(); plane++) {
        patches.unfold(x.array(), plane * patches.imageSize(), p);
        for (int r = 0; r < patches.positions(); r++) {
          double sum = 0;
          for (int j = 0; j < size; j++) {
            sum += p[j * patches.positions() + r];
          }
          y[plane * patches.positions() + r] = sum / size;
        }
      }
      return Tensor.adopt(shape, y);
    }

    @Override
    public Tensor jvp(int i, List<Tensor> in, Tensor y, Tensor dot) {
      return Tensor.apply(this, dot);
    }

    @Override
    public Tensor vjp(int i, List<Tensor> in, Tensor y, Tensor bar) {
      Shape x = in.get(0).shape();
      return Tensor.apply(new Spread2d(window, x.dim(-2), x.dim(-1)), bar);
    }

    @Override
    public boolean stacks() {
      return true;
    }
  }

  /**
   * The adjoint of {@link Average2d}, (…, H', W') → (…, H, W).
   *
   * @param window that of the average
   * @param height H
   * @param width W
   */
  record Spread2d(Window window, int height, int width) implements Op {
    @Override
    public Tensor forward(List<Tensor> in) {
      Tensor y = in.get(0);
      Patches patches = plane(window, height, width);
      int size = patches.features();
      Shape shape = y.shape().with(-2, height).with(-1, width);
      double[] x = new double[shape.size()];
      double[] p = new double[patches.positions() * size];
      for (int plane = 0; plane < y.shape().leading(y.shape().rank() - 2).size(); plane++) {
        for (int at = 0; at < p.length; at++) {
          p[at] = y.array()[plane * patches.positions() + at % patches.positions()] / size;
        }
        patches.addFolded(p, x, plane * patches.imageSize());
      }
      return Tensor.adopt(shape, x);
    }

    @Override
    public Tensor jvp(int i, List<Tensor> in, Tensor x, Tensor dot) {
      return Tensor.apply(this, dot);
    }

    @Override
    public Tensor vjp(int i, List<Tensor> in, Tensor x, Tensor bar) {
      return Tensor.apply(new Average2d(window), bar);
    }
  }

  private static Patches plane(Window window, int height, int width) {
    return new Patches(window, 1, height, width);
  }
}
