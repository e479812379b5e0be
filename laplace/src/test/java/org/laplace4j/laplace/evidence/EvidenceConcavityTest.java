package org.laplace4j.laplace.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Prior;

class EvidenceConcavityTest {
  private static final double STEP = 1e-5;

  /** Central differences are off by about STEP² and by rounding over STEP. */
  private static final double DIFFERENCES = 1e-8;

  private static final double[] LOG_PRECISIONS = {0.3, -1.2, 0.7};

  @Test
  void concavityIsHowFastTheGradientFalls() {
    LaplacePosterior<Gaussian> posterior = posterior();
    double[] concavity = EvidenceGradient.concavityByLogPrecision(at(posterior, LOG_PRECISIONS));
    for (int i = 0; i < concavity.length; i++) {
      double rise = gradient(posterior, i, STEP)[i] - gradient(posterior, i, -STEP)[i];
      assertThat(concavity[i]).isCloseTo(-rise / (2 * STEP), within(DIFFERENCES));
    }
  }

  private static double[] gradient(LaplacePosterior<Gaussian> posterior, int i, double step) {
    double[] logs = LOG_PRECISIONS.clone();
    logs[i] += step;
    return EvidenceGradient.byLogPrecision(at(posterior, logs));
  }

  private static LaplacePosterior<Gaussian> at(
      LaplacePosterior<Gaussian> posterior, double[] logPrecisions) {
    double[] precisions = Arrays.stream(logPrecisions).map(Math::exp).toArray();
    return posterior.withPrior(Prior.diagonal(precisions));
  }

  private static LaplacePosterior<Gaussian> posterior() {
    Linear line = Linear.of(
        Tensor.of(Shape.of(1, 2), new double[] {0.8, -0.3}),
        Tensor.of(Shape.of(1), new double[] {0.1}));
    Tensor x = Tensor.of(Shape.of(4, 2), new double[] {1, 0.5, -0.3, 2, 0.7, -1, 0.2, 0.4});
    Tensor y = Tensor.of(Shape.of(4, 1), new double[] {0.6, -0.9, 1.1, 0.2});
    return Laplace.of(line, Gaussian.of(0.5))
        .structure(Structure.full())
        .fit(Dataset.of(x, Targets.values(y)));
  }
}
