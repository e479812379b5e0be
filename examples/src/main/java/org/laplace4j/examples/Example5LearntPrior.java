package org.laplace4j.examples;

import java.io.PrintStream;
import java.util.Locale;
import java.util.SplittableRandom;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.evidence.Tuner;
import org.laplace4j.laplace.metric.ClassificationMetrics;
import org.laplace4j.laplace.online.MarginalLikelihoodTrainer;
import org.laplace4j.laplace.online.OnlineReport;
import org.laplace4j.laplace.online.OnlineUpdate;
import org.laplace4j.laplace.online.Pruning;
import org.laplace4j.laplace.predict.ClassProbabilities;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Categorical;

/**
 * A prior with a precision for each weight that is learnt while the network is trained, without
 * validation data; the weights that the evidence can do without are pruned on the way. Run it by
 * {@code bin/example 5}.
 */
public final class Example5LearntPrior {
  private static final int UNITS = 64;

  private Example5LearntPrior() {}

  /** Runs it. */
  public static void main(String... arguments) {
    run(System.out);
  }

  static OnlineReport<Categorical> run(PrintStream out) {
    // 1. Digits, and a network with more units than they need.
    Digits digits = Digits.load();
    Sequential network = Sequential.mlp(Activation.tanh(), new SplittableRandom(1), 64, UNITS, 10);

    // 2. Training, with a precision for each weight that the evidence learns, and pruning.
    OnlineReport<Categorical> report = MarginalLikelihoodTrainer.of(network, new Categorical())
        .structure(Structure.diagonal())
        .tuner(Tuner.marginalLikelihood().diagonalPrior().steps(10))
        .pruning(Pruning.elements())
        .epochs(100)
        .burnIn(10)
        .every(10)
        .onUpdate(update -> out.println(line(update)))
        .train(digits.training(), new SplittableRandom(2));

    // 3. What is left, and what it says of digits that it has not seen.
    ElementMask left = report.posterior().space().blocks().get(0).mask();
    out.printf("%nPixels that the network still looks at:%n%s", picture(left));
    ClassProbabilities p =
        report.posterior().predict(digits.test().whole().x(), Predictive.probit());
    int[] labels = digits.test().whole().targets().labels();
    out.printf(
        Locale.ROOT,
        "%n%,d of %,d weights are left; they tell %.1f %% of test digits, NLL %.3f.%n",
        report.posterior().space().size(),
        network.parameters().values().stream().mapToInt(w -> w.shape().size()).sum(),
        100 * ClassificationMetrics.accuracy(p, labels),
        ClassificationMetrics.negativeLogLikelihood(p, labels));
    return report;
  }

  private static String line(OnlineUpdate<Categorical> update) {
    return String.format(
        Locale.ROOT,
        "epoch %3d: log evidence %7.1f, %,5d weights, %5.0f of them determined",
        update.epoch(),
        update.logEvidence(),
        update.weights(),
        update.tuning().effectiveParameters());
  }

  /** A # for each pixel with a weight, of a mask (units, 64). */
  private static String picture(ElementMask left) {
    StringBuilder picture = new StringBuilder();
    for (int pixel = 0; pixel < Digits.SIDE * Digits.SIDE; pixel++) {
      boolean looksAt = false;
      for (int unit = 0; unit < UNITS; unit++) {
        looksAt |= left.contains(unit * Digits.SIDE * Digits.SIDE + pixel);
      }
      picture.append(looksAt ? " #" : " .");
      picture.append(pixel % Digits.SIDE == Digits.SIDE - 1 ? "\n" : "");
    }
    return picture.toString();
  }
}
