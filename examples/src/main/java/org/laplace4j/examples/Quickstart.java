package org.laplace4j.examples;

import static org.laplace4j.laplace.evidence.Tuner.marginalLikelihood;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.metric.ClassificationMetrics;
import org.laplace4j.laplace.metric.Ranking;
import org.laplace4j.laplace.predict.ClassProbabilities;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.nn.Batch;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.likelihood.ClassLikelihood;
import org.laplace4j.nn.train.MapTrainer;

/**
 * A network learns handwritten digits, and its Laplace approximations say how far to trust it: on
 * digits as it knows them, on the same ones moved by a pixel, and on images that are no digits.
 *
 * <p>Run it by {@code bin/quickstart [FOLDER]}; the folder, {@code out} unless given, receives the
 * picture. The size of the network was chosen by the validation images, everything else is a
 * default.
 */
public final class Quickstart {
  private static final int BINS = 15;

  /** What one way to predict says of the three kinds of test images. */
  record Answers(
      String from,
      ClassProbabilities drawn,
      ClassProbabilities moved,
      ClassProbabilities scrambled) {

    static Answers of(
        String from,
        LaplacePosterior<Categorical> posterior,
        Predictive<ClassLikelihood, ClassProbabilities> predictive,
        Tensor images) {
      return new Answers(
          from,
          posterior.predict(images, predictive),
          posterior.predict(Digits.moved(images), predictive),
          posterior.predict(Digits.scrambled(images), predictive));
    }

    /** How well entropy tells the scrambled images from the digits. */
    double detection() {
      return Ranking.auroc(scrambled.entropies(), drawn.entropies());
    }
  }

  private Quickstart() {}

  /** Runs it. */
  public static void main(String... arguments) throws IOException {
    run(System.out, Path.of(arguments.length > 0 ? arguments[0] : "out"));
  }

  static List<Answers> run(PrintStream out, Path folder) throws IOException {
    Digits digits = Digits.load();
    out.printf(
        Locale.ROOT,
        "Handwritten digits, 8 x 8 pixels: %d to learn from, %d to test.%n%n",
        digits.training().size(),
        digits.test().size());

    // 1. A network, trained to the mode of its posterior.
    Sequential network = Sequential.mlp(Activation.tanh(), new SplittableRandom(1), 64, 32, 32, 10);
    MapTrainer.of(network, new Categorical())
        .epochs(40)
        .listener(new ProgressBar(out, "training"))
        .train(digits.training(), new SplittableRandom(2));

    // 2. Its posterior: over the last layer, and over all weights. Evidence tunes the prior.
    LaplacePosterior<Categorical> lastLayer = Laplace.of(network, new Categorical())
        .over(WeightSubset.lastLayer())
        .structure(Structure.kronecker())
        .fit(digits.training())
        .tune(marginalLikelihood().layerwisePrior())
        .posterior();
    LaplacePosterior<Categorical> allWeights = Laplace.of(network, new Categorical())
        .structure(Structure.kronecker())
        .fit(digits.training())
        .tune(marginalLikelihood().layerwisePrior())
        .posterior();
    out.printf(
        Locale.ROOT,
        "posteriors over %,d and %,d weights, of which the data determine %.0f and %.0f%n%n",
        lastLayer.space().size(),
        allWeights.space().size(),
        lastLayer.effectiveParameters(),
        allWeights.effectiveParameters());

    // 3. Predictions, by the one network and by all that are plausible.
    Batch test = digits.test().whole();
    List<Answers> all = List.of(
        Answers.of("one network (MAP)", allWeights, Predictive.mapProbabilities(), test.x()),
        Answers.of("Laplace, last layer", lastLayer, Predictive.probit(), test.x()),
        Answers.of("Laplace, all weights", allWeights, Predictive.probit(), test.x()));

    // 4. What changed.
    int[] labels = test.targets().labels();
    print(out, all, labels);
    Path file = folder.resolve("quickstart.png");
    QuickstartPicture.of(all, test).write(file);
    out.printf("%nA picture of what changed: %s%n", file);
    return all;
  }

  private static void print(PrintStream out, List<Answers> all, int[] labels) {
    out.printf(
        "%21s  %-31s  %-31s  %s%n", "", "DIGITS AS DRAWN", "MOVED BY ONE PIXEL", "SCRAMBLED");
    String heads = " accuracy    NLL    ECE   Brier";
    out.printf("%21s %s  %s  %s%n", "", heads, heads, "  AUROC");
    for (Answers answers : all) {
      out.printf(
          Locale.ROOT,
          "%-21s %s  %s  %7.3f%n",
          answers.from(),
          scores(answers.drawn(), labels),
          scores(answers.moved(), labels),
          answers.detection());
    }
    out.printf(
        "%nMore is better of accuracy and AUROC (are scrambled images told from digits?), less of"
            + " the others.%n%n"
            + "On digits as drawn the network is calibrated, and the posterior over all weights too"
            + " cautious.%n"
            + "On images unlike them the network is confidently wrong, and the posterior knows that"
            + " it guesses.%n");
  }

  private static String scores(ClassProbabilities p, int[] labels) {
    return String.format(
        Locale.ROOT,
        "%7.1f %% %6.3f %6.3f  %6.3f",
        100 * ClassificationMetrics.accuracy(p, labels),
        ClassificationMetrics.negativeLogLikelihood(p, labels),
        ClassificationMetrics.expectedCalibrationError(p, labels, BINS),
        ClassificationMetrics.brierScore(p, labels));
  }
}
