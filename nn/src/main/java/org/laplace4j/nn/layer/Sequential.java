package org.laplace4j.nn.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.nn.Module;

/**
 * y = f_{L−1}(… f₁(f₀(x))): modules one after the other. The children are named "0", "1", … as in
 * PyTorch's {@code nn.Sequential}, so parameters are called {@code 0.weight}, {@code 2.bias} and so
 * on.
 */
public final class Sequential implements Module {
  private final List<Module> modules;
  private final List<Module> evaluated;

  private Sequential(List<Module> modules) {
    this.modules = modules;
    this.evaluated = inOrderOfEvaluation(modules);
  }

  /**
   * A pool of maxima comes before an activation that keeps the order of numbers: max(relu x) is
   * relu(max x), of a quarter of the numbers where the window is 2 × 2.
   */
  private static List<Module> inOrderOfEvaluation(List<Module> modules) {
    List<Module> order = new ArrayList<>(modules);
    for (int i = 1; i < order.size(); i++) {
      if (order.get(i) instanceof MaxPool2d
          && order.get(i - 1) instanceof Activation before
          && before.keepsOrder()) {
        Collections.swap(order, i - 1, i);
      }
    }
    return order;
  }

  /** The modules in the order in which they are applied; none at all make the identity. */
  public static Sequential of(Module... modules) {
    return of(Arrays.asList(modules));
  }

  /** The modules in the order in which they are applied; none at all make the identity. */
  public static Sequential of(List<? extends Module> modules) {
    return new Sequential(List.copyOf(modules));
  }

  /**
   * A multilayer perceptron: linear layers between the given widths, the activation after each but
   * the last.
   *
   * <p>{@code mlp(Activation.tanh(), rng, 64, 32, 10)} is linear 64 → 32, tanh, linear 32 → 10.
   *
   * @param activation what comes between two linear layers
   * @param rng draws the weights as {@link Linear#random(int, int, RandomGenerator)} does, first
   *     layer first
   * @param widths the numbers of inputs, of the units of each hidden layer, and of outputs
   */
  public static Sequential mlp(Activation activation, RandomGenerator rng, int... widths) {
    if (widths.length < 2) {
      throw new IllegalArgumentException(
          "Sequential.mlp: at least 2 widths are needed, of the inputs and of the outputs, got "
              + Arrays.toString(widths) + ".");
    }
    List<Module> modules = new ArrayList<>();
    for (int i = 1; i < widths.length; i++) {
      if (i > 1) {
        modules.add(activation);
      }
      modules.add(Linear.random(widths[i - 1], widths[i], rng));
    }
    return of(modules);
  }

  @Override
  public Map<String, Module> children() {
    Map<String, Module> named = new LinkedHashMap<>();
    modules.forEach(module -> named.put(String.valueOf(named.size()), module));
    return named;
  }

  @Override
  public Tensor forward(Weights at, Tensor x) {
    Tensor y = x;
    for (Module module : evaluated) {
      y = module.forward(at, y);
    }
    return y;
  }

  /** For example {@code [Linear 4 → 8, tanh, Linear 8 → 3]}. */
  @Override
  public String toString() {
    return modules.toString();
  }
}
