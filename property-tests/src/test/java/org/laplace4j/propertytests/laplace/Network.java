package org.laplace4j.propertytests.laplace;

import java.util.List;
import java.util.Optional;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.nn.Module;

/**
 * A network, and those of its layers whose weight is used once, as W x + b: these have Kronecker
 * factors. Every other parameter is kept exactly.
 */
record Network(Module module, List<WatchedLinear> layers) {

  Network {
    layers = List.copyOf(layers);
  }

  /** The layer that a parameter is the weight of. */
  Optional<WatchedLinear> layerOf(Parameter parameter) {
    return layers.stream().filter(layer -> layer.weight() == parameter).findFirst();
  }

  @Override
  public String toString() {
    return module.toString();
  }
}
