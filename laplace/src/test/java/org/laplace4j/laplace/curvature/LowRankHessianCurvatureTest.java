package org.laplace4j.laplace.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.TwoWeights;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.SymmetricEigen;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Prior;

class LowRankHessianCurvatureTest {

  /** Lanczos ends at a residual of 1e-9 of the largest |λ|, which is below 100 here. */
  private static final double FOUND = 1e-7;

  /** Untrained, so its Hessian has eigenvalues of both signs. */
  private final SplittableRandom rng = new SplittableRandom(3);

  private final Sequential model =
      Sequential.of(Linear.random(2, 5, rng), Activation.tanh(), Linear.random(5, 1, rng));
  private final Tensor x = Tensor.of(Shape.of(9, 2), rng.doubles(18, -2, 2).toArray());
  private final Tensor y = Tensor.of(Shape.of(9, 1), rng.doubles(9, -3, 3).toArray());
  private final Dataset data = Dataset.of(x, Targets.values(y), 4);
  private final double[] spectrum =
      ((HessianCurvature) fit(Structure.hessian(), data)).eigenvalues();

  /** f = w x + b is linear, so the Hessian is the GGN: (5 3; 3 2) with eigenvalues (7 ± √45)/2. */
  @Test
  void onALinearModelItIsTheGgn() {
    var h = (LowRankHessianCurvature) TwoWeights.laplace()
        .structure(Structure.lowRankHessian(1))
        .fit(TwoWeights.data())
        .curvature();
    assertThat(h.eigenvalues())
        .containsExactly(new double[] {(7 + Math.sqrt(45)) / 2}, within(FOUND));
    assertThat(h.negativeEigenvalues()).isEmpty();
    assertThat(h.converged()).isTrue();
  }

  @Test
  void bothEndsOfTheSpectrumAreThoseOfTheDenseHessian() {
    int size = spectrum.length;
    double[] negative = Arrays.stream(spectrum).filter(v -> v < -FOUND).toArray();
    assertThat(negative.length).isBetween(3, size - 3);
    var few = (LowRankHessianCurvature) fit(Structure.lowRankHessian(2), data);
    assertThat(few.eigenvalues())
        .containsExactly(new double[] {spectrum[size - 1], spectrum[size - 2]}, within(FOUND));
    assertThat(few.negativeEigenvalues())
        .containsExactly(Arrays.copyOf(negative, 2), within(FOUND));
    var all = (LowRankHessianCurvature) fit(Structure.lowRankHessian(size), data);
    assertThat(all.negativeEigenvalues()).containsExactly(negative, within(FOUND));
    assertThat(all.converged()).isTrue();
  }

  /** With all eigenvalues found, what is kept is the Hessian without its negative part. */
  @Test
  void thePositivePartIsKept() {
    int size = spectrum.length;
    SymmetricEigen eigen = new SymmetricEigen(fit(Structure.hessian(), data).toDense());
    double[] clipped = Arrays.stream(eigen.values()).map(v -> Math.max(v, 0)).toArray();
    Matrix positive = eigen.vectors().scaleColumns(clipped).timesTranspose(eigen.vectors());
    Curvature h = fit(Structure.lowRankHessian(size), data);
    assertThat(h.toDense().minus(positive).maxAbs()).isLessThan(FOUND);
    assertThat(h.times(2).toDense().minus(positive.times(2)).maxAbs()).isLessThan(2 * FOUND);
    double[] delta = new double[size];
    Arrays.fill(delta, 0.5);
    assertThat(h.plusPrior(delta).toDense().minus(positive.plusDiagonal(delta)).maxAbs())
        .isLessThan(FOUND);
  }

  @Test
  void aSumReportsTheNegativeEigenvaluesOfEveryPart() {
    var one = (LowRankHessianCurvature) fit(Structure.lowRankHessian(3), data.rebatched(9));
    var sum = (LowRankHessianCurvature) one.plus(one.times(3));
    double[] expected = Arrays.copyOf(one.negativeEigenvalues(), 6);
    for (int i = 0; i < 3; i++) expected[3 + i] = 3 * expected[i];
    Arrays.sort(expected);
    assertThat(sum.negativeEigenvalues()).containsExactly(expected, within(FOUND));
    assertThat(sum.eigenvalues()[0]).isCloseTo(4 * one.eigenvalues()[0], within(FOUND));
  }

  @Test
  void itFallsWithTheSquareOfTheNoiseWhateverTheSource() {
    assertThat(Structure.lowRankHessian(1).noisePower(CurvatureSource.empiricalFisher()))
        .isEqualTo(2);
    assertThat(Structure.lowRankHessian(4)).hasToString("lowRankHessian(4)");
  }

  @Test
  void noEigenpairsAreRefused() {
    assertThatThrownBy(() -> Structure.lowRankHessian(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }

  private Curvature fit(Structure structure, Dataset data) {
    // The dense Hessian is refused without a prior that makes up for its negative eigenvalues.
    return Laplace.of(model, Gaussian.of(1))
        .structure(structure)
        .prior(Prior.isotropic(100))
        .fit(data)
        .curvature();
  }
}
