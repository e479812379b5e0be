package org.laplace4j.laplace.online;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Approximation;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.curvature.CurvatureSource;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.evidence.Tuner;
import org.laplace4j.laplace.metric.Score;
import org.laplace4j.linalg.NotPositiveDefiniteException;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Prior;
import org.laplace4j.nn.train.MapTrainer;
import org.laplace4j.nn.train.Optimizer;
import org.laplace4j.nn.train.Setting;
import org.laplace4j.nn.train.TrainingListener;

/**
 * Trains a network and learns its prior precisions, and noise, at the same time, without validation
 * data but for a temperature (Immer et al. 2021): epochs of MAP training alternate with updates of
 * prior and noise by the Laplace evidence at the weights that there are.
 *
 * <pre>
 *   θ       ← uphill in log p(D | θ, σ)/T + log p(θ | δ)              an epoch of {@link MapTrainer}
 *   (δ, σ)  ← uphill in log p(D | δ, σ), the evidence at θ            a {@link Tuner}, after every k-th epoch
 * </pre>
 *
 * <p>What is trainable is what is random: the posterior of each update is over all trainable
 * elements. The weights, prior and noise of the update with the highest log evidence are kept; an
 * update takes θ as given, so the evidence may also fall on the way ({@link OnlineReport#path}).
 * With {@link #learnTemperature} T is learnt too, by held-out examples. With {@link #pruning},
 * elements that the evidence can do without are set to their prior mean and frozen, and training
 * goes on with the others.
 *
 * <p>The parameters are written while training goes on, and so are their masks where elements are
 * pruned; whatever goes wrong, they are as they were. The same data, settings and seed give the
 * same bits.
 *
 * <pre>{@code
 * OnlineReport<Gaussian> report =
 *     MarginalLikelihoodTrainer.of(model, Gaussian.of(1))
 *         .tuner(Tuner.marginalLikelihood().layerwisePrior().steps(10).andNoise())
 *         .epochs(500)
 *         .burnIn(50)
 *         .train(data, new SplittableRandom(1));
 * LaplacePosterior<Gaussian> posterior = report.posterior();
 * }</pre>
 *
 * <p>Defaults: those of {@link MapTrainer} and {@link Laplace}; ten steps uphill in one precision
 * for all elements, after every epoch; no burn-in, no patience, no pruning, a fixed temperature.
 *
 * <p>Precisions that grow without bound make the objective stiff: of weights that the data do not
 * need, a plain descent ({@code Sgd}) then diverges, where {@code Adam} does not. Prune them. A
 * high temperature does the same, since the prior counts T times beside the data. A precision for
 * each element costs least with {@code Structure.diagonal}, which gives its eigenvalues.
 *
 * @param <L> the likelihood
 */
public final class MarginalLikelihoodTrainer<L extends Likelihood> {
  private static final String NAME = "MarginalLikelihoodTrainer";
  private static final int STEPS = 10;

  private final Model<Tensor> model;
  private final L likelihood;
  private final MapTrainer trainer;
  private final Setting<Prior> prior = setting("prior", Prior.isotropic(1));
  private final Setting<Structure> structure = setting("structure", Structure.kronecker());
  private final Setting<CurvatureSource> source = setting("curvature", CurvatureSource.ggn());
  private final Setting<Double> temperature = setting("temperature", 1.0);
  private final Setting<Tuner<? super L>> tuner =
      setting("tuner", Tuner.marginalLikelihood().steps(STEPS));
  private final Setting<Integer> burnIn = setting("burnIn", 0);
  private final Setting<Integer> every = setting("every", 1);
  private final Setting<Integer> patience = setting("patience", Integer.MAX_VALUE);
  private final Setting<Optional<Pruning>> pruning = setting("pruning", Optional.empty());
  private final Setting<Optional<HeldOut<L>>> heldOut =
      setting("learnTemperature", Optional.empty());
  private final Setting<Consumer<? super OnlineUpdate<L>>> onUpdate =
      setting("onUpdate", update -> {});

  private MarginalLikelihoodTrainer(Model<Tensor> model, L likelihood) {
    this.model = model;
    this.likelihood = likelihood;
    this.trainer = MapTrainer.of(model, likelihood);
  }

  private static <T> Setting<T> setting(String name, T byDefault) {
    return new Setting<>(NAME + "." + name, byDefault);
  }

  /**
   * A trainer of the given model, whose outputs the likelihood interprets, with its first noise.
   */
  public static <L extends Likelihood> MarginalLikelihoodTrainer<L> of(
      Model<Tensor> model, L likelihood) {
    return new MarginalLikelihoodTrainer<>(model, likelihood);
  }

  /** The first prior: that of the burn-in. */
  public MarginalLikelihoodTrainer<L> prior(Prior prior) {
    this.prior.make(prior);
    return this;
  }

  /**
   * Learns the temperature as well: each update ends with a search for the T of 1e-6 to 1e6 under
   * which the posterior has the smallest score on examples that training does not see. T moves
   * there, by a factor of ten at most, and training and evidence go on at it. It needs held-out
   * examples because the evidence has no maximum in T
   * ({@link org.laplace4j.laplace.evidence.EvidenceGradient#byLogTemperature}). The update of the
   * smallest score is kept, and patience waits for a smaller one, since evidences at different
   * temperatures do not compare. The epochs of the report tell the held-out NLL.
   *
   * <p>A cold posterior is near the network alone, and its training near that of the likelihood
   * alone: where T falls towards 1e-6, the posterior does not help on these examples. An update
   * costs some 35 predictions of the held-out examples; {@link #every} makes them fewer.
   *
   * <pre>{@code
   * MarginalLikelihoodTrainer.of(model, new Categorical())
   *     .learnTemperature(heldOut, Score.negativeLogLikelihood(Predictive.probit()))
   *     .every(5)
   *     .train(data, new SplittableRandom(1));
   * }</pre>
   */
  public MarginalLikelihoodTrainer<L> learnTemperature(Dataset heldOut, Score<? super L> score) {
    this.heldOut.make(Optional.of(HeldOut.of(heldOut, score)));
    trainer.validation(heldOut);
    return this;
  }

  /** What is kept of the curvature. */
  public MarginalLikelihoodTrainer<L> structure(Structure structure) {
    this.structure.make(structure);
    return this;
  }

  /** Which curvature: what is pulled back. */
  public MarginalLikelihoodTrainer<L> curvature(CurvatureSource source) {
    this.source.make(source);
    return this;
  }

  /**
   * T &gt; 0: the likelihood to the power 1/T, in training and evidence alike; where it is learnt,
   * the first.
   */
  public MarginalLikelihoodTrainer<L> temperature(double temperature) {
    Approximation.requireTemperature(NAME + ".temperature", temperature);
    this.temperature.make(temperature);
    return this;
  }

  /**
   * How prior and noise are updated: with which form of prior, and by how many steps. A limit of
   * steps ({@link org.laplace4j.laplace.evidence.MarginalLikelihood#steps}) keeps an update near
   * what there was, and saves the look at far-away precisions.
   */
  public MarginalLikelihoodTrainer<L> tuner(Tuner<? super L> tuner) {
    this.tuner.make(tuner);
    return this;
  }

  /** The rule of descent of the weights. */
  public MarginalLikelihoodTrainer<L> optimizer(Optimizer optimizer) {
    trainer.optimizer(optimizer);
    return this;
  }

  /** How many times the data is gone through, at most. */
  public MarginalLikelihoodTrainer<L> epochs(int epochs) {
    trainer.epochs(epochs);
    return this;
  }

  /** The examples a step of the weights. */
  public MarginalLikelihoodTrainer<L> batchSize(int batchSize) {
    trainer.batchSize(batchSize);
    return this;
  }

  /** The longest gradient of the weights; longer ones are scaled down. */
  public MarginalLikelihoodTrainer<L> clipNorm(double norm) {
    trainer.clipNorm(norm);
    return this;
  }

  /** Who is told of each step of the weights. */
  public MarginalLikelihoodTrainer<L> listener(TrainingListener listener) {
    trainer.listener(listener);
    return this;
  }

  /**
   * Epochs under the first prior, after which those {@link #every} which there is an update are
   * counted: the first comes after burnIn + every of them. Fewer than there are epochs.
   */
  public MarginalLikelihoodTrainer<L> burnIn(int epochs) {
    this.burnIn.make(atLeast(0, "burnIn", "number of epochs", epochs));
    return this;
  }

  /** Epochs from one update to the next; the last epoch always has one. */
  public MarginalLikelihoodTrainer<L> every(int epochs) {
    this.every.make(atLeast(1, "every", "number of epochs", epochs));
    return this;
  }

  /**
   * Stops once the log evidence has reached no new height for this many updates in a row, or, where
   * the temperature is learnt, the score no new depth.
   */
  public MarginalLikelihoodTrainer<L> patience(int updates) {
    this.patience.make(atLeast(1, "patience", "number of updates", updates));
    return this;
  }

  /**
   * What to prune, at each update and before the tuner; never all, and never against the evidence.
   */
  public MarginalLikelihoodTrainer<L> pruning(Pruning pruning) {
    this.pruning.make(Optional.of(pruning));
    return this;
  }

  /** Who is told of each update, in the training thread. What it throws ends the training. */
  public MarginalLikelihoodTrainer<L> onUpdate(Consumer<? super OnlineUpdate<L>> listener) {
    this.onUpdate.make(listener);
    return this;
  }

  private static int atLeast(int least, String where, String what, int value) {
    if (value < least) {
      throw new IllegalArgumentException(NAME + "." + where + ": the " + what + " must be at least "
          + least + ", got " + value + ".");
    }
    return value;
  }

  /**
   * Trains, and leaves the model as it was at the update of the highest log evidence, or, where the
   * temperature is learnt, of the smallest score.
   *
   * @param rng shuffles the examples
   * @throws IllegalArgumentException if settings, data and model do not fit together, or if the
   *     objective or the evidence stops being finite, or if the tuner changes the temperature
   * @throws NotPositiveDefiniteException if the precision of an update is not positive definite:
   *     under a true Hessian, or a prior too weak
   */
  public OnlineReport<L> train(Dataset data, RandomGenerator rng) {
    ModelState before = ModelState.of(model);
    try {
      return climb(data, rng);
    } catch (RuntimeException | Error e) {
      before.store(model);
      throw e;
    }
  }

  private OnlineReport<L> climb(Dataset data, RandomGenerator rng) {
    EvidenceFit fit = new EvidenceFit(model, structure.value(), source.value(), data);
    EvidenceClimb<L> climb = new EvidenceClimb<>(
        fit,
        tuner.value(),
        pruning.value(),
        heldOut.value(),
        likelihood,
        prior.value(),
        temperature.value());
    return new Alternation<>(
            climb, burnIn.value(), every.value(), patience.value(), onUpdate.value())
        .run(trainer.start(data), rng);
  }
}
