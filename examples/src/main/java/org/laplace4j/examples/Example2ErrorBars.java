package org.laplace4j.examples;

import static org.laplace4j.laplace.evidence.Tuner.marginalLikelihood;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.metric.RegressionMetrics;
import org.laplace4j.laplace.predict.NormalPrediction;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.nn.Batch;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Standardizer;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Prior;
import org.laplace4j.nn.train.MapTrainer;
import org.laplace4j.nn.train.TrainingListener;

/**
 * Regression with error bars, whose two parts are told apart: what the network does not know
 * (epistemic), and what cannot be known, the noise. First on a curve with a gap in its data, then
 * on the strength of concrete. Run it by {@code bin/example 2 [FOLDER]}.
 */
public final class Example2ErrorBars {
  private static final int ROUNDS = 3;

  private Example2ErrorBars() {}

  /**
   * What came out.
   *
   * @param bands the prediction of the curve at {@link GappedCurve#grid()}
   * @param noiseOnly the prediction of the concrete's strength by the one network and its noise
   * @param posterior the same with all plausible networks
   * @param measured the strength that was measured
   */
  record Results(
      NormalPrediction bands,
      NormalPrediction noiseOnly,
      NormalPrediction posterior,
      Tensor measured) {}

  /** Runs it. */
  public static void main(String... arguments) throws IOException {
    run(System.out, Path.of(arguments.length > 0 ? arguments[0] : "out"));
  }

  static Results run(PrintStream out, Path folder) throws IOException {
    // 1. A curve, and the networks that may be it.
    Dataset points = GappedCurve.points(100, new SplittableRandom(1));
    Sequential small = Sequential.mlp(Activation.tanh(), new SplittableRandom(2), 1, 20, 20, 1);
    LaplacePosterior<Gaussian> curve = train(small, points, new ProgressBar(out, "curve"));
    NormalPrediction bands = curve.predict(GappedCurve.grid(), Predictive.linearized());
    out.printf(
        Locale.ROOT,
        "curve: noise %.3f found, %.3f true%n%n",
        curve.likelihood().sigma()[0],
        GappedCurve.NOISE);

    // 2. Concrete, standardised by the training part; predictions are in MPa again.
    Concrete concrete = Concrete.load();
    Batch training = concrete.training().whole();
    Batch test = concrete.test().whole();
    Standardizer recipe = Standardizer.fit(training.x());
    Standardizer mpa = Standardizer.fit(training.targets().values());
    Dataset specimens = Dataset.of(
        recipe.apply(training.x()), Targets.values(mpa.apply(training.targets().values())));
    Sequential network = Sequential.mlp(Activation.tanh(), new SplittableRandom(3), 8, 50, 1);
    LaplacePosterior<Gaussian> posterior =
        train(network, specimens, new ProgressBar(out, "concrete"));
    NormalPrediction prediction =
        posterior.predict(recipe.apply(test.x()), Predictive.linearized()).inUnitsOf(mpa);

    // 3. What the epistemic part is good for.
    NormalPrediction noiseOnly = new NormalPrediction(
        prediction.mean(), Tensor.zeros(prediction.epistemic().shape()), prediction.aleatoric());
    Results results = new Results(bands, noiseOnly, prediction, test.targets().values());
    print(out, results);
    Path file = folder.resolve("error-bars.png");
    ErrorBarsPicture.of(points, results).write(file);
    out.printf("%nA picture: %s%n", file);
    return results;
  }

  /** Trains, asks the evidence for noise and prior, and trains on with them (MacKay 1992). */
  private static LaplacePosterior<Gaussian> train(
      Sequential network, Dataset data, TrainingListener listener) {
    LaplacePosterior<Gaussian> posterior =
        train(network, Gaussian.of(0.3), Prior.isotropic(1), data, listener);
    for (int round = 2; round <= ROUNDS; round++) {
      posterior = train(network, posterior.likelihood(), posterior.prior(), data, listener);
    }
    return posterior;
  }

  private static LaplacePosterior<Gaussian> train(
      Sequential network, Gaussian noise, Prior prior, Dataset data, TrainingListener listener) {
    MapTrainer.of(network, noise)
        .prior(prior)
        .epochs(300)
        .listener(listener)
        .train(data, new SplittableRandom(4));
    return Laplace.of(network, noise)
        .structure(Structure.full())
        .prior(prior)
        .fit(data)
        .tune(marginalLikelihood().andNoise())
        .posterior();
  }

  private static void print(PrintStream out, Results results) {
    out.printf(
        Locale.ROOT,
        "%nconcrete, %d specimens of the test part   RMSE    NLL   CRPS    inside the 50   90   95 %%"
            + " interval%n",
        results.measured().shape().dim(0));
    print(out, "one network and its noise", results.noiseOnly(), results.measured());
    print(out, "Laplace: all plausible networks", results.posterior(), results.measured());
    out.printf(
        "%nRMSE and CRPS are in MPa, the NLL in nats a specimen; less is better of all three.%n");
  }

  private static void print(PrintStream out, String from, NormalPrediction p, Tensor y) {
    out.printf(
        Locale.ROOT,
        "%-39s %6.2f %6.3f %6.2f  %16.0f %4.0f %4.0f %%%n",
        from,
        RegressionMetrics.rootMeanSquaredError(p, y),
        -RegressionMetrics.meanLogDensity(p, y),
        RegressionMetrics.continuousRankedProbabilityScore(p, y),
        100 * RegressionMetrics.coverage(p, y, 0.5),
        100 * RegressionMetrics.coverage(p, y, 0.9),
        100 * RegressionMetrics.coverage(p, y, 0.95));
  }
}
