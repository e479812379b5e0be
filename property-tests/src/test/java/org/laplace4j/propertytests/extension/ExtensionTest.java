package org.laplace4j.propertytests.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.laplace4j.propertytests.linalg.Closeness.assertClose;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.DerivativeCheck;
import org.laplace4j.autodiff.Linearization;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.curvature.Curvature;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.evidence.Tuner;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Module;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.train.Adam;
import org.laplace4j.nn.train.MapTrainer;
import org.laplace4j.propertytests.linalg.Draws;

/** What docs/decisions/0001-extension-points.md shows, at work. */
class ExtensionTest {
  /** Sums of the same numbers in another order. */
  private static final double ROUNDING = 1e-12;

  /** Central differences of fourth order. */
  private static final double DIFFERENCE = 1e-8;

  private final RandomGenerator rng = new SplittableRandom(7);

  private Tensor normal(int... dims) {
    Shape shape = Shape.of(dims);
    return Tensor.adopt(shape, Draws.normal(shape.size(), rng));
  }

  /** Radial basis functions, then a dense layer whose outputs go through a sine. */
  private Module network(int outputs) {
    return Sequential.of(
        new RadialBasis(Parameter.of("centres", normal(4, 2))),
        Linear.random(4, outputs, rng),
        Activation.of("sine", y -> Tensor.apply(new Sine(0), y)));
  }

  private Dataset classes() {
    return Dataset.of(normal(6, 2), Targets.labels(0, 1, 2, 0, 1, 2), 4);
  }

  /** Σₙ Jₙᵀ Jₙ by the Jacobian multiplied out. */
  private static Matrix gramOfJacobian(Module model, ParameterSpace space, Dataset data) {
    Tensor j =
        Linearization.of(model, space, Weights.of(model), data.whole().x()).jacobian();
    return j.reshape(j.size() / space.size(), space.size()).matrix().gram();
  }

  @Test
  void anOpIsDifferentiatedAsItsRulesSay() {
    DerivativeCheck.of(new Sine(0.3), List.of(normal(3, 2)), rng)
        .requireWithin(ROUNDING, DIFFERENCE);
  }

  @Test
  void aLayerNeedsNoRuleOfItsOwn() {
    Module model = network(3);
    DerivativeCheck.of(model, ParameterSpace.of(model), Weights.of(model), normal(5, 2), rng)
        .requireWithin(ROUNDING, DIFFERENCE);
  }

  @Test
  void aSourceSaysWhatIsPulledBack() {
    Module model = network(3);
    Dataset data = classes();
    LaplacePosterior<Categorical> posterior = Laplace.of(model, new Categorical())
        .structure(Structure.full())
        .curvature(new UnitCurvature())
        .fit(data);
    assertClose(
        posterior.curvature().toDense(), gramOfJacobian(model, posterior.space(), data), ROUNDING);
  }

  @Test
  void aStructureIsTheFullOneWithoutWhatItLeavesOut() {
    Module model = network(3);
    Dataset data = classes();
    var laplace = Laplace.of(model, new Categorical());
    LaplacePosterior<Categorical> posterior =
        laplace.structure(BlockDiagonal::of).fit(data);
    Matrix full = laplace.structure(Structure.full()).fit(data).curvature().toDense();
    double[] kept = full.array().clone();
    for (ParameterSpace.Block block : posterior.space().blocks()) {
      for (int i = block.offset(); i < block.end(); i++) {
        for (int j = 0; j < full.cols(); j++) {
          kept[i * full.cols() + j] *= j >= block.offset() && j < block.end() ? 1 : 0;
        }
      }
    }
    Matrix expected = Matrix.of(full.rows(), full.cols(), kept);
    assertClose(posterior.curvature().toDense(), expected, ROUNDING);
    assertClose(
        posterior.precision().toDense(), expected.plus(Matrix.identity(full.rows())), ROUNDING);
    Curvature twice = posterior.curvature().plus(posterior.curvature());
    assertClose(twice.toDense(), posterior.curvature().times(2).toDense(), ROUNDING);
    // And all that follows works as with any other.
    assertThat(posterior.tune(Tuner.marginalLikelihood()).report().converged()).isTrue();
    assertThat(posterior.predict(normal(2, 2), Predictive.probit()).labels()).hasSize(2);
  }

  @Test
  void aSubsetIsAMask() {
    Module model = Sequential.mlp(Activation.tanh(), rng, 2, 4, 3);
    LaplacePosterior<Categorical> posterior =
        Laplace.of(model, new Categorical()).over(new Biases()).fit(classes());
    assertThat(posterior.space().blocks().stream().map(ParameterSpace.Block::name))
        .containsExactly("0.bias", "2.bias");
  }

  @Test
  void aLikelihoodAgreesWithItsOwnLogDensity() {
    Targets counts = Targets.values(Tensor.of(Shape.of(3, 1), 0, 2, 5));
    Tensor f = normal(3, 1);
    Poisson poisson = new Poisson();
    double h = 1e-3;
    Tensor near = difference(poisson, f, counts, h).times(8);
    Tensor slope = near.minus(difference(poisson, f, counts, 2 * h)).times(1 / (12 * h));
    assertClose(poisson.score(f, counts).array(), slope.array(), DIFFERENCE);
    // Λ = −∂ score/∂f, and the probabilities of all counts sum to one.
    Tensor scores = poisson.score(f.minus(h), counts).minus(poisson.score(f.plus(h), counts));
    assertThat(poisson.hessianRoot(f, counts).square().array())
        .containsExactly(scores.times(1 / (2 * h)).array(), within(h * h * 10));
    double total = 0;
    for (int y = 0; y < 100; y++) {
      Targets one = Targets.values(Tensor.of(Shape.of(1, 1), y));
      total += Math.exp(poisson.logDensities(Tensor.zeros(Shape.of(1, 1)), one).item());
    }
    assertThat(total).isCloseTo(1, within(ROUNDING));
  }

  private static Tensor difference(Poisson poisson, Tensor f, Targets y, double h) {
    return poisson.logDensities(f.plus(h), y).minus(poisson.logDensities(f.minus(h), y));
  }

  /** Counts from the rate e^(1 + x): trained, fitted, tuned and predicted like any other. */
  @Test
  void aLikelihoodGoesTheWholeWay() {
    Tensor x = normal(100, 1);
    Dataset data = Dataset.of(x, new Poisson().draw(x.plus(1), rng));
    Linear model = Linear.random(1, 1, rng);
    MapTrainer.of(model, new Poisson()).optimizer(Adam.of(0.05)).train(data, rng);
    LaplacePosterior<Poisson> posterior = Laplace.of(model, new Poisson())
        .structure(Structure.full())
        .fit(data)
        .tune(Tuner.marginalLikelihood())
        .posterior();
    // The truth (1, 1) lies within four standard deviations of either weight.
    double[] deviations = posterior.variances();
    for (int i = 0; i < 2; i++) {
      assertThat(posterior.mean()[i]).isCloseTo(1, within(4 * Math.sqrt(deviations[i])));
    }
    // E eᶠ by the trapezoidal rule, which is exact to rounding for a Gaussian.
    Tensor at = Tensor.of(Shape.of(1, 1), 0.5);
    double mean = posterior.predict(at, Predictive.outputs()).mean().item();
    double deviation =
        Math.sqrt(posterior.predict(at, Predictive.outputs()).variances().item());
    double sum = 0;
    for (double z = -12; z <= 12; z += 0.125) {
      sum += 0.125 * Math.exp(mean + deviation * z - z * z / 2) / Math.sqrt(2 * Math.PI);
    }
    assertThat(posterior.predict(at, new PoissonRate()).item()).isCloseTo(sum, within(1e-10));
  }

  @Test
  void aLikelihoodSaysWhatItRefuses() {
    assertThatThrownBy(() -> Laplace.of(network(3), new Poisson())
            .fit(Dataset.of(normal(2, 2), Targets.values(normal(2, 3)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Poisson")
        .hasMessageContaining("(2, 3)");
  }

  @Test
  void theNoiseOfASourceThatIgnoresItChangesNothingInTheCurvature() {
    Module model = network(1);
    Dataset data = Dataset.of(normal(6, 2), Targets.values(normal(6, 1)));
    LaplacePosterior<Gaussian> posterior =
        Laplace.of(model, Gaussian.of(1)).curvature(new UnitCurvature()).fit(data);
    assertClose(
        LaplacePosterior.withNoise(posterior, 3).curvature().toDense(),
        posterior.curvature().toDense(),
        ROUNDING);
  }
}
