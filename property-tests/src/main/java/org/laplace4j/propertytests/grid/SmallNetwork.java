package org.laplace4j.propertytests.grid;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.Module;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.layer.LoRALinear;
import org.laplace4j.nn.layer.Sequential;

/**
 * 3 inputs, 5 units of tanh, C outputs: at most 38 weights, or 24 in adapters of ranks 2 and 1.
 *
 * @param model the network
 * @param inputs what each trainable parameter is multiplied with, (N, columns); ones for a bias
 */
record SmallNetwork(Module model, Map<Parameter, Matrix> inputs) {

  static SmallNetwork of(int outputs, boolean adapters, Tensor x) {
    SplittableRandom rng = new SplittableRandom(outputs);
    Linear first = Linear.random(3, 5, rng);
    Linear second = Linear.random(5, outputs, rng);
    Map<Parameter, Matrix> inputs = new LinkedHashMap<>();
    if (adapters) {
      LoRALinear low = adapted(first, 2, rng, x, inputs);
      Tensor h = low.forward(Weights.of(low), x).tanh();
      return new SmallNetwork(
          Sequential.of(low, Activation.tanh(), adapted(second, 1, rng, h, inputs)), inputs);
    }
    note(first, x, inputs);
    note(second, first.forward(Weights.of(first), x).tanh(), inputs);
    return new SmallNetwork(Sequential.of(first, Activation.tanh(), second), inputs);
  }

  private static void note(Linear layer, Tensor x, Map<Parameter, Matrix> inputs) {
    double[] ones = new double[x.shape().dim(0)];
    java.util.Arrays.fill(ones, 1);
    inputs.put(layer.weight(), x.matrix());
    inputs.put(layer.bias(), Matrix.of(ones.length, 1, ones));
  }

  /** An adapter as training leaves it: B is not zero. */
  private static LoRALinear adapted(
      Linear base, int rank, SplittableRandom rng, Tensor x, Map<Parameter, Matrix> inputs) {
    LoRALinear layer = LoRALinear.of(base, rank, 1.5, rng);
    double[] values = new double[layer.b().shape().size()];
    java.util.Arrays.setAll(values, i -> rng.nextGaussian());
    layer.b().set(Tensor.adopt(layer.b().shape(), values));
    inputs.put(layer.a(), x.matrix());
    inputs.put(
        layer.b(), x.matmul(false, layer.a().value(), true).times(1.5 / rank).matrix());
    return layer;
  }
}
