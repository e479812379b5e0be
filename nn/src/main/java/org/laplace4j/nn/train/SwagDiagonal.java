package org.laplace4j.nn.train;

import java.util.List;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.nn.Batch;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Prior;

/**
 * The diagonal of SWAG (Maddox et al. 2019): how far stochastic gradient descent wanders around θ*
 * at a constant rate. One iterate is taken after each of T epochs.
 *
 * <pre>
 *   θ̄ = 1/T Σ_t θ_t          σ² = 1/T Σ_t θ_t² − θ̄²          (Θ)
 * </pre>
 *
 * <p>The objective is that of {@link MapTrainer}. The model is not changed; the same data, settings
 * and seed give the same bits.
 *
 * @param sgd the rule of descent; its schedule sees the progress of this run
 * @param snapshots T
 * @param batchSize the examples a step
 */
public record SwagDiagonal(Sgd sgd, int snapshots, int batchSize) {

  /**
   * What was seen of the iterates.
   *
   * @param mean θ̄, (Θ)
   * @param variances σ², (Θ)
   */
  public record Moments(double[] mean, double[] variances) {}

  /** Checks that there is something to average. */
  public SwagDiagonal {
    Checks.atLeastOne("SwagDiagonal", "number of snapshots", snapshots);
    Checks.atLeastOne("SwagDiagonal", "size of batches", batchSize);
  }

  /** 40 epochs in batches of 32 at a constant rate, with momentum 0.9. */
  public static SwagDiagonal of(double rate) {
    return new SwagDiagonal(Sgd.of(rate).withMomentum(0.9), 40, 32);
  }

  /**
   * Descends from the values that the model has now, over all its trainable elements.
   *
   * @param rng shuffles the examples
   * @throws IllegalArgumentException if likelihood and data do not fit the model, or if the descent
   *     leaves the finite numbers
   */
  public Moments around(
      Model<Tensor> model, Likelihood likelihood, Prior prior, Dataset data, RandomGenerator rng) {
    MapObjective objective = new MapObjective(model, likelihood, prior, data.size());
    Dataset whole = Dataset.of(List.of(data.whole()));
    objective.check(
        "SwagDiagonal: the examples", whole.rebatched(batchSize), whole.whole().targets());
    Descent descent = sgd.start(objective.size());
    double[] theta = objective.start();
    double[] mean = new double[theta.length];
    double[] squares = new double[theta.length];
    for (int t = 1; t <= snapshots; t++) {
      List<Batch> batches = whole.shuffled(batchSize, rng).batches();
      for (int b = 0; b < batches.size(); b++) {
        double progress = (t - 1 + b / (double) batches.size()) / snapshots;
        double[] uphill = objective.at(theta, batches.get(b)).gradient();
        theta = descent.step(theta, Arrays.negate(uphill), progress);
      }
      requireFinite(t, theta);
      addMoments(theta, t, mean, squares);
    }
    return new Moments(mean, Arrays.scale(squares, 1.0 / snapshots));
  }

  /** The running mean, and the sum of squares around it, of t iterates (Welford 1962). */
  private static void addMoments(double[] theta, int t, double[] mean, double[] squares) {
    for (int i = 0; i < theta.length; i++) {
      double before = theta[i] - mean[i];
      mean[i] += before / t;
      squares[i] += before * (theta[i] - mean[i]);
    }
  }

  private void requireFinite(int t, double[] theta) {
    int bad = Arrays.firstNonFinite(theta);
    if (bad >= 0) {
      throw new IllegalArgumentException("SwagDiagonal: element " + bad + " became " + theta[bad]
          + " in epoch " + t + " of " + snapshots + "; lower the rate, which is " + sgd.rate()
          + ".");
    }
  }
}
