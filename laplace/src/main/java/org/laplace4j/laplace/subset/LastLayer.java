package org.laplace4j.laplace.subset;

import java.util.Map;
import java.util.Optional;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Module;

/**
 * The parameters that the last module with any holds itself: a weight and a bias, usually. Only a
 * mask.
 */
record LastLayer() implements WeightSubset {

  @Override
  public WeightMask select(Model<Tensor> model, Dataset data) {
    if (!(model instanceof Module network)) {
      throw new IllegalArgumentException(
          "WeightSubset.lastLayer: the model is a "
              + model.getClass().getSimpleName()
              + ", which has no layers; make it a Module, or name the parameters with WeightSubset.named.");
    }
    Map<String, Parameter> last = lastWithParameters(network)
        .orElseThrow(() -> new IllegalArgumentException(
            "WeightSubset.lastLayer: no layer of the model has parameters."));
    return WeightMask.all(last.values());
  }

  private static Optional<Map<String, Parameter>> lastWithParameters(Module module) {
    Optional<Map<String, Parameter>> last =
        module.ownParameters().isEmpty() ? Optional.empty() : Optional.of(module.ownParameters());
    for (Module child : module.children().values()) {
      Optional<Map<String, Parameter>> earlier = last;
      last = lastWithParameters(child).or(() -> earlier);
    }
    return last;
  }
}
