package org.laplace4j.nn.train;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.nn.Batch;
import org.laplace4j.nn.Dataset;

/** One run of training: θ as it goes from step to step. No parameter is changed here. */
final class TrainingRun {
  private final MapObjective objective;
  private final Descent descent;
  private final int epochs;
  private final double clipNorm;
  private final Optional<Dataset> validation;
  private final TrainingListener listener;
  private double[] theta;
  private OptionalDouble validationNll = OptionalDouble.empty();

  TrainingRun(
      MapObjective objective,
      Descent descent,
      int epochs,
      double clipNorm,
      Optional<Dataset> validation,
      TrainingListener listener) {
    this.objective = objective;
    this.descent = descent;
    this.epochs = epochs;
    this.clipNorm = clipNorm;
    this.validation = validation;
    this.listener = listener;
    this.theta = objective.start();
  }

  /** θ now; a step replaces it by a new array. */
  double[] theta() {
    return theta;
  }

  /** One step a batch, then validation. */
  TrainingReport.Epoch epoch(int epoch, List<Batch> batches) {
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
      listener.onProgress(new Progress(epoch, epochs, b + 1, count, sum / seen, validationNll));
    }
    return new TrainingReport.Epoch(sum / seen, validationNll);
  }

  /** Moves θ uphill, and returns the objective where it was. */
  private double step(Batch batch, double progress, String when) {
    MapObjective.Value value = objective.at(theta, batch);
    requireFinite("the objective", when, value.objective());
    requireFinite("an element of the gradient", when, value.gradient());
    double[] downhill = Arrays.negate(GradientNorm.clipped(value.gradient(), clipNorm));
    theta = descent.step(theta, downhill, progress);
    requireFinite("a weight", when, theta);
    return value.objective();
  }

  private OptionalDouble validate(String when) {
    if (validation.isEmpty()) {
      return OptionalDouble.empty();
    }
    double nll = objective.negativeLogLikelihood(theta, validation.get());
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
