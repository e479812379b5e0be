package org.laplace4j.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Linearization;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.BlockRows;
import org.laplace4j.linalg.rows.FactoredRows;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.train.MapTrainer;
import org.laplace4j.nn.train.TrainingReport;

class LoRALinearTest {
  /** Sums of a few products of numbers of order one. */
  private static final double ROUNDING = 1e-13;

  private static Linear base() {
    return Linear.of(Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6), Tensor.vector(0.5, -0.5));
  }

  private static LoRALinear adapted(Linear base) {
    LoRALinear layer = LoRALinear.of(base, 1, 2, new SplittableRandom(1));
    layer.a().set(Tensor.of(Shape.of(1, 3), 1, 0, -1));
    layer.b().set(Tensor.of(Shape.of(2, 1), 3, 1));
    return layer;
  }

  @Test
  void anAdapterThatWasNotTrainedChangesNothing() {
    Linear base = base();
    Tensor x = Tensor.of(Shape.of(2, 3), 1, -1, 2, 0, 3, 1);
    Tensor before = base.forward(Weights.of(base), x);
    LoRALinear layer = LoRALinear.of(base, 2, 4, new SplittableRandom(1));
    assertThat(layer.forward(Weights.of(layer), x).array()).isEqualTo(before.array());
    assertThat(layer.a().value().array()).doesNotContain(0);
  }

  /** x Aᵀ = 1 − 2 = −1; α/r = 2, so −2 (3, 1) is added to (1 − 2 + 6 + 0.5, 4 − 5 + 12 − 0.5). */
  @Test
  void outputsAreThoseOfTheLayerAndOfTheScaledProduct() {
    LoRALinear layer = adapted(base());
    Tensor y = layer.forward(Weights.of(layer), Tensor.of(Shape.of(1, 3), 1, -1, 2));
    assertThat(y.array()).containsExactly(5.5 - 6, 10.5 - 2);
  }

  @Test
  void onlyTheAdapterIsTrainable() {
    LoRALinear layer = adapted(base());
    assertThat(layer.parameters().keySet())
        .containsExactly("lora_A", "lora_B", "base.weight", "base.bias");
    ParameterSpace space = ParameterSpace.of(layer);
    assertThat(space.blocks().stream().map(ParameterSpace.Block::name))
        .containsExactly("lora_A", "lora_B");
    assertThat(space.size()).isEqualTo(3 + 2);
  }

  /** Both factors are weights that meet data: neither is multiplied out. */
  @Test
  void rowsAreThoseOfTheJacobianAndStayFactored() {
    LoRALinear layer = adapted(base());
    Sequential network = Sequential.of(layer, Activation.tanh());
    Tensor x = Tensor.of(Shape.of(4, 3), new SplittableRandom(2).doubles(12).toArray());
    Linearization f = Linearization.of(network, ParameterSpace.of(network), Weights.of(network), x);
    Tensor jacobian = f.jacobian(); // (4, 2, 5)
    double[] columns = new double[2 * 4 * 2];
    for (int k = 0; k < 2; k++) {
      for (int n = 0; n < 4; n++) {
        columns[(k * 4 + n) * 2 + k] = 1;
      }
    }
    BlockRows rows = (BlockRows) f.rows(Tensor.adopt(Shape.of(2, 4, 2), columns));
    Matrix expected = Matrix.of(8, 5, jacobian.array());
    assertThat(rows.dense().minus(expected).maxAbs()).isLessThan(ROUNDING);
    assertThat(rows.blocks()).allMatch(FactoredRows.class::isInstance);
  }

  @Test
  void trainingMovesTheAdapterAndKeepsTheBaseBitForBit() {
    Linear base = base();
    Tensor weight = base.weight().value();
    Tensor bias = base.bias().value();
    LoRALinear layer = LoRALinear.of(base, 1, 1, new SplittableRandom(1));
    Tensor x = Tensor.of(Shape.of(4, 3), 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1);
    Tensor y =
        base.forward(Weights.of(base), x).plus(Tensor.of(Shape.of(4, 2), 1, 2, 0, 0, 1, 2, 2, 4));
    Tensor a = layer.a().value();
    TrainingReport report = MapTrainer.of(layer, Gaussian.of(0.5))
        .epochs(200)
        .batchSize(4)
        .train(Dataset.of(x, Targets.values(y)), new SplittableRandom(3));
    assertThat(base.weight().value()).isSameAs(weight);
    assertThat(base.bias().value()).isSameAs(bias);
    assertThat(layer.a().value()).isNotEqualTo(a);
    assertThat(report.objective()).isGreaterThan(report.epochs().get(0).objective());
  }

  @Test
  void ranksThatMakeNoAdapterAreRefused() {
    assertThatThrownBy(() -> LoRALinear.of(base(), 3, 1, new SplittableRandom(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3")
        .hasMessageContaining("2");
    assertThatThrownBy(() -> LoRALinear.of(base(), 0, 1, new SplittableRandom(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }
}
