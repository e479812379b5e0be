package org.laplace4j.laplace.online;

import java.util.LinkedHashMap;
import java.util.Map;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.laplace.LaplacePosterior;

/**
 * What is mutable of a model.
 *
 * @param weights the values
 * @param trainable which elements are not frozen
 */
record ModelState(Weights weights, WeightMask trainable) {

  /** As a model is now. */
  static ModelState of(Model<?> model) {
    return new ModelState(
        Weights.of(model), WeightMask.trainable(model.parameters().values()));
  }

  /** As the model was when a posterior over all its trainable elements was made. */
  static ModelState of(LaplacePosterior<?> posterior) {
    Map<Parameter, ElementMask> trainable = new LinkedHashMap<>();
    posterior.space().blocks().forEach(block -> trainable.put(block.parameter(), block.mask()));
    return new ModelState(posterior.model().thetaStar(), WeightMask.of(trainable));
  }

  /** The same, but for some elements, which are at their prior mean and frozen there. */
  static ModelState without(WeightMask pruned, LaplacePosterior<?> posterior) {
    ParameterSpace space = posterior.space();
    double[] theta = posterior.mean();
    double[] mu = posterior.prior().mean(space);
    for (ParameterSpace.Block block : space.blocks()) {
      int i = block.offset();
      for (int element : block.mask().indices()) {
        theta[i] = pruned.get(block.parameter()).contains(element) ? mu[i] : theta[i];
        i++;
      }
    }
    ModelState before = of(posterior);
    return new ModelState(
        space.scatter(theta, before.weights), before.trainable.intersection(pruned.complement()));
  }

  /** Writes it into the model. */
  void store(Model<?> model) {
    weights.store();
    for (Parameter parameter : model.parameters().values()) {
      parameter.setTrainable(trainable.get(parameter));
    }
  }
}
