package org.laplace4j.propertytests;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Module;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.AvgPool2d;
import org.laplace4j.nn.layer.Conv2d;
import org.laplace4j.nn.layer.Flatten;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.layer.MaxPool2d;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.propertytests.reference.Layer;
import org.laplace4j.propertytests.reference.ReferenceCase;

/** The network that a case describes, with the weights that it gives. */
final class CaseNetwork {
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

  private CaseNetwork() {}

  /** The types of layers that cannot be made yet. */
  static Set<String> unknownLayers(ReferenceCase of) {
    Set<String> unknown = new TreeSet<>(of.layers().stream().map(Layer::type).toList());
    unknown.removeAll(LAYERS);
    return unknown;
  }

  static Module of(ReferenceCase of) {
    List<Module> modules = new ArrayList<>();
    for (int k = 0; k < of.layers().size(); k++) {
      modules.add(layer(of, k));
    }
    return Sequential.of(modules);
  }

  private static Module layer(ReferenceCase of, int k) {
    Layer layer = of.layers().get(k);
    return switch (layer.type()) {
      case "linear" -> Linear.of(parameter(of, k + ".weight"), parameter(of, k + ".bias"));
      case "conv2d" -> convolution(of, k, layer);
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
      default -> throw new IllegalArgumentException("layer " + layer.type());
    };
  }

  private static Conv2d convolution(ReferenceCase of, int k, Layer layer) {
    Tensor weight = parameter(of, k + ".weight");
    int stride = layer.size("stride", 1);
    int padding = layer.size("padding", 0);
    return of.parameters().containsKey(k + ".bias")
        ? Conv2d.of(weight, parameter(of, k + ".bias"), stride, padding)
        : Conv2d.withoutBias(weight, stride, padding);
  }

  private static Tensor parameter(ReferenceCase of, String name) {
    return Tensor.of(Shape.of(of.parameters().get(name)), of.parameter(name));
  }
}
