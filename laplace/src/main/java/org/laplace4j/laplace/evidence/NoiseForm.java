package org.laplace4j.laplace.evidence;

import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.NoisePerOutput;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Prior;

/** Which noises of a regression are tuned: one for all outputs, or one an output. */
interface NoiseForm {

  /** The noises before tuning. */
  double[] sigma();

  /** The posterior under other noises and another prior. */
  LaplacePosterior<Gaussian> at(double[] sigma, Prior prior);

  /** Of the evidence of such a posterior in each log σ. */
  double[] gradient(LaplacePosterior<Gaussian> at);

  /** How fast that falls along each. */
  double[] concavity(LaplacePosterior<Gaussian> at);

  /** One σ. */
  static NoiseForm shared(LaplacePosterior<Gaussian> posterior) {
    return new NoiseForm() {
      @Override
      public double[] sigma() {
        return new double[] {posterior.likelihood().sigma()[0]};
      }

      @Override
      public LaplacePosterior<Gaussian> at(double[] sigma, Prior prior) {
        return LaplacePosterior.withNoise(posterior, sigma[0], prior);
      }

      @Override
      public double[] gradient(LaplacePosterior<Gaussian> at) {
        return new double[] {EvidenceGradient.byLogNoise(at)};
      }

      @Override
      public double[] concavity(LaplacePosterior<Gaussian> at) {
        return new double[] {Arrays.sum(EvidenceGradient.concavityByLogNoise(at))};
      }
    };
  }

  /** σ (C), by passes over the data of the fit. */
  static NoiseForm perOutput(LaplacePosterior<Gaussian> posterior, Dataset data) {
    NoisePerOutput noise = NoisePerOutput.of(posterior, data);
    return new NoiseForm() {
      @Override
      public double[] sigma() {
        return noise.sigma();
      }

      @Override
      public LaplacePosterior<Gaussian> at(double[] sigma, Prior prior) {
        return noise.at(sigma, prior);
      }

      @Override
      public double[] gradient(LaplacePosterior<Gaussian> at) {
        return EvidenceGradient.byLogNoises(at, noise);
      }

      @Override
      public double[] concavity(LaplacePosterior<Gaussian> at) {
        return EvidenceGradient.concavityByLogNoise(at);
      }
    };
  }
}
