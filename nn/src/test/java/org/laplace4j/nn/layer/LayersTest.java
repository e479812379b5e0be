package org.laplace4j.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Linearization;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.nn.Initializer;
import org.laplace4j.nn.Module;

class LayersTest {
  /** A few roundings of numbers of size 1. */
  private static final double ROUNDING = 1e-14;

  private static Linear linear(double weight, double bias) {
    return Linear.of(Tensor.of(Shape.of(1, 1), weight), Tensor.vector(bias));
  }

  private static double[] output(Module module, Tensor x) {
    return module.forward(Weights.of(module), x).array();
  }

  private static Tensor column(double... values) {
    return Tensor.of(Shape.of(values.length, 1), values);
  }

  /** (1, 2) · (3, 4) + 5 = 16 and (1, 2) · (6, 7) + 8 = 28. */
  @Test
  void linearMultipliesByTheTransposedWeightAndAddsTheBias() {
    Linear layer = Linear.of(Tensor.of(Shape.of(2, 2), 3, 4, 6, 7), Tensor.vector(5, 8));
    assertThat(output(layer, Tensor.of(Shape.of(1, 2), 1, 2))).containsExactly(16, 28);
  }

  @Test
  void linearRejectsShapesThatDoNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Linear.of(Tensor.zeros(Shape.of(3, 2)), Tensor.zeros(Shape.of(2))))
        .withMessageContaining("(3, 2)")
        .withMessageContaining("(2)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Linear.random(0, 4, new SplittableRandom(1)))
        .withMessageContaining("0 and 4");
    Initializer wrong = (shape, in, out, rng) -> Tensor.zeros(Shape.of(1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Linear.random(2, 3, wrong, new SplittableRandom(1)))
        .withMessageContaining("(1, 1)");
  }

  @Test
  void activationsHaveTheirValues() {
    Tensor x = column(-1, 0, 2);
    assertThat(output(Activation.relu(), x)).containsExactly(0, 0, 2);
    assertThat(output(Activation.tanh(), x))
        .containsExactly(new double[] {Math.tanh(-1), 0, Math.tanh(2)}, within(ROUNDING));
    assertThat(output(Activation.sigmoid(), x))
        .containsExactly(
            new double[] {1 / (1 + Math.E), 0.5, 1 / (1 + Math.exp(-2))}, within(ROUNDING));
    assertThat(output(Activation.softplus(), x))
        .containsExactly(
            new double[] {Math.log1p(Math.exp(-1)), Math.log(2), Math.log1p(Math.exp(2))},
            within(ROUNDING));
    // −Φ(−1) and 2 Φ(2), Φ from tables to 16 digits.
    assertThat(output(Activation.gelu(), x))
        .containsExactly(
            new double[] {-0.15865525393145705, 0, 2 * 0.9772498680518208}, within(ROUNDING));
  }

  @Test
  void anActivationOfOnesOwnIsAnActivation() {
    Activation swish = Activation.of("swish", x -> x.times(x.sigmoid()));
    assertThat(output(swish, column(0, 1))[1]).isCloseTo(1 / (1 + Math.exp(-1)), within(ROUNDING));
    assertThat(swish).hasToString("swish");
    assertThat(swish.parameters()).isEmpty();
  }

  /** 3 (2x + 1) − 2 of x = 1 is 7; relu of its negative is 0. */
  @Test
  void sequentialAppliesItsModulesInOrder() {
    Sequential net = Sequential.of(linear(2, 1), linear(3, -2));
    assertThat(output(net, column(1))).containsExactly(7);
    assertThat(output(Sequential.of(net, linear(-1, 0), Activation.relu()), column(1)))
        .containsExactly(0);
  }

  @Test
  void sequentialNamesItsParametersAsPyTorchDoes() {
    Sequential net = Sequential.of(
        linear(1, 0), Activation.tanh(), Sequential.of(Activation.relu(), linear(1, 0)));
    assertThat(net.parameters().keySet())
        .containsExactly("0.weight", "0.bias", "2.1.weight", "2.1.bias");
    assertThat(net.children().keySet()).containsExactly("0", "1", "2");
  }

  @Test
  void anEmptySequentialIsTheIdentity() {
    assertThat(output(Sequential.of(), column(3, 4))).containsExactly(3, 4);
  }

  @Test
  void mlpPutsAnActivationAfterEachLayerButTheLast() {
    Sequential net = Sequential.mlp(Activation.relu(), new SplittableRandom(1), 4, 8, 3, 2);
    assertThat(net).hasToString("[Linear 4 → 8, relu, Linear 8 → 3, relu, Linear 3 → 2]");
    assertThat(net.parameters().keySet())
        .containsExactly("0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias");
  }

  @Test
  void mlpDrawsWhatItsLayersWouldDraw() {
    SplittableRandom rng = new SplittableRandom(1);
    Linear first = Linear.random(3, 2, rng);
    Linear second = Linear.random(2, 1, rng);
    Sequential net = Sequential.mlp(Activation.tanh(), new SplittableRandom(1), 3, 2, 1);
    Tensor x = Tensor.of(Shape.of(1, 3), 1, -2, 3);
    assertThat(output(net, x))
        .isEqualTo(output(Sequential.of(first, Activation.tanh(), second), x));
  }

  @Test
  void mlpNeedsInputsAndOutputs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sequential.mlp(Activation.tanh(), new SplittableRandom(1), 4))
        .withMessageContaining("[4]");
  }

  /** x + (2x + 1) of x = 3 is 10. */
  @Test
  void aResidualBlockAddsItsInput() {
    Add block = Add.residual("f", linear(2, 1));
    assertThat(output(block, column(3))).containsExactly(10);
    assertThat(block.parameters().keySet()).containsExactly("f.weight", "f.bias");
  }

  /** y = x + w x + b: ∂y/∂w = x, ∂y/∂b = 1. */
  @Test
  void aResidualBlockIsDifferentiatedThroughItsBranch() {
    Add block = Add.residual("f", linear(2, 1));
    Linearization at =
        Linearization.of(block, ParameterSpace.of(block), Weights.of(block), column(3));
    assertThat(at.pullback(column(1))).containsExactly(3, 1);
  }

  @Test
  void branchesAreAdded() {
    Map<String, Module> branches = new LinkedHashMap<>();
    branches.put("up", linear(2, 0));
    branches.put("down", linear(-5, 0));
    branches.put("one", linear(0, 1));
    Add sum = Add.of(branches);
    branches.clear();
    assertThat(output(sum, column(2))).containsExactly(4 - 10 + 1);
    assertThat(sum.parameters().keySet())
        .containsExactly(
            "up.weight", "up.bias", "down.weight", "down.bias", "one.weight", "one.bias");
  }

  @Test
  void branchesOfOtherShapesAreRefusedThoughTheyWouldBroadcast() {
    Add block = Add.residual("f", Linear.random(3, 1, new SplittableRandom(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> output(block, Tensor.zeros(Shape.of(2, 3))))
        .withMessageContaining("f=(2, 1)")
        .withMessageContaining("(2, 3)");
  }

  @Test
  void addNeedsBranchesOfDifferentNames() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Add.of(Map.of()))
        .withMessageContaining("0 branches");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Add.residual("identity", linear(1, 1)))
        .withMessageContaining("'identity'");
  }

  @Test
  void flattenKeepsTheOrderAndTheExamples() {
    Tensor x = Tensor.of(Shape.of(2, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8);
    Tensor y = new Flatten().forward(Weights.of(new Flatten()), x);
    assertThat(y.shape()).isEqualTo(Shape.of(2, 4));
    assertThat(y.array()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> output(new Flatten(), Tensor.vector(1, 2)))
        .withMessageContaining("(2)");
  }

  /** Two filters over the channels (1, 2; 3, 4) and (5, 6; 7, 8): the sum, and 1 − 8. */
  @Test
  void convolutionSumsOverChannels() {
    Tensor x = Tensor.of(Shape.of(1, 2, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8);
    Tensor w = Tensor.of(Shape.of(2, 2, 2, 2), 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, -1);
    Conv2d layer = Conv2d.of(w, Tensor.vector(0.5, 0), 1, 0);
    assertThat(output(layer, x)).containsExactly(36.5, -7);
    assertThat(output(Conv2d.withoutBias(w, 1, 0), x)).containsExactly(36, -7);
    assertThat(layer.parameters().keySet()).containsExactly("weight", "bias");
    assertThat(Conv2d.withoutBias(w, 1, 0).bias()).isEmpty();
    assertThat(layer).hasToString("Conv2d 2 → 2, 2×2, stride 1, padding 0");
  }

  /** 3 · 2² inputs a filter, so values lie within 1/√12, as PyTorch draws them. */
  @Test
  void randomFiltersLieWithinTheInverseRootOfTheirInputs() {
    Conv2d layer = Conv2d.random(3, 50, 2, 1, 0, new SplittableRandom(1));
    double bound = 1 / Math.sqrt(12);
    assertThat(layer.weight().shape()).isEqualTo(Shape.of(50, 3, 2, 2));
    double[] values = layer.weight().value().array();
    assertThat(Arrays.stream(values)).allMatch(v -> Math.abs(v) <= bound);
    assertThat(Arrays.stream(values).max().orElseThrow()).isGreaterThan(0.95 * bound);
    assertThat(Arrays.stream(layer.bias().orElseThrow().value().array()))
        .allMatch(v -> Math.abs(v) <= bound);
  }

  @Test
  void convolutionRejectsShapesThatDoNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Conv2d.of(Tensor.zeros(Shape.of(2, 1, 3, 3)), Tensor.zeros(Shape.of(3)), 1, 0))
        .withMessageContaining("(2, 1, 3, 3)")
        .withMessageContaining("(3)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Conv2d.withoutBias(Tensor.zeros(Shape.of(2, 3)), 1, 0))
        .withMessageContaining("(2, 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Conv2d.random(1, 0, 3, 1, 0, new SplittableRandom(1)))
        .withMessageContaining("1, 0 and 3");
  }

  @Test
  void poolsReduceWindowsSideBySide() {
    Tensor x = Tensor.of(Shape.of(1, 1, 2, 4), 1, 5, 2, -2, 3, 4, 0, 8);
    assertThat(output(MaxPool2d.of(2), x)).containsExactly(5, 8);
    assertThat(output(AvgPool2d.of(2), x)).containsExactly(13.0 / 4, 2);
    assertThat(MaxPool2d.of(2, 1, 0).forward(Weights.of(MaxPool2d.of(2)), x).shape())
        .isEqualTo(Shape.of(1, 1, 1, 3));
    assertThat(MaxPool2d.of(2)).hasToString("MaxPool2d 2×2, stride 2, padding 0");
    assertThat(AvgPool2d.of(2)).hasToString("AvgPool2d 2×2, stride 2, padding 0");
  }

  /** Windows side by side, overlapping and padded, over numbers many of which are below zero. */
  @Test
  void aPoolBeforeAnActivationThatKeepsTheOrderChangesNoBit() {
    SplittableRandom rng = new SplittableRandom(5);
    Tensor x =
        Tensor.adopt(Shape.of(3, 2, 7, 6), rng.doubles(3 * 2 * 42, -1, 0.4).toArray());
    for (MaxPool2d pool :
        new MaxPool2d[] {MaxPool2d.of(2), MaxPool2d.of(3, 1, 1), MaxPool2d.of(2, 3, 0)}) {
      Conv2d filters = Conv2d.random(2, 3, 3, 1, 1, rng);
      Sequential together = Sequential.of(filters, Activation.relu(), pool);
      Module apart = Sequential.of(Sequential.of(filters, Activation.relu()), pool);
      Linearization f = linearized(together, x);
      Linearization g = linearized(apart, x);
      assertThat(f.output().array()).isEqualTo(g.output().array());
      Tensor bar =
          Tensor.adopt(f.output().shape(), rng.doubles(f.output().size(), -1, 1).toArray());
      assertThat(f.pullback(bar)).isEqualTo(g.pullback(bar));
    }
  }

  private static Linearization linearized(Module module, Tensor x) {
    return Linearization.of(module, ParameterSpace.of(module), Weights.of(module), x);
  }
}
