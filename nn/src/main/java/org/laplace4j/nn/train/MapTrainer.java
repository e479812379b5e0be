package org.laplace4j.nn.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Prior;

/**
 * Looks for the MAP estimate, the θ ∈ R^Θ that maximises the posterior density of a model's
 * trainable elements given N examples:
 *
 * <pre>
 *   J(θ) = (1/N) (log p(D | θ) + log p(θ))          estimated from a batch b as
 *   J_b(θ) = (1/|b|) Σ_{n∈b} log p(yₙ | fₙ) + (1/N) log p(θ)
 * </pre>
 *
 * <p>The division by N changes no optimum, and makes learning rates and norms of gradients
 * independent of the number of examples. Each step of the optimiser takes one batch; each epoch
 * shuffles the examples anew. The same data, settings and seed give the same bits.
 *
 * <p>The parameters are written once, when training has succeeded; whatever goes wrong, they are as
 * they were. Frozen elements keep their bits.
 *
 * <pre>{@code
 * TrainingReport report =
 *     MapTrainer.of(model, new Categorical())
 *         .prior(Prior.isotropic(1))
 *         .optimizer(Adam.of(0.01))
 *         .epochs(50)
 *         .train(data, new SplittableRandom(1));
 * }</pre>
 *
 * <p>Defaults: a prior of precision 1 on every element, {@link Adam} with rate 0.01 falling to 0 as
 * a cosine, 100 epochs, batches of 32, no clipping, no validation.
 */
public final class MapTrainer {
  private final Model<Tensor> model;
  private final Likelihood likelihood;
  private final Setting<Prior> prior = new Setting<>("MapTrainer.prior", Prior.isotropic(1));
  private final Setting<Optimizer> optimizer =
      new Setting<>("MapTrainer.optimizer", Adam.of(0.01).withSchedule(Schedule.cosine()));
  private final Setting<Integer> epochs = new Setting<>("MapTrainer.epochs", 100);
  private final Setting<Integer> batchSize = new Setting<>("MapTrainer.batchSize", 32);
  private final Setting<Double> clipNorm =
      new Setting<>("MapTrainer.clipNorm", Double.POSITIVE_INFINITY);
  private final Setting<Optional<Dataset>> validation =
      new Setting<>("MapTrainer.validation", Optional.empty());
  private final Setting<Integer> patience = new Setting<>("MapTrainer.patience", Integer.MAX_VALUE);
  private final Setting<TrainingListener> listener =
      new Setting<>("MapTrainer.listener", progress -> {});

  private MapTrainer(Model<Tensor> model, Likelihood likelihood) {
    this.model = model;
    this.likelihood = likelihood;
  }

  /** A trainer of the given model, whose outputs the likelihood interprets. */
  public static MapTrainer of(Model<Tensor> model, Likelihood likelihood) {
    return new MapTrainer(model, likelihood);
  }

  /** The prior p(θ). Give the posterior the same one: then θ is its mode. */
  public MapTrainer prior(Prior prior) {
    this.prior.make(prior);
    return this;
  }

  /** The rule of descent. */
  public MapTrainer optimizer(Optimizer optimizer) {
    this.optimizer.make(optimizer);
    return this;
  }

  /** How many times the data is gone through, at most. */
  public MapTrainer epochs(int epochs) {
    this.epochs.make(Checks.atLeastOne("MapTrainer.epochs", "number of epochs", epochs));
    return this;
  }

  /** |b|, the examples a step; the last batch of an epoch may be smaller. */
  public MapTrainer batchSize(int batchSize) {
    this.batchSize.make(Checks.atLeastOne("MapTrainer.batchSize", "size of batches", batchSize));
    return this;
  }

  /**
   * Scales a gradient ∇J_b that is longer than this down to this length, over all elements at once.
   */
  public MapTrainer clipNorm(double norm) {
    this.clipNorm.make(Checks.positive("MapTrainer.clipNorm", "norm", norm));
    return this;
  }

  /**
   * Examples that are not trained on: their mean −log p(y | f) is measured after each epoch, and
   * the weights of the epoch where it is smallest are kept. Such weights need not be a MAP
   * estimate; the report's gradient norm tells how far from one they are.
   */
  public MapTrainer validation(Dataset data) {
    this.validation.make(Optional.of(data));
    return this;
  }

  /**
   * Stops once the validation has not improved for this many epochs in a row. Needs
   * {@link #validation}.
   */
  public MapTrainer patience(int epochs) {
    this.patience.make(Checks.atLeastOne("MapTrainer.patience", "number of epochs", epochs));
    return this;
  }

  /** Who is told of each step. */
  public MapTrainer listener(TrainingListener listener) {
    this.listener.make(listener);
    return this;
  }

  /**
   * Trains, and writes the parameters.
   *
   * @param rng shuffles the examples
   * @throws IllegalArgumentException if settings, data and model do not fit together, or if the
   *     objective stops being finite
   */
  public TrainingReport train(Dataset data, RandomGenerator rng) {
    checkTogether();
    TrainingRun run = start(data);
    BestWeights best = new BestWeights();
    List<TrainingReport.Epoch> done = new ArrayList<>();
    while (done.size() < run.epochs() && done.size() - best.epoch() < patience.value()) {
      TrainingReport.Epoch epoch = run.epoch(rng);
      done.add(epoch);
      best.see(done.size(), run.theta(), epoch.validationNll());
    }
    MapObjective objective = run.objective();
    Dataset inOrder = data.rebatched(batchSize.value());
    MapObjective.Value reached = objective.at(best.theta(), inOrder);
    String end = "the end, after epoch " + done.size();
    TrainingRun.requireFinite("the objective", end, reached.objective());
    TrainingRun.requireFinite("an element of the gradient", end, reached.gradient());
    objective.store(best.theta());
    return new TrainingReport(
        done,
        best.epoch(),
        done.size() < epochs.value(),
        reached.objective(),
        GradientNorm.of(reached.gradient()));
  }

  /**
   * Begins training, and leaves it to the caller to go on: for methods that change what is
   * maximised on the way. Patience does not act, and no best weights are kept.
   *
   * @throws IllegalArgumentException if data and model do not fit together
   */
  public TrainingRun start(Dataset data) {
    MapObjective objective = new MapObjective(model, likelihood, prior.value(), data.size());
    Dataset whole = Dataset.of(List.of(data.whole())); // so that no epoch joins the batches again
    objective.check(
        "MapTrainer.train: the examples",
        whole.rebatched(batchSize.value()),
        whole.whole().targets());
    validation
        .value()
        .ifPresent(given -> objective.check(
            "MapTrainer.validation: the held-out examples", given, given.whole().targets()));
    return new TrainingRun(
        objective,
        optimizer.value(),
        new TrainingRun.Course(
            whole,
            batchSize.value(),
            epochs.value(),
            clipNorm.value(),
            validation.value(),
            listener.value()));
  }

  private void checkTogether() {
    if (patience.made() && validation.value().isEmpty()) {
      throw new IllegalArgumentException("MapTrainer: a patience of " + patience.value()
          + " epochs was given without validation examples,"
          + " by which alone it can be judged; give both or neither.");
    }
  }
}
