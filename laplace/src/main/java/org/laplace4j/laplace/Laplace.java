package org.laplace4j.laplace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.laplace.curvature.CurvatureSource;
import org.laplace4j.laplace.curvature.OneOutput;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Module;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Prior;

/**
 * The Laplace approximation of a trained network's posterior (Daxberger et al. 2021): a Gaussian
 * around the trained weights θ*, whose precision is the curvature of the log-posterior there.
 *
 * <pre>
 *   p(θ | D) ≈ N(θ; θ*, P⁻¹)        P = H / T + P₀        H = Σₙ Jₙᵀ Λₙ Jₙ
 * </pre>
 *
 * <p>Everything but {@code of} and {@code fit} has a default: all trainable weights, Kronecker
 * structure, GGN, an isotropic prior of precision 1, temperature 1. What is trainable is what is
 * random. Each setting is made once.
 *
 * <pre>{@code
 * LaplacePosterior<Categorical> posterior =
 *     Laplace.of(model, new Categorical())
 *         .over(WeightSubset.lastLayer())
 *         .structure(Structure.full())
 *         .prior(Prior.isotropic(1.0))
 *         .fit(trainingData);
 * }</pre>
 *
 * @param <L> the likelihood
 */
public final class Laplace<L extends Likelihood> {
  private final Model<Tensor> model;
  private final L likelihood;
  private final Setting<WeightSubset> subset;
  private final Setting<Structure> structure;
  private final Setting<CurvatureSource> source;
  private final Setting<Prior> prior;
  private final Setting<Double> temperature;

  /** A choice that is made at most once, or a default. */
  private record Setting<T>(String name, T byDefault, Optional<T> chosen) {
    static <T> Setting<T> open(String name, T byDefault) {
      return new Setting<>(name, byDefault, Optional.empty());
    }

    Setting<T> choose(T value) {
      if (chosen.isPresent()) {
        throw new IllegalArgumentException("Laplace." + name + ": was already set to "
            + chosen.get() + "; set it once, got " + value + ".");
      }
      return new Setting<>(name, byDefault, Optional.of(value));
    }

    T get() {
      return chosen.orElse(byDefault);
    }
  }

  private Laplace(
      Model<Tensor> model,
      L likelihood,
      Setting<WeightSubset> subset,
      Setting<Structure> structure,
      Setting<CurvatureSource> source,
      Setting<Prior> prior,
      Setting<Double> temperature) {
    this.model = model;
    this.likelihood = likelihood;
    this.subset = subset;
    this.structure = structure;
    this.source = source;
    this.prior = prior;
    this.temperature = temperature;
  }

  /** The approximation for a trained model and its likelihood, with the defaults. */
  public static <L extends Likelihood> Laplace<L> of(Model<Tensor> model, L likelihood) {
    return new Laplace<>(
        model,
        likelihood,
        Setting.open("over", WeightSubset.all()),
        Setting.open("structure", Structure.kronecker()),
        Setting.open("curvature", CurvatureSource.ggn()),
        Setting.open("prior", Prior.isotropic(1)),
        Setting.open("temperature", 1.0));
  }

  /** Which of the trainable weights are random. */
  public Laplace<L> over(WeightSubset chosen) {
    return new Laplace<>(
        model, likelihood, subset.choose(chosen), structure, source, prior, temperature);
  }

  /** What is kept of the curvature. */
  public Laplace<L> structure(Structure chosen) {
    return new Laplace<>(
        model, likelihood, subset, structure.choose(chosen), source, prior, temperature);
  }

  /** Which curvature: what is pulled back. */
  public Laplace<L> curvature(CurvatureSource chosen) {
    return new Laplace<>(
        model, likelihood, subset, structure, source.choose(chosen), prior, temperature);
  }

  /** The prior over the random weights. */
  public Laplace<L> prior(Prior chosen) {
    return new Laplace<>(
        model, likelihood, subset, structure, source, prior.choose(chosen), temperature);
  }

  /**
   * T &gt; 0: the likelihood to the power 1/T. Log-likelihood and curvature are divided by T, the
   * prior is not.
   */
  public Laplace<L> temperature(double chosen) {
    Approximation.requireTemperature("Laplace.temperature", chosen);
    return new Laplace<>(
        model, likelihood, subset, structure, source, prior, temperature.choose(chosen));
  }

  /**
   * What the approximation would take, with the chosen structure and with the library's others: a
   * table of heap and operations for fit, posterior, a prediction and a draw. Pulls back one
   * example, and fits nothing.
   */
  public Plan plan(Dataset data) {
    return plan(atThetaStar(subset.get(), data), prior.get(), data);
  }

  /**
   * The posterior at the values that the model's parameters have now: H = Σₙ Jₙᵀ Λₙ Jₙ in one pass
   * over the data. Later changes to the model do not reach it.
   *
   * @throws IllegalArgumentException if outputs and targets do not fit the likelihood, if nothing
   *     is selected and trainable, or if it would not go into the heap
   * @throws org.laplace4j.linalg.NotPositiveDefiniteException if P is not positive definite in
   *     floating point
   */
  public LaplacePosterior<L> fit(Dataset data) {
    LinearizedModel model = atThetaStar(subset.get(), data);
    Plan plan = plan(model, prior.get(), data);
    HeapCheck.require(plan, () -> lastLayerPlan(data));
    return LaplacePosterior.fit(model, approximation(source.get()), prior.get(), data);
  }

  /**
   * The same with a posterior of its own for each output, as if none shared a weight with another:
   * one pass over the data an output. The functional structure needs C matrices of N² numbers so,
   * and one of (N C)² otherwise.
   *
   * @throws IllegalArgumentException as {@link #fit}
   */
  public IndependentOutputs<L> fitIndependentOutputs(Dataset data) {
    if (!structure.get().isOfSource()) {
      throw new IllegalArgumentException("Laplace.fitIndependentOutputs: Structure."
          + structure.get() + " does not tell outputs apart; use one that is made of the rows of a"
          + " source, such as Structure.functional().");
    }
    LinearizedModel at = atThetaStar(subset.get(), data);
    int outputs = at.outputs(data.batches().get(0).select(0).x()).shape().dim(-1);
    Plan ofOne = plan(at, new OneOutput(source.get(), 0), prior.get(), data);
    HeapCheck.require("Laplace.fitIndependentOutputs", ofOne.kept(outputs), Optional::empty);
    List<LaplacePosterior<L>> posteriors = new ArrayList<>();
    for (int c = 0; c < outputs; c++) {
      CurvatureSource of = new OneOutput(source.get(), c);
      posteriors.add(LaplacePosterior.fit(at, approximation(of), prior.get(), data));
    }
    return new IndependentOutputs<>(posteriors);
  }

  private Approximation<L> approximation(CurvatureSource of) {
    return new Approximation<>(likelihood, of, structure.get(), temperature.get());
  }

  private LinearizedModel atThetaStar(WeightSubset of, Dataset data) {
    ParameterSpace space = ParameterSpace.of(model, of.select(model, data));
    return new LinearizedModel(model, space, Weights.of(model));
  }

  private Plan plan(LinearizedModel at, Prior under, Dataset data) {
    return plan(at, source.get(), under, data);
  }

  private Plan plan(LinearizedModel at, CurvatureSource of, Prior under, Dataset data) {
    Passes passes = new Passes(at, likelihood, of, data, 0);
    double heap = Runtime.getRuntime().maxMemory();
    return Plan.of(structure.get(), passes.workload(under), heap);
  }

  /** The same structure over less, where there is a last layer that can be taken alone. */
  private Optional<Plan> lastLayerPlan(Dataset data) {
    if (!(model instanceof Module)) {
      return Optional.empty();
    }
    WeightMask last = WeightSubset.lastLayer()
        .select(model, data)
        .intersection(WeightMask.trainable(model.parameters().values()));
    return last.count() == 0
        ? Optional.empty()
        : Optional.of(plan(atThetaStar(WeightSubset.of(last), data), Prior.isotropic(1), data));
  }
}
