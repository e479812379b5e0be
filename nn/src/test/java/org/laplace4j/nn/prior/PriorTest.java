package org.laplace4j.nn.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.layer.Linear;

class PriorTest {
  /** A few roundings of numbers of size 10. */
  private static final double ROUNDING = 1e-14;

  /**
   * A weight (1, 2), of which element 0 is frozen, and a bias (1): R² of 0.weight[1] and 0.bias[0].
   */
  private final Linear layer = Linear.of(Tensor.of(Shape.of(1, 2), 7, 8), Tensor.vector(9));

  private ParameterSpace space;

  @BeforeEach
  void freezeOneWeight() {
    layer.weight().freeze(0);
    space = ParameterSpace.of(layer);
  }

  @Test
  void isotropicGivesEveryElementThePrecision() {
    assertThat(Prior.isotropic(3).precisions(space)).containsExactly(3, 3);
    assertThat(Prior.isotropic(3).mean(space)).containsExactly(0, 0);
  }

  @Test
  void layerwiseGivesEachTensorItsPrecision() {
    Linear wide = Linear.of(Tensor.zeros(Shape.of(2, 2)), Tensor.zeros(Shape.of(2)));
    assertThat(Prior.layerwise(3, 5).precisions(ParameterSpace.of(wide)))
        .containsExactly(3, 3, 3, 3, 5, 5);
    assertThat(Prior.layerwise(3, 5).precisions(space)).containsExactly(3, 5);
  }

  @Test
  void diagonalGivesEachElementItsPrecision() {
    assertThat(Prior.diagonal(3, 5).precisions(space)).containsExactly(3, 5);
  }

  /** N(1; 0, 1/3) N(3; 1, 1/5) = √(3/2π) e^(−3/2) √(5/2π) e^(−10). */
  @Test
  void logDensityIsThatOfTheNormalWithItsConstants() {
    double expected = 0.5 * Math.log(15 / (4 * Math.PI * Math.PI)) - 11.5;
    assertThat(Prior.diagonal(3, 5).around(0, 1).logDensity(space, new double[] {1, 3}))
        .isCloseTo(expected, within(ROUNDING));
    assertThat(Prior.layerwise(3, 5).around(0, 1).logDensity(space, new double[] {1, 3}))
        .isCloseTo(expected, within(ROUNDING));
  }

  /** log 3 + log 5 of an element each; n log δ of n elements that share one. */
  @Test
  void logDeterminantIsTheSumOfLogPrecisions() {
    assertThat(Prior.isotropic(3).logDet(space)).isCloseTo(2 * Math.log(3), within(ROUNDING));
    assertThat(Prior.layerwise(3, 5).logDet(space)).isCloseTo(Math.log(15), within(ROUNDING));
    assertThat(Prior.diagonal(3, 5).logDet(space)).isCloseTo(Math.log(15), within(ROUNDING));
    Linear wide = Linear.of(Tensor.zeros(Shape.of(2, 2)), Tensor.zeros(Shape.of(2)));
    assertThat(Prior.layerwise(3, 5).logDet(ParameterSpace.of(wide)))
        .isCloseTo(4 * Math.log(3) + 2 * Math.log(5), within(ROUNDING));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Prior.diagonal(1, 2, 3).logDet(space))
        .withMessageContaining("3 precisions");
  }

  @Test
  void aMeanIsSharedByPriorsThatWereLeftAtZero() {
    assertThat(Prior.isotropic(1).sharesMeanWith(Prior.layerwise(2, 3))).isTrue();
    assertThat(Prior.layerwise(2, 3).sharesMeanWith(Prior.diagonal(4, 5))).isTrue();
    assertThat(Prior.isotropic(1).sharesMeanWith(Prior.isotropic(1).around(1, 0)))
        .isFalse();
    assertThat(Prior.diagonal(4, 5).around(1, 0).sharesMeanWith(Prior.isotropic(1)))
        .isFalse();
  }

  @Test
  void aroundMovesTheMeanAlone() {
    Prior moved = Prior.isotropic(2).around(1, -1);
    assertThat(moved.precisions(space)).containsExactly(2, 2);
    assertThat(moved.mean(space)).containsExactly(1, -1);
    assertThat(Prior.isotropic(2).mean(space)).containsExactly(0, 0);
  }

  @Test
  void doesNotChangeWithTheArraysItWasMadeFrom() {
    double[] precisions = {1, 2};
    double[] mean = {3, 4};
    Prior prior = Prior.diagonal(precisions).around(mean);
    precisions[0] = 9;
    mean[0] = 9;
    prior.precisions(space)[1] = 9;
    prior.mean(space)[1] = 9;
    assertThat(prior.precisions(space)).containsExactly(1, 2);
    assertThat(prior.mean(space)).containsExactly(3, 4);
  }

  @Test
  void rejectsPrecisionsThatAreNotPositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Prior.isotropic(-1))
        .withMessageContaining("-1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Prior.layerwise(1, 0))
        .withMessageContaining("precision 1 of 2")
        .withMessageContaining("0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Prior.diagonal(1, Double.NaN))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Prior.isotropic(Double.POSITIVE_INFINITY))
        .withMessageContaining("Infinity");
  }

  @Test
  void rejectsNumbersThatDoNotCountTheSpace() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Prior.diagonal(1, 2, 3).precisions(space))
        .withMessageContaining("3 precisions")
        .withMessageContaining("2 elements");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Prior.layerwise(1).precisions(space))
        .withMessageContaining("1 precisions")
        .withMessageContaining("2 parameter tensors");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Prior.isotropic(1).around(0, 0, 0).mean(space))
        .withMessageContaining("3 numbers")
        .withMessageContaining("2 elements");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Prior.isotropic(1).around().mean(space))
        .withMessageContaining("0 numbers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Prior.isotropic(1).logDensity(space, new double[3]))
        .withMessageContaining("2 numbers")
        .withMessageContaining("3");
  }

  @Test
  void rejectsAMeanThatIsNotFinite() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Prior.isotropic(1).around(0, Double.NaN))
        .withMessageContaining("element 1")
        .withMessageContaining("NaN");
  }

  /** Of a weight and a bias: first all, then the bias and one weight, then the bias alone. */
  @Test
  void restrictedToSomeElementsItIsWhatItWasOnThem() {
    layer.weight().setTrainable(ElementMask.all(layer.weight().shape()));
    ParameterSpace all = ParameterSpace.of(layer);
    Prior diagonal = Prior.diagonal(1, 2, 3).around(4, 5, 6).restricted(all, space);
    assertThat(diagonal.precisions(space)).containsExactly(2, 3);
    assertThat(diagonal.mean(space)).containsExactly(5, 6);
    layer.weight().freeze();
    ParameterSpace bias = ParameterSpace.of(layer);
    Prior layerwise = Prior.layerwise(2, 3).around(4, 5, 6).restricted(all, bias);
    assertThat(((Layerwise) layerwise).precisions()).containsExactly(3);
    assertThat(layerwise.mean(bias)).containsExactly(6);
    Prior isotropic = Prior.isotropic(7).restricted(all, bias);
    assertThat(isotropic.precisions(bias)).containsExactly(7);
    assertThat(isotropic.mean(bias)).containsExactly(0);
    assertThatIllegalArgumentException().isThrownBy(() -> diagonal.restricted(bias, space));
  }
}
