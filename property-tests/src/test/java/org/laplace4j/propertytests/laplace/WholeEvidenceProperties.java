package org.laplace4j.propertytests.laplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.WholeEvidence;
import org.laplace4j.laplace.curvature.CurvatureSource;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.prior.Prior;

/** The evidence under the whole curvature, by products alone, is that of the dense matrix. */
class WholeEvidenceProperties {
  /** Of few signs some patterns are rare, and decide: of 200 probes none of them is missed. */
  private static final int PROBES = 200;

  /** The smallest eigenvalue in the metric of the preconditioner is 1: τ² for each noise. */
  private static final double QUADRATURE = 1e-8;

  @Provide
  Arbitrary<Problem<?>> problems() {
    return ProblemMarket.problems();
  }

  @Property(tries = 100)
  void itIsThatOfTheDenseMatrixToItsStandardError(@ForAll("problems") Problem<?> problem) {
    RandomGenerator rng = problem.rng();
    int rank = rng.nextInt(problem.space().size() + 1);
    WholeEvidence evidence = of(problem, rank, PROBES, rng);
    DenseLaplace dense = new DenseLaplace(problem.with(Form.FULL));
    double expected = dense.logEvidence();
    double allowed = 6 * evidence.whole().standardError() + error(problem, dense);
    assertThat(evidence.whole().logMarginalLikelihood()).isCloseTo(expected, within(allowed));
    assertThat(evidence.whole().priorQuadratic())
        .isCloseTo(dense.priorQuadratic(), within(rounding(dense, dense.priorQuadratic())));
    assertThat(evidence.kept()).isEqualTo(problem.fit().evidence());
  }

  @Property(tries = 60)
  void nothingIsLeftToEstimateWhereTheDirectionsSpanTheSpace(
      @ForAll("problems") Problem<?> problem) {
    WholeEvidence evidence = of(problem, problem.space().size(), 2, problem.rng());
    DenseLaplace dense = new DenseLaplace(problem.with(Form.FULL));
    double error = error(problem, dense) + shift(problem, dense);
    assertThat(evidence.whole().standardError()).isLessThan(error);
    assertThat(evidence.whole().logMarginalLikelihood())
        .isCloseTo(dense.logEvidence(), within(error));
  }

  /** Hadamard and Fischer: a determinant is at most the product of those of its blocks. */
  @Property(tries = 60)
  void theGapOfBlocksIsNeverBelowZeroAndThatOfALowRankNeverAbove(
      @ForAll("problems") Problem<?> problem) {
    DenseLaplace dense = new DenseLaplace(problem.with(Form.FULL));
    int all = problem.space().size();
    double error = error(problem, dense) + shift(problem, dense);
    double diagonal = of(problem.with(Form.DIAGONAL), all, 2, problem.rng()).gap();
    double blocks = of(problem.with(Form.BLOCK_DIAGONAL), all, 2, problem.rng()).gap();
    assertThat(blocks).isGreaterThan(-error);
    assertThat(diagonal).isGreaterThan(blocks - error);
    assertThat(of(problem.with(Form.LOW_RANK), all, 2, problem.rng()).gap())
        .isLessThan(error + dense.rounding() * Math.abs(dense.logEvidence()));
  }

  @Property(tries = 30)
  void itDoesNotDependOnTheStructure(@ForAll("problems") Problem<?> problem) {
    int rank = problem.space().size() / 2;
    assertThat(of(problem.with(Form.KRONECKER), rank, 4, problem.rng()).whole())
        .isEqualTo(of(problem.with(Form.DIAGONAL), rank, 4, problem.rng()).whole());
  }

  /** Of a fixed problem with and without directions, over many seeds. */
  @Test
  void theStandardErrorIsHonest() {
    Problem<Categorical> problem = classification();
    LaplacePosterior<Categorical> posterior = problem.fit();
    double exact = new DenseLaplace(problem.with(Form.FULL)).logEvidence();
    int runs = 400;
    for (int rank : new int[] {0, 4}) {
      double sum = 0;
      double squares = 0;
      for (int seed = 0; seed < runs; seed++) {
        var whole = WholeEvidence.of(
                posterior, problem.data(), rank, 20, new SplittableRandom(seed))
            .whole();
        double z = (whole.logMarginalLikelihood() - exact) / whole.standardError();
        sum += z;
        squares += z * z;
      }
      // t with 19 degrees of freedom has variance 19/17; the mean of 400 squares is within a third.
      assertThat(squares / runs).isBetween(0.75, 1.5);
      // The mean of 400 z has standard deviation 0.053.
      assertThat(sum / runs).isBetween(-0.27, 0.27);
    }
  }

  /**
   * The mean of squared standard errors is σ²/m of m probes. Each of 20 probes is off by a third or
   * so (√(2/19), more where the tails are heavy), the mean of 100 by a tenth of that.
   */
  @Test
  void theStandardErrorFallsWithTheRootOfTheProbes() {
    Problem<Categorical> problem = classification();
    LaplacePosterior<Categorical> posterior = problem.fit();
    double few = 0;
    double many = 0;
    for (int seed = 0; seed < 100; seed++) {
      few += square(posterior, problem, 20, seed);
      many += square(posterior, problem, 80, seed);
    }
    assertThat(few / many).isBetween(3.2, 4.8);
  }

  private static double square(
      LaplacePosterior<Categorical> posterior, Problem<?> problem, int probes, int seed) {
    double error = WholeEvidence.of(
            posterior, problem.data(), 2, probes, new SplittableRandom(seed))
        .whole()
        .standardError();
    return error * error;
  }

  /** The more of the curvature lies in the directions, the less is left to chance. */
  @Test
  void directionsTakeAwayTheError() {
    Problem<Categorical> problem = classification();
    double before = of(problem, 0, 200, new SplittableRandom(1)).whole().standardError();
    for (int rank : new int[] {4, 8, 16}) {
      WholeEvidence evidence = of(problem, rank, 200, new SplittableRandom(1));
      assertThat(evidence.whole().standardError()).isLessThan(before);
      before = evidence.whole().standardError();
    }
  }

  /** A softmax over three classes, all of a small network random, a prior of its own a layer. */
  private static Problem<Categorical> classification() {
    RandomGenerator rng = new Random(3);
    Network network = NetworkMarket.network(2, 3, new Random(5));
    WeightMask mask = WeightMask.all(network.module().parameters().values());
    ParameterSpace space = ParameterSpace.of(network.module());
    double[] delta = rng.doubles(space.blocks().size(), 0.1, 1).toArray();
    int n = 12;
    return new Problem<>(
        network,
        space,
        mask,
        new Categorical(),
        ProblemMarket.inputs(n, 2, rng),
        Targets.labels(rng.ints(n, 0, 3).toArray()),
        Form.KRONECKER,
        CurvatureSource.ggn(),
        Prior.layerwise(delta),
        0.5,
        5,
        1);
  }

  private static WholeEvidence of(Problem<?> problem, int rank, int probes, RandomGenerator rng) {
    return WholeEvidence.of(problem.fit(), problem.data(), rank, probes, rng);
  }

  private static double error(Problem<?> problem, DenseLaplace dense) {
    return rounding(dense, dense.logEvidence())
        + QUADRATURE * 2 * problem.space().size();
  }

  /** A sketch is shifted by 1e-11 ‖A‖ at most, A = P₀^(-1/2) H P₀^(-1/2), in each direction. */
  private static double shift(Problem<?> problem, DenseLaplace dense) {
    double[] delta = problem.prior().precisions(problem.space());
    double norm = Arrays.sum(Arrays.dividedBy(dense.h().diagonal(), delta)); // tr A
    return 1e-11 * norm * problem.space().size();
  }

  private static double rounding(DenseLaplace dense, double value) {
    return dense.rounding() * Math.max(1, Math.abs(value));
  }
}
