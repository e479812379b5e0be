package org.laplace4j.nn.train;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.nn.Batch;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Prior;

/**
 * One run of training, an epoch at a time: θ as it goes from step to step, and what the optimiser
 * remembers. Between epochs what is maximised may change ({@link #revise}). No parameter is changed
 * but by {@link #store}. For one thread.
 */
public final class TrainingRun {

  /**
   * How the run goes.
   *
   * @param data all examples, as one batch
   * @param batchSize the examples a step
   * @param epochs how many there will be at most
   * @param clipNorm the longest gradient
   * @param validation examples to be watched
   * @param listener is told of each step
   */
  record Course(
      Dataset data,
      int batchSize,
      int epochs,
      double clipNorm,
      Optional<Dataset> validation,
      TrainingListener listener) {}

  private final Course course;
  private final ParameterSpace whole;
  private final Descent descent;
  private MapObjective objective;
  private int[] places;
  private double[] theta;
  private int done;
  private OptionalDouble validationNll = OptionalDouble.empty();

  TrainingRun(MapObjective objective, Optimizer optimizer, Course course) {
    this.course = course;
    this.whole = objective.space();
    this.descent = optimizer.start(whole.size());
    this.objective = objective;
    this.places = whole.placesIn(whole);
    this.theta = objective.start();
  }

  /** How many epochs there will be at most. */
  public int epochs() {
    return course.epochs();
  }

  MapObjective objective() {
    return objective;
  }

  /** θ now; a step replaces it by a new array. */
  double[] theta() {
    return theta;
  }

  /**
   * One step a batch of the examples, shuffled anew; then validation.
   *
   * @throws IllegalArgumentException if all epochs are done, or if a number stops being finite
   */
  public TrainingReport.Epoch epoch(RandomGenerator rng) {
    if (done == course.epochs()) {
      throw new IllegalArgumentException(
          "TrainingRun.epoch: all " + done + " epochs are done; ask the trainer for more.");
    }
    int epoch = ++done;
    List<Batch> batches = course.data().shuffled(course.batchSize(), rng).batches();
    int epochs = course.epochs();
    int count = batches.size();
    double sum = 0;
    int seen = 0;
    for (int b = 0; b < count; b++) {
      Batch batch = batches.get(b);
      double progress = ((epoch - 1) * (double) count + b) / ((double) epochs * count);
      String when = "epoch " + epoch + " of " + epochs + ", batch " + (b + 1) + " of " + count;
      sum += batch.size() * step(batch, progress, when);
      seen += batch.size();
      if (b == count - 1) {
        validationNll = validate(when);
      }
      course
          .listener()
          .onProgress(new Progress(epoch, epochs, b + 1, count, sum / seen, validationNll));
    }
    return new TrainingReport.Epoch(sum / seen, validationNll);
  }

  /** Writes θ into the parameters. */
  public void store() {
    objective.store(theta);
  }

  /**
   * From the next step on maximises the posterior density of this likelihood and prior, over the
   * elements that are trainable now, from the values that the parameters have now: {@link #store}
   * first, to go on from θ. Elements may have been frozen since; the optimiser keeps what it
   * remembers of the others.
   *
   * @throws IllegalArgumentException if an element is trainable that was not at the start
   */
  public void revise(Likelihood likelihood, Prior prior) {
    MapObjective revised = objective.under(likelihood, prior);
    places = revised.space().placesIn(whole);
    objective = revised;
    theta = revised.start();
  }

  /** Moves θ uphill, and returns the objective where it was. */
  private double step(Batch batch, double progress, String when) {
    MapObjective.Value value = objective.at(theta, batch);
    requireFinite("the objective", when, value.objective());
    requireFinite("an element of the gradient", when, value.gradient());
    double[] downhill = Arrays.negate(GradientNorm.clipped(value.gradient(), course.clipNorm()));
    double[] moved = move(downhill, progress);
    requireFinite("a weight", when, moved); // before it is kept: a caller may go on, and store
    theta = moved;
    return value.objective();
  }

  /** The optimiser's step, for which frozen elements rest at 0. */
  private double[] move(double[] downhill, double progress) {
    if (theta.length == whole.size()) {
      return descent.step(theta, downhill, progress);
    }
    double[] at = Arrays.scatter(theta, places, whole.size());
    double[] gradient = Arrays.scatter(downhill, places, whole.size());
    return Arrays.gather(descent.step(at, gradient, progress), places);
  }

  private OptionalDouble validate(String when) {
    if (course.validation().isEmpty()) {
      return OptionalDouble.empty();
    }
    double nll = objective.negativeLogLikelihood(theta, course.validation().get());
    requireFinite("the validation NLL", when, nll);
    return OptionalDouble.of(nll);
  }

  static void requireFinite(String what, String when, double... values) {
    int bad = Arrays.firstNonFinite(values);
    if (bad >= 0) {
      throw new IllegalArgumentException(
          "MapTrainer.train: " + what + " became " + values[bad] + " at " + when
              + "; the parameters keep the values they had before training. Lower the learning rate, clip"
              + " the gradient (clipNorm), or standardise the inputs.");
    }
  }
}
