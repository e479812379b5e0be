package org.laplace4j.laplace.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.WeightSamples;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Categorical;

class SampledNetworksTest {
  private static final Sequential NETWORK =
      Sequential.mlp(Activation.tanh(), new SplittableRandom(1), 3, 20, 7, 4);

  private static Tensor inputs(int count) {
    return Tensor.of(
        Shape.of(count, 3), new SplittableRandom(2).doubles(3L * count, -2, 2).toArray());
  }

  /** Inputs one at a time, some at a time and all together, over all weights and a last layer. */
  @Test
  void outputsAreThoseOfTheModelAtEachDrawHoweverInputsAreParted() {
    Dataset data = Dataset.of(inputs(5), Targets.labels(0, 1, 2, 3, 0));
    Tensor x = inputs(33);
    for (WeightSubset subset : List.of(WeightSubset.all(), WeightSubset.lastLayer())) {
      LaplacePosterior<Categorical> posterior =
          Laplace.of(NETWORK, new Categorical()).over(subset).fit(data);
      WeightSamples draws = posterior.samples(70, new SplittableRandom(5));
      for (int part : new int[] {1, 300, 1 << 20}) {
        List<Tensor> outputs = new ArrayList<>();
        new SampledNetworks(70, 5, part)
            .forEach(posterior, x, UnaryOperator.identity(), outputs::add);
        assertThat(outputs).hasSize(70);
        for (int s = 0; s < 70; s++) {
          Tensor expected = posterior.model().model().forward(draws.weights(s), x);
          assertThat(outputs.get(s).shape()).isEqualTo(expected.shape());
          assertThat(outputs.get(s).array()).isEqualTo(expected.array());
        }
      }
    }
  }
}
