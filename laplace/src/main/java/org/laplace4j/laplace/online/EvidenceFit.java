package org.laplace4j.laplace.online;

import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.curvature.CurvatureSource;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Prior;

/** How a posterior is made of the weights that a model has now, again and again. */
record EvidenceFit(Model<Tensor> model, Structure structure, CurvatureSource source, Dataset data) {

  /** Over all trainable elements. */
  <L extends Likelihood> LaplacePosterior<L> posterior(
      L likelihood, Prior prior, double temperature) {
    return Laplace.of(model, likelihood)
        .structure(structure)
        .curvature(source)
        .temperature(temperature)
        .prior(prior)
        .fit(data);
  }

  /**
   * The prior to train with for the mode of that posterior: log p(D | θ)/T + log p(θ) has its
   * maximum where log p(D | θ) + T log p(θ) has it.
   */
  Prior forTraining(Prior prior, double temperature) {
    ParameterSpace space = ParameterSpace.of(model);
    double[] precisions = Arrays.scale(prior.precisions(space), temperature);
    return temperature == 1 ? prior : Prior.diagonal(precisions).around(prior.mean(space));
  }
}
