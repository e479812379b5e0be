package org.laplace4j.laplace.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.operator.BlockDiagonalSpd;
import org.laplace4j.linalg.operator.KroneckerBasisSpd;
import org.laplace4j.linalg.operator.MaskedKroneckerSpd;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Prior;

/**
 * A weight of 91 by 91, 8,281 elements, too many for a dense block, with a precision of 1 on all
 * elements but one. Without that one P would be K = B ⊗ A + I, which is known exactly; with it
 *
 * <pre>
 *   P = K + c e eᵀ      det P = det K (1 + c eᵀK⁻¹e)      P⁻¹ = K⁻¹ − K⁻¹e eᵀK⁻¹ c / (1 + c eᵀK⁻¹e)
 * </pre>
 */
class MatrixFreeKroneckerTest {
  private static final int WIDTH = 91;
  private static final int SIZE = WIDTH * WIDTH;
  private static final int ELEMENT = 4_000;
  private static final double C = 20;

  /** Solves end at a residual of 1e-10 of the right-hand side, and P is above the identity. */
  private static final double SOLVED = 1e-9;

  @ParameterizedTest
  @ValueSource(strings = {"kronecker", "ekfac"})
  void onePrecisionThatDiffersChangesThePosteriorByRankOne(String name) {
    Structure structure = name.equals("ekfac") ? Structure.ekfac() : Structure.kronecker();
    LaplacePosterior<Gaussian> plain = fit(structure, Prior.isotropic(1));
    double[] precisions = new double[SIZE];
    java.util.Arrays.fill(precisions, 1);
    precisions[ELEMENT] += C;
    LaplacePosterior<Gaussian> changed = plain.withPrior(Prior.diagonal(precisions));
    SpdOperator k = only(plain);
    SpdOperator p = only(changed);
    assertThat(k).isInstanceOf(KroneckerBasisSpd.class);
    assertThat(p).isInstanceOf(MaskedKroneckerSpd.class);

    double[] unit = new double[SIZE];
    unit[ELEMENT] = 1;
    double[] column = k.solve(unit);
    double factor = 1 + C * column[ELEMENT];

    assertThat(plain.evidence().standardError()).isZero();
    assertThat(changed.evidence().standardError()).isBetween(1e-9, 2.0);
    assertThat(p.logDet())
        .isCloseTo(k.logDet() + Math.log(factor), within(6 * p.logDetStandardError()));

    double[] v = new SplittableRandom(2).doubles(SIZE, -1, 1).toArray();
    double[] solved = k.solve(v);
    Arrays.addScaled(-C * Arrays.dot(column, v) / factor, column, solved);
    assertThat(p.solve(v)).containsExactly(solved, within(SOLVED * Math.sqrt(SIZE)));

    double[] variances =
        Arrays.minus(k.inverseDiagonal(), Arrays.scale(Arrays.squares(column), C / factor));
    assertThat(Arrays.sum(changed.variances()))
        .isCloseTo(Arrays.sum(variances), within(1e-3 * Arrays.sum(variances)));
    assertThat(changed.samples(2, new SplittableRandom(1)).active().rows()).isEqualTo(2);
  }

  private static SpdOperator only(LaplacePosterior<?> posterior) {
    return ((BlockDiagonalSpd) posterior.precision()).blocks().get(0);
  }

  private static LaplacePosterior<Gaussian> fit(Structure structure, Prior prior) {
    SplittableRandom rng = new SplittableRandom(1);
    int examples = 120;
    Tensor x = Tensor.of(
        Shape.of(examples, WIDTH), rng.doubles((long) examples * WIDTH, -1, 1).toArray());
    Tensor y = Tensor.of(
        Shape.of(examples, WIDTH), rng.doubles((long) examples * WIDTH, -1, 1).toArray());
    return Laplace.of(Linear.random(WIDTH, WIDTH, rng), Gaussian.of(0.5))
        .over(WeightSubset.named("weight"))
        .structure(structure)
        .prior(prior)
        .fit(Dataset.of(x, Targets.values(y)));
  }
}
