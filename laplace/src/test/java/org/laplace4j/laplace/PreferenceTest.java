package org.laplace4j.laplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.predict.OutputDistribution;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.layer.OfEach;
import org.laplace4j.nn.likelihood.Bernoulli;
import org.laplace4j.nn.likelihood.BradleyTerry;

/**
 * Preferences with a linear reward r = w x are a logistic regression on the difference of items.
 */
class PreferenceTest {
  private static final double ROUNDING = 1e-14;

  private static final Tensor FIRST = Tensor.of(Shape.of(3, 2), 1, 0, 2, -1, 0.5, 1);
  private static final Tensor SECOND = Tensor.of(Shape.of(3, 2), 0, 1, 1, 1, -1, 2);
  private static final Targets PREFERRED = Targets.labels(0, 1, 1);

  private static Linear reward() {
    return Linear.of(Tensor.of(Shape.of(1, 2), 0.7, -0.3), Tensor.vector(0));
  }

  private static Tensor items(Tensor x) {
    return x.reshape(x.shape().dim(0), 1, 2);
  }

  private static LaplacePosterior<BradleyTerry> preferences() {
    Tensor pairs = Tensor.concat(1, List.of(items(FIRST), items(SECOND)));
    return Laplace.of(new OfEach(reward()), new BradleyTerry())
        .structure(Structure.full())
        .fit(Dataset.of(pairs, PREFERRED));
  }

  @Test
  void curvatureIsThatOfLogisticRegressionOnDifferences() {
    LaplacePosterior<Bernoulli> logistic = Laplace.of(reward(), new Bernoulli())
        .over(WeightSubset.named("weight"))
        .structure(Structure.full())
        .fit(Dataset.of(SECOND.minus(FIRST), PREFERRED));
    double[] h = logistic.curvature().toDense().array();
    // The bias is the same in both rewards: no pair says anything of it.
    assertThat(preferences().curvature().toDense().array())
        .containsExactly(new double[] {h[0], h[1], 0, h[2], h[3], 0, 0, 0, 0}, within(ROUNDING));
    assertThat(preferences().dataFit().logLikelihood())
        .isCloseTo(logistic.dataFit().logLikelihood(), within(ROUNDING));
  }

  @Test
  void theSamePosteriorPredictsRewardsOfSingleItems() {
    LaplacePosterior<BradleyTerry> posterior = preferences();
    OutputDistribution rewards = posterior.predict(items(FIRST), Predictive.outputs());
    assertThat(rewards.mean().array())
        .containsExactly(new double[] {0.7, 1.7, 0.05}, within(ROUNDING));
    Tensor rows = Tensor.concat(1, List.of(FIRST, Tensor.ones(Shape.of(3, 1))));
    for (int n = 0; n < 3; n++) {
      double[] row = rows.slice(0, n, n + 1).array();
      double variance = 0;
      double[] solved = posterior.precision().solve(row);
      for (int i = 0; i < 3; i++) {
        variance += row[i] * solved[i];
      }
      assertThat(rewards.variances().get(n, 0)).isCloseTo(variance, within(ROUNDING));
    }
  }
}
