package org.laplace4j.propertytests;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.interop.DescribedNetwork;
import org.laplace4j.interop.LayerDescription;
import org.laplace4j.nn.Module;
import org.laplace4j.propertytests.reference.ReferenceCase;

/** The network that a case describes, with the weights that it gives. */
final class CaseNetwork {
  private CaseNetwork() {}

  /** The types of layers that cannot be made yet. */
  static Set<String> unknownLayers(ReferenceCase of) {
    return DescribedNetwork.unknownTypes(layers(of));
  }

  static Module of(ReferenceCase of) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    of.parameters()
        .forEach((name, shape) -> state.put(name, Tensor.of(Shape.of(shape), of.parameter(name))));
    return DescribedNetwork.of(layers(of), state);
  }

  private static List<LayerDescription> layers(ReferenceCase of) {
    return of.layers().stream()
        .map(layer -> new LayerDescription(layer.type(), layer.sizes()))
        .toList();
  }
}
