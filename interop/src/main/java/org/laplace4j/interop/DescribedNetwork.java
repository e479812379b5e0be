package org.laplace4j.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Module;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.AvgPool2d;
import org.laplace4j.nn.layer.Conv2d;
import org.laplace4j.nn.layer.Flatten;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.layer.MaxPool2d;
import org.laplace4j.nn.layer.Sequential;

/**
 * The network that a list of layers describes, with weights by name: those of layer k are called
 * {@code k.weight} and {@code k.bias}, as in PyTorch's {@code nn.Sequential}.
 */
public final class DescribedNetwork {
  private static final Set<String> LAYERS = Set.of(
      "linear",
      "conv2d",
      "maxpool2d",
      "avgpool2d",
      "tanh",
      "relu",
      "sigmoid",
      "softplus",
      "gelu",
      "flatten");

  private DescribedNetwork() {}

  /** The types among the layers' that {@link #of} does not know, in order. */
  public static Set<String> unknownTypes(List<LayerDescription> layers) {
    Set<String> unknown =
        new TreeSet<>(layers.stream().map(LayerDescription::type).toList());
    unknown.removeAll(LAYERS);
    return unknown;
  }

  /**
   * The network.
   *
   * @param state the tensors by name; others than the layers' are left
   * @throws IllegalArgumentException if a type is not known, or a size or tensor that it needs is
   *     missing or does not fit
   */
  public static Module of(List<LayerDescription> layers, Map<String, Tensor> state) {
    List<Module> modules = new ArrayList<>();
    for (int k = 0; k < layers.size(); k++) {
      modules.add(layer(layers.get(k), k, state));
    }
    return Sequential.of(modules);
  }

  private static Module layer(LayerDescription layer, int k, Map<String, Tensor> state) {
    return switch (layer.type()) {
      case "linear" -> Linear.of(parameter(state, k + ".weight"), parameter(state, k + ".bias"));
      case "conv2d" -> convolution(layer, k, state);
      case "maxpool2d" ->
        MaxPool2d.of(layer.size("kernel"), layer.size("stride"), layer.size("padding", 0));
      case "avgpool2d" ->
        AvgPool2d.of(layer.size("kernel"), layer.size("stride"), layer.size("padding", 0));
      case "tanh" -> Activation.tanh();
      case "relu" -> Activation.relu();
      case "sigmoid" -> Activation.sigmoid();
      case "softplus" -> Activation.softplus();
      case "gelu" -> Activation.gelu();
      case "flatten" -> new Flatten();
      default ->
        throw new IllegalArgumentException("DescribedNetwork: layer " + k + " is of type '"
            + layer.type() + "'; the types known are " + new TreeSet<>(LAYERS));
    };
  }

  private static Conv2d convolution(LayerDescription layer, int k, Map<String, Tensor> state) {
    Tensor weight = parameter(state, k + ".weight");
    int stride = layer.size("stride", 1);
    int padding = layer.size("padding", 0);
    return state.containsKey(k + ".bias")
        ? Conv2d.of(weight, parameter(state, k + ".bias"), stride, padding)
        : Conv2d.withoutBias(weight, stride, padding);
  }

  private static Tensor parameter(Map<String, Tensor> state, String name) {
    Tensor value = state.get(name);
    if (value == null) {
      throw new IllegalArgumentException("DescribedNetwork: the layers require '" + name
          + "'; among the tensors are " + new TreeSet<>(state.keySet()));
    }
    return value;
  }
}
