package org.laplace4j.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Batch;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Prior;

/**
 * y = w x + b with b frozen at 0, x = 1 and 2, σ = 1, prior precision 1: the objective is −½ a (w −
 * w*)² with a = (1 + 4 + 1)/2 = 3 after the division by N = 2. For y = 3 and 6 w* = 15/6 = 2.5.
 */
class SwagDiagonalTest {
  /** A few roundings of numbers of order one. */
  private static final double ROUNDING = 1e-13;

  private static final Gaussian LIKELIHOOD = Gaussian.of(1);
  private static final Prior PRIOR = Prior.isotropic(1);

  private static Linear model(double w) {
    Linear model = Linear.of(Tensor.of(Shape.of(1, 1), w), Tensor.vector(0));
    model.bias().freeze();
    return model;
  }

  private static Dataset data() {
    return Dataset.of(
        Tensor.of(Shape.of(2, 1), 1, 2), Targets.values(Tensor.of(Shape.of(2, 1), 3, 6)));
  }

  private static SwagDiagonal.Moments around(Linear model, SwagDiagonal swag, long seed) {
    return swag.around(model, LIKELIHOOD, PRIOR, data(), new SplittableRandom(seed));
  }

  /** A step of rate 1/6 on all data halves the distance 8 to w*: 4, 2, 1. */
  @Test
  void momentsAreThoseOfTheIteratesOnAQuadratic() {
    SwagDiagonal swag = new SwagDiagonal(Sgd.of(1.0 / 6), 3, 2);
    SwagDiagonal.Moments moments = around(model(10.5), swag, 1);
    assertThat(moments.mean()[0]).isCloseTo(2.5 + 7.0 / 3, within(ROUNDING));
    // (16 + 4 + 1)/3 − (7/3)²
    assertThat(moments.variances()[0]).isCloseTo(14.0 / 9, within(ROUNDING));
  }

  /** On all data at once there is no noise, and the gradient at w* is zero. */
  @Test
  void fullBatchesStayAtTheOptimum() {
    SwagDiagonal swag = new SwagDiagonal(Sgd.of(0.1), 5, 2);
    SwagDiagonal.Moments moments = around(model(2.5), swag, 1);
    assertThat(moments.mean()).containsExactly(2.5);
    assertThat(moments.variances()).containsExactly(0);
  }

  /** Of one example, −∇J_b = −(x (w x − y) + w/2): 1.5 w − 3 for x = 1, 4.5 w − 12 for x = 2. */
  @Test
  void momentsAreThoseOfTheIteratesOnOneExampleAfterTheOther() {
    SplittableRandom sameShuffles = new SplittableRandom(4);
    double w = 2.5;
    double sum = 0;
    double squares = 0;
    for (int epoch = 0; epoch < 3; epoch++) {
      for (Batch example : data().shuffled(1, sameShuffles)) {
        w -= 0.1 * (example.x().get(0, 0) == 1 ? 1.5 * w - 3 : 4.5 * w - 12);
      }
      sum += w;
      squares += w * w;
    }
    SwagDiagonal.Moments moments = around(model(2.5), new SwagDiagonal(Sgd.of(0.1), 3, 1), 4);
    assertThat(moments.mean()[0]).isCloseTo(sum / 3, within(ROUNDING));
    assertThat(moments.variances()[0])
        .isPositive()
        .isCloseTo(squares / 3 - sum * sum / 9, within(ROUNDING));
  }

  @Test
  void theModelIsNotChangedAndTheSeedGivesTheSameBits() {
    Linear model = model(1);
    Tensor before = model.weight().value();
    SwagDiagonal swag = SwagDiagonal.of(0.05);
    SwagDiagonal.Moments moments = around(model, new SwagDiagonal(swag.sgd(), 10, 1), 3);
    assertThat(model.weight().value()).isSameAs(before);
    SwagDiagonal.Moments again = around(model, new SwagDiagonal(swag.sgd(), 10, 1), 3);
    assertThat(again.mean()).isEqualTo(moments.mean());
    assertThat(again.variances()).isEqualTo(moments.variances());
    assertThat(around(model, new SwagDiagonal(swag.sgd(), 10, 1), 5).mean())
        .isNotEqualTo(moments.mean());
  }

  @Test
  void aRateThatDivergesAndCountsBelowOneAreRefused() {
    SwagDiagonal swag = new SwagDiagonal(Sgd.of(1e200), 4, 2);
    assertThatThrownBy(() -> around(model(1), swag, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.0E200");
    assertThatThrownBy(() -> new SwagDiagonal(Sgd.of(1), 0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
    assertThatThrownBy(() -> new SwagDiagonal(Sgd.of(1), 2, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }
}
