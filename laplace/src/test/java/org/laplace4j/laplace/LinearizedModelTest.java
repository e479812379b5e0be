package org.laplace4j.laplace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.nn.Module;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.layer.Sequential;

class LinearizedModelTest {

  @Test
  void rowsAreTheDerivativesOfEachOutput() {
    Linear model = TwoWeights.model();
    LinearizedModel linearized = linearized(model);
    assertThat(linearized.outputs(TwoWeights.column(3, 4)).array()).containsExactly(3, 4);
    List<double[]> rows =
        linearized.chunked(TwoWeights.column(3, 4), (f, j) -> j.dense().array());
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0)).containsExactly(3, 1, 4, 1);
  }

  /** 140,000 hidden units, before and after tanh: seven times as many are 2²¹ at most. */
  @Test
  void aWideNetworkIsEvaluatedInChunksWithTheSameBits() {
    SplittableRandom rng = new SplittableRandom(1);
    Linear head = Linear.random(140_000, 1, rng);
    Module model = Sequential.of(Linear.random(1, 140_000, rng), Activation.tanh(), head);
    LinearizedModel linearized = new LinearizedModel(
        model, ParameterSpace.of(model, WeightMask.all(List.of(head.bias()))), Weights.of(model));
    Tensor x = TwoWeights.column(rng.doubles(40).toArray());
    List<Tensor> parts = linearized.chunked(x, (f, j) -> f);
    assertThat(parts.stream().map(f -> f.shape().dim(0))).containsExactly(7, 7, 7, 7, 7, 5);
    assertThat(Tensor.concat(0, parts).array()).isEqualTo(linearized.outputs(x).array());
  }

  private static LinearizedModel linearized(Linear model) {
    return new LinearizedModel(model, ParameterSpace.of(model), Weights.of(model));
  }

  @Test
  void partsAreOfAboutTheSameSizeAndNoLargerThanTheMost() {
    assertThat(LinearizedModel.evenly(256, 184)).isEqualTo(128);
    assertThat(LinearizedModel.evenly(7, 3)).isEqualTo(3);
    assertThat(LinearizedModel.evenly(9, 4)).isEqualTo(3);
    assertThat(LinearizedModel.evenly(5, 10)).isEqualTo(5);
    assertThat(LinearizedModel.evenly(5, 1)).isEqualTo(1);
  }
}
