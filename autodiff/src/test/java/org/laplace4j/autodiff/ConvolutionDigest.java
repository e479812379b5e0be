package org.laplace4j.autodiff;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.laplace4j.autodiff.op.Conv2d;
import org.laplace4j.autodiff.op.Pooling;
import org.laplace4j.autodiff.op.Window;

/** Prints a number that depends on every bit of some convolutions, pools and their gradients. */
final class ConvolutionDigest {
  private ConvolutionDigest() {}

  public static void main(String[] args) {
    System.out.println(of());
  }

  /** Enough images for several parts and sums; high images, which are cut; filters of any tile. */
  static long of() {
    long digest = 1;
    digest = 31 * digest + of(40, 1, 28, 28, 6, Window.of(5, 1, 0));
    digest = 31 * digest + of(37, 3, 15, 17, 8, Window.of(3, 2, 1));
    digest = 31 * digest + of(3, 16, 140, 34, 8, Window.of(3, 1, 0));
    return digest;
  }

  private static long of(int n, int channels, int height, int width, int out, Window window) {
    var random = new SplittableRandom(7);
    Shape images = Shape.of(n, channels, height, width);
    Tensor x = random(images, random);
    Parameter first = Parameter.of("images", x);
    Parameter w =
        Parameter.of("w", random(Shape.of(out, channels, window.height(), window.width()), random));
    Parameter b = Parameter.of("b", random(Shape.of(out), random));
    Model<Tensor> model = new Model<>() {
      @Override
      public Tensor forward(Weights at, Tensor unused) {
        Tensor y = Tensor.apply(new Conv2d(window), at.get(first), at.get(w), at.get(b))
            .relu();
        return Tensor.apply(new Pooling.Max2d(Window.of(2, 2, 0)), y);
      }

      @Override
      public Map<String, Parameter> parameters() {
        return new TreeMap<>(Map.of("images", first, "w", w, "b", b));
      }
    };
    Linearization f = Linearization.of(
        model, ParameterSpace.of(model), Weights.of(model), Tensor.zeros(Shape.of(n)));
    double[] gradient = f.pullback(random(f.output().shape(), random));
    return 31L * Arrays.hashCode(f.output().array()) + Arrays.hashCode(gradient);
  }

  private static Tensor random(Shape shape, SplittableRandom random) {
    return Tensor.adopt(shape, random.doubles(shape.size(), -1, 1).toArray());
  }
}
