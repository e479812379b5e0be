package org.laplace4j.propertytests.laplace;

import java.util.LinkedHashMap;
import java.util.Map;
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
    },
    /** tanh(x W + b): the dense layer of a weight that was first transposed. */
    TRANSPOSED {
      @Override
      Tensor hidden(Tensor x, Tensor w, Tensor b) {
        return x.affine(w.transpose(), b).tanh();
      }
    };

    abstract Tensor hidden(Tensor x, Tensor w, Tensor b);
  }

  /** With as many hidden units as inputs, so that each use of W fits. */
  static SharedWeight random(Use use, int in, int out, RandomGenerator rng) {
    Tensor w = Tensor.adopt(Shape.of(in, in), Draws.normal(in * in, rng));
    Tensor b = Tensor.adopt(Shape.of(in), Draws.normal(in, rng));
    return new SharedWeight(
        use, Parameter.of("w", w), Parameter.of("b", b), WatchedLinear.random(in, out, rng));
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
