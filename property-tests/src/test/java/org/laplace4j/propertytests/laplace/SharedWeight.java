package org.laplace4j.propertytests.laplace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.nn.Module;
import org.laplace4j.propertytests.linalg.Draws;

/** A hidden layer that uses its weight W as no dense layer does, and a head behind it. */
record SharedWeight(Use use, Parameter w, Parameter b, WatchedLinear head) implements Module {

  /** What becomes of W. */
  enum Use {
    /** tanh(x Wᵀ + b) W: there and back. */
    TIED {
      @Override
      Tensor hidden(Tensor x, Tensor w, Tensor b) {
        return x.affine(w, b).tanh().matmul(w);
      }
    },
    /** tanh(tanh(x Wᵀ + b) Wᵀ + b): the same layer twice. */
    TWICE {
      @Override
      Tensor hidden(Tensor x, Tensor w, Tensor b) {
        return x.affine(w, b).tanh().affine(w, b).tanh();
      }

      @Override
      Optional<Tensor> apart(Tensor x, UnaryOperator<Tensor> first, UnaryOperator<Tensor> second) {
        return Optional.of(second.apply(first.apply(x).tanh()).tanh());
      }
    },
    /** tanh(x Wᵀ + b) + tanh(x² Wᵀ + b): the same layer at two positions. */
    AT_TWO_POSITIONS {
      @Override
      Tensor hidden(Tensor x, Tensor w, Tensor b) {
        Tensor one = x.reshape(x.shape().dim(0), 1, x.shape().dim(1));
        return Tensor.concat(1, List.of(one, one.square())).affine(w, b).tanh().sum(false, 1);
      }

      @Override
      Optional<Tensor> apart(Tensor x, UnaryOperator<Tensor> first, UnaryOperator<Tensor> second) {
        return Optional.of(first.apply(x).tanh().plus(second.apply(x.square()).tanh()));
      }
    },
    /** tanh(x W + b): the dense layer of a weight that was first transposed. */
    TRANSPOSED {
      @Override
      Tensor hidden(Tensor x, Tensor w, Tensor b) {
        return x.affine(w.transpose(), b).tanh();
      }
    };

    abstract Tensor hidden(Tensor x, Tensor w, Tensor b);

    /** The same with a layer of its own for each use, where each use is that of a dense layer. */
    Optional<Tensor> apart(Tensor x, UnaryOperator<Tensor> first, UnaryOperator<Tensor> second) {
      return Optional.empty();
    }
  }

  /** With as many hidden units as inputs, so that each use of W fits. */
  static SharedWeight random(Use use, int in, int out, RandomGenerator rng) {
    Tensor w = Tensor.adopt(Shape.of(in, in), Draws.normal(in * in, rng));
    Tensor b = Tensor.adopt(Shape.of(in), Draws.normal(in, rng));
    return new SharedWeight(
        use, Parameter.of("w", w), Parameter.of("b", b), WatchedLinear.random(in, out, rng));
  }

  /** The same network with a layer of its own for each use of W, where that can be. */
  Optional<Network> apart() {
    WatchedLinear first = WatchedLinear.of(w.value(), b.value());
    WatchedLinear second = WatchedLinear.of(w.value(), b.value());
    if (use.apart(Tensor.zeros(Shape.of(1, w.shape().dim(1))), x -> x, x -> x).isEmpty()) {
      return Optional.empty();
    }
    Module module = new Module() {
      @Override
      public Map<String, Module> children() {
        return Map.of("first", first, "second", second, "head", head);
      }

      @Override
      public Tensor forward(Weights at, Tensor x) {
        return head.forward(
            at,
            use.apart(x, y -> first.forward(at, y), y -> second.forward(at, y)).orElseThrow());
      }
    };
    return Optional.of(new Network(module, List.of(first, second)));
  }

  @Override
  public Map<String, Parameter> ownParameters() {
    Map<String, Parameter> own = new LinkedHashMap<>();
    own.put("w", w);
    own.put("b", b);
    return own;
  }

  @Override
  public Map<String, Module> children() {
    return Map.of("head", head);
  }

  @Override
  public Tensor forward(Weights at, Tensor x) {
    return head.forward(at, use.hidden(x, at.get(w), at.get(b)));
  }

  @Override
  public String toString() {
    return use + " weight " + w.shape() + ", " + head;
  }
}
