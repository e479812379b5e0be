package org.laplace4j.propertytests.autodiff;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.Op;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.autodiff.op.Conv2d;
import org.laplace4j.autodiff.op.Window;

/** The ways in which a model may use its parameters, one a model; (N, 3) in, (N, …, 2) out. */
enum ParameterUse {
  TIED_IN_TWO_AFFINES((w, x) -> {
    Tensor h = x.affine(w.get("square", 3, 3), w.get("a", 3)).tanh();
    return head(w, h.affine(w.get("square", 3, 3), w.get("b", 3)).tanh());
  }),
  TIED_AND_TRANSPOSED((w, x) -> {
    Tensor h = x.affine(w.get("code", 4, 3), w.get("a", 4)).tanh();
    return head(w, h.affine(w.get("code", 4, 3).transpose(), w.get("b", 3)));
  }),
  MATMUL_NOT_TRANSPOSED((w, x) -> {
    return head(w, x.matmul(w.get("in by out", 3, 3)).tanh());
  }),
  MATMUL_TRANSPOSED((w, x) -> {
    return head(w, x.matmul(false, w.get("out by in", 3, 3), true).tanh());
  }),
  MATMUL_NOT_TRANSPOSED_LAST((w, x) -> {
    return x.affine(w.get("w", 3, 3), w.get("b", 3)).tanh().matmul(w.get("in by out", 3, 2));
  }),
  MATMUL_TRANSPOSED_LAST((w, x) -> {
    Tensor h = x.affine(w.get("w", 3, 3), w.get("b", 3)).tanh();
    return h.matmul(false, w.get("out by in", 2, 3), true);
  }),
  AROUND_ELEMENTWISE_OPS((w, x) -> {
    Tensor h = x.affine(w.get("w", 3, 3), w.get("b", 3));
    Tensor bent = h.tanh().softplus().plus(h.negate().exp()).plus(h);
    Tensor again =
        bent.plus(bent.affine(w.get("again", 3, 3), w.get("c", 3)).sigmoid().square());
    return head(w, again.tanh()).plus(again.slice(1, 0, 2).tanh());
  }),
  TIED_TO_THE_LAST((w, x) -> {
    Tensor code = x.affine(w.get("head", 2, 3), w.get("b", 2)).tanh();
    return head(w, code.matmul(w.get("head", 2, 3)).tanh());
  }),
  LEFT_OF_A_PRODUCT((w, x) -> {
    Tensor mixed = w.get("left", 2, 3).matmul(positions(x)); // (2, 3) · (N, 3, 3)
    return head(w, mixed.tanh());
  }),
  SCALE_SHIFT_AND_TEMPERATURE((w, x) -> {
    Tensor h = x.times(w.get("scale", 3)).minus(w.get("shift", 1, 3)).tanh();
    return head(w, h).dividedBy(w.get("temperature").square().plus(1));
  }),
  PRODUCT_OF_TWO_ADAPTERS((w, x) -> {
    Tensor adapted = w.get("base", 3, 3).plus(w.get("b", 3, 1).matmul(w.get("a", 1, 3)));
    return head(w, x.affine(adapted, w.get("bias", 3)).tanh());
  }),
  MASKED_BY_A_CONSTANT((w, x) -> {
    Tensor kept = Tensor.of(Shape.of(3, 3), 1, 0, 1, 0, 1, 1, 0, 0, 1);
    return head(w, x.affine(w.get("sparse", 3, 3).times(kept), w.get("bias", 3).softplus()));
  }),
  SLICED_RESHAPED_AND_GATHERED((w, x) -> {
    Tensor fused = w.get("fused", 6, 3);
    Tensor h = x.affine(fused.slice(0, 0, 3), w.get("flat", 6).slice(0, 3, 6)).tanh();
    Tensor again = h.affine(fused.gather(0, 4, 5, 4), w.get("flat", 6).slice(0, 0, 3));
    return head(w, again.affine(w.get("row", 9).reshape(3, 3), w.get("c", 3)));
  }),
  CONCATENATED((w, x) -> {
    Tensor stacked = Tensor.concat(0, List.of(w.get("top", 1, 3), w.get("bottom", 2, 3)));
    return head(w, x.affine(stacked, w.get("bias", 3)).tanh());
  }),
  BROADCAST_TO_THE_BATCH((w, x) -> {
    return head(w, x).plus(w.get("offset", 2).broadcastTo(Shape.of(x.shape().dim(0), 2)));
  }),
  CONSTANT_OUTPUT((w, x) -> {
    return w.get("offset", 2).exp().broadcastTo(Shape.of(x.shape().dim(0), 2));
  }),
  UNUSED((w, x) -> {
    w.get("nowhere", 2, 3);
    w.get("scalar nowhere");
    return head(w, x);
  }),
  AT_SEVERAL_POSITIONS((w, x) -> {
    Tensor h = positions(x).affine(w.get("shared", 3, 3), w.get("bias", 3)).tanh();
    return head(w, h.matmul(w.get("again", 3, 3)).times(w.get("scale", 3, 1)));
  }),
  IN_TWO_CONVOLUTIONS((w, x) -> {
    Tensor image = positions(x).reshape(x.shape().dim(0), 1, 3, 3);
    Tensor h = convolved(image, w.get("filters", 2, 1, 2, 2), w.get("bias", 2)).tanh();
    Tensor again = convolved(h, w.get("more filters", 2, 2, 2, 2), w.get("bias", 2));
    return head(w, again.reshape(x.shape().dim(0), 2 * 9));
  }),
  IN_AN_OP_OF_A_USER((w, x) -> {
    Tensor bent = Tensor.apply(new Bend(), x, w.get("bend", 3));
    return head(
        w,
        Tensor.apply(new Bend(), bent.affine(w.get("w", 3, 3), w.get("b", 3)), w.get("bend", 3)));
  });

  private static final int FEATURES = 3;

  private final BiFunction<Values, Tensor, Tensor> output;

  ParameterUse(BiFunction<Values, Tensor, Tensor> output) {
    this.output = output;
  }

  /** A user's op with nothing but its rules: y = x + p x², p one number a feature. */
  record Bend() implements Op {
    @Override
    public Tensor forward(List<Tensor> in) {
      return in.get(0).plus(in.get(0).square().times(in.get(1)));
    }

    @Override
    public Tensor jvp(int i, List<Tensor> in, Tensor y, Tensor dot) {
      return i == 0 ? dot.times(slope(in)) : in.get(0).square().times(dot);
    }

    @Override
    public Tensor vjp(int i, List<Tensor> in, Tensor y, Tensor bar) {
      return i == 0 ? bar.times(slope(in)) : bar.times(in.get(0).square()).sum(false, 0);
    }

    private static Tensor slope(List<Tensor> in) {
      return in.get(0).times(in.get(1)).times(2).plus(1);
    }
  }

  /** A last layer to two outputs, so that every use has something above it. */
  private static Tensor head(Values w, Tensor h) {
    return h.affine(w.get("head", 2, h.shape().dim(-1)), w.get("head bias", 2));
  }

  /** (N, D) → (N, 3, D), the positions being x, tanh x and x². */
  private static Tensor positions(Tensor x) {
    int n = x.shape().dim(0);
    int d = x.shape().dim(1);
    Tensor a = x.reshape(n, 1, d);
    return Tensor.concat(1, List.of(a, a.tanh(), a.square()));
  }

  /** 3 × 3 pixels stay 3 × 3. */
  private static Tensor convolved(Tensor images, Tensor filters, Tensor bias) {
    Tensor padded = images.pad(2, 1, 0).pad(3, 0, 1);
    return Tensor.apply(new Conv2d(Window.of(2, 1, 0)), padded, filters, bias);
  }

  /** The parameters of a model by name, made at their first use. */
  interface Values {
    Tensor get(String name, int... shape);
  }

  /** The model of this use, its parameters drawn at random. */
  Model<Tensor> model(Random random) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    Values drawn = (name, shape) -> parameters
        .computeIfAbsent(name, n -> Parameter.of(n, Tensors.signed(Shape.of(shape), random)))
        .value();
    Tensor unused = output.apply(drawn, inputs(1, random)); // draws the parameters
    return new Model<>() {
      @Override
      public Tensor forward(Weights at, Tensor x) {
        return output.apply((name, shape) -> at.get(parameters.get(name)), x);
      }

      @Override
      public Map<String, Parameter> parameters() {
        return parameters;
      }
    };
  }

  /** N examples. */
  Tensor inputs(int n, Random random) {
    return Tensors.signed(Shape.of(n, FEATURES), random);
  }
}
