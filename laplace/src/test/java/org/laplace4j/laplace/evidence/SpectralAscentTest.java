package org.laplace4j.laplace.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Categorical;

class SpectralAscentTest {
  /** In log δ: both ascents end where the gradient, of order 10 a unit, is below 1e-5. */
  private static final double SAME = 1e-4;

  static List<Structure> structures() {
    return List.of(
        Structure.full(),
        Structure.diagonal(),
        Structure.blockDiagonal(),
        Structure.blockDiagonal(
            List.of(List.of("0.weight", "2.weight"), List.of("0.bias", "2.bias"))),
        Structure.kronecker(),
        Structure.kroneckerWithJoinedBias(),
        Structure.ekfac(),
        Structure.ekfacWithJoinedBias(),
        Structure.functional(),
        Structure.lowRank(20));
  }

  static LaplacePosterior<Categorical> posterior(Structure structure) {
    Random rng = new Random(3);
    Sequential model = Sequential.mlp(Activation.tanh(), rng, 4, 5, 3);
    Tensor x = Tensor.adopt(Shape.of(30, 4), rng.doubles(120, -2, 2).toArray());
    Targets y = Targets.labels(rng.ints(30, 0, 3).toArray());
    return Laplace.of(model, new Categorical()).structure(structure).fit(Dataset.of(x, y));
  }

  @ParameterizedTest
  @MethodSource("structures")
  void eigenvaluesEndWherePosteriorsDo(Structure structure) {
    LaplacePosterior<Categorical> before = posterior(structure);
    for (MarginalLikelihood tuner : new MarginalLikelihood[] {
      Tuner.marginalLikelihood(), Tuner.marginalLikelihood().layerwisePrior()
    }) {
      Tuned<Categorical> fast = before.tune(tuner);
      Tuned<Categorical> slow = tuner.climb(before);
      double[] slowest = slow.posterior().prior().precisions(before.space());
      double[] fastest = fast.posterior().prior().precisions(before.space());
      for (int i = 0; i < slowest.length; i++) {
        // A precision on its way to the edge is anywhere where the evidence is flat.
        if (slowest[i] < 1e4) {
          assertThat(Math.log(fastest[i])).isCloseTo(Math.log(slowest[i]), within(SAME));
        }
      }
      assertThat(fast.report().after()).isCloseTo(slow.report().after(), within(SAME));
      assertThat(fast.report().converged()).isTrue();
    }
    TuningReport one = before.tune(Tuner.marginalLikelihood()).report();
    assertThat(one.evaluations()).isLessThan(8); // 20 where every one makes a posterior
  }
}
