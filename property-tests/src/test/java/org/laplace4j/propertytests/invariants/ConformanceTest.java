package org.laplace4j.propertytests.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.prior.Prior;
import org.laplace4j.propertytests.invariants.Finding.Outcome;

/** Symmetries, limits and more data: right subjects have them, wrong ones are caught. */
class ConformanceTest {
  /** 2 inputs, 3 ReLU units, 2 classes: W 6, b 3, V 6, c 2. */
  private static final HiddenUnits UNITS = new HiddenUnits(17, 2, 3, 2, 0, 6, 9);

  private static final double[] THETA = normal(17, 1);

  /** One precision a tensor. */
  private static final double[] DELTA = {
    0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 2, 2, 2, 1, 1, 1, 1, 1, 1, 3, 3
  };

  private static final Tensor X = Tensor.adopt(Shape.of(12, 2), normal(24, 2));
  private static final Targets Y = Targets.labels(0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 0, 1);

  private static double[] normal(int count, long seed) {
    SplittableRandom rng = new SplittableRandom(seed);
    return DoubleStream.generate(rng::nextGaussian).limit(count).toArray();
  }

  private static GaussianSubject network(Structure structure, double[] theta, double[] delta) {
    Linear first = Linear.of(part(theta, 0, 3, 2), part(theta, 6, 3));
    Linear second = Linear.of(part(theta, 9, 2, 3), part(theta, 15, 2));
    return LaplaceSubject.of(
        Laplace.of(Sequential.of(first, Activation.relu(), second), new Categorical())
            .structure(structure)
            .prior(Prior.diagonal(delta))
            .fit(Dataset.of(X, Y, 5)),
        X.slice(0, 0, 3));
  }

  private static Tensor part(double[] theta, int from, int... dims) {
    Shape shape = Shape.of(dims);
    return Tensor.adopt(shape, java.util.Arrays.copyOfRange(theta, from, from + shape.size()));
  }

  private static Symmetries symmetries(Structure structure) {
    return Symmetries.of(
        network(structure, THETA, DELTA),
        way -> network(structure, way.weights(THETA), way.precisions(DELTA)));
  }

  private static Structure named(String name) {
    return switch (name) {
      case "full" -> Structure.full();
      case "diagonal" -> Structure.diagonal();
      case "functional" -> Structure.functional();
      case "blockDiagonal" -> Structure.blockDiagonal();
      case "kronecker" -> Structure.kronecker();
      case "ekfac" -> Structure.ekfac();
      default -> throw new IllegalArgumentException(name);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"full", "diagonal", "functional", "blockDiagonal", "kronecker", "ekfac"})
  void hiddenUnitsMayBePermutedAndScaledTogether(String structure) {
    symmetries(named(structure))
        .under("permutation", UNITS.permuted(2, 0, 1))
        .under("one scale a layer", UNITS.rescaled(4, 4, 4))
        .requireAll();
  }

  /**
   * Kronecker too: the factors of the scaled units are B scaled, and a prior of each element's own
   * is kept.
   */
  @ParameterizedTest
  @ValueSource(strings = {"full", "diagonal", "functional", "blockDiagonal", "kronecker"})
  void reluUnitsMayEachHaveTheirOwnScale(String structure) {
    symmetries(named(structure))
        .under("a scale a unit", UNITS.rescaled(0.25, 3, 1.5))
        .requireAll();
  }

  /** The basis of EKFAC is orthogonal in one unit only. */
  @Test
  void ekfacDependsOnTheUnitsOfItsWeights() {
    assertThat(
            outcomes(symmetries(Structure.ekfac()).under("scales", UNITS.rescaled(0.25, 3, 1.5))))
        .containsExactly(Outcome.FAILED);
  }

  @Test
  void aPriorThatIsNotCarriedAlongIsCaught() {
    Symmetries wrong = Symmetries.of(
        network(Structure.full(), THETA, DELTA),
        way -> network(Structure.full(), way.weights(THETA), DELTA));
    assertThat(outcomes(wrong
            .under("permutation", UNITS.permuted(1, 0, 2))
            .under("rescaling", UNITS.rescaled(2, 2, 2))))
        .containsExactly(Outcome.PASSED, Outcome.FAILED); // δ is the same for all units
  }

  private static List<Outcome> outcomes(Conformance conformance) {
    return conformance.check().stream().map(Finding::outcome).toList();
  }

  /**
   * Two independent weights with curvatures 3 and 0.1, and variances that a mistake makes of both.
   */
  private record Two(double delta, Matrix h, Function<Two, double[]> stated)
      implements GaussianSubject {
    static final Matrix H = Matrix.diagonal(new double[] {3, 0.1});

    @Override
    public double[] mean() {
      return new double[] {1, 2};
    }

    double[] right() {
      return Arrays.map(h.diagonal(), v -> 1 / (v + delta));
    }

    @Override
    public double[] draw(long seed, int index) {
      double[] noise = normal(2, seed * 1000 + index);
      return Arrays.plus(mean(), Arrays.times(Arrays.sqrt(stated.apply(this)), noise));
    }

    @Override
    public Optional<Matrix> precision() {
      return Optional.of(h.plusDiagonal(new double[] {delta, delta}));
    }

    @Override
    public Optional<double[]> variances() {
      return Optional.of(stated.apply(this));
    }
  }

  @Test
  void limitsThatAreMissedAreCaught() {
    assertThat(outcomes(PriorLimits.of(delta -> new Two(delta, Two.H, Two::right))))
        .containsExactly(Outcome.PASSED, Outcome.PASSED, Outcome.PASSED);
    assertThat(outcomes(PriorLimits.of(
            delta -> new Two(delta, Two.H, two -> Arrays.reciprocal(Two.H.diagonal())))))
        .containsExactly(Outcome.PASSED, Outcome.PASSED, Outcome.FAILED); // no prior in it
    assertThat(outcomes(PriorLimits.of(delta ->
            new Two(delta, Two.H, two -> new double[] {1 / delta, 1 / delta}))))
        .containsExactly(Outcome.PASSED, Outcome.FAILED, Outcome.PASSED); // no data in it
    assertThat(
            outcomes(PriorLimits.of(delta -> new Two(delta, Two.H.times(1 + delta), Two::right))))
        .startsWith(Outcome.FAILED); // a prior that changes the curvature
  }

  @Test
  void aVarianceThatDataRaiseIsCaught() {
    assertThat(outcomes(MoreData.of(n -> new Two(1, Two.H.times(n), Two::right), 1, 5)))
        .containsExactly(Outcome.PASSED, Outcome.NOT_GIVEN);
    assertThat(outcomes(MoreData.of(n -> new Two(1, Two.H.times(9 - n), Two::right), 1, 5)))
        .containsExactly(Outcome.FAILED, Outcome.NOT_GIVEN);
  }
}
