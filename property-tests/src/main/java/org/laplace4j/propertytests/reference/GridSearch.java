package org.laplace4j.propertytests.reference;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.laplace4j.interop.Json;

/**
 * The prior precision on a logarithmic grid under which probit probabilities of the predicted test
 * points have the least negative log-likelihood.
 *
 * <p>The reference takes the mean over all the points of the grid so far, since its running mean is
 * not reset between them. So where the loss rises again after its minimum, it goes on past it.
 *
 * @param from the decimal logarithm of the first precision
 * @param to that of the last
 * @param count the number of precisions
 */
public record GridSearch(double from, double to, int count) {
  private static final Pattern GRID =
      Pattern.compile("logspace\\((-?[\\d.]+), (-?[\\d.]+), (\\d+)\\), base 10");

  /** The grid of a case, if it states one of this form. */
  static Optional<GridSearch> from(Json json) throws IOException {
    Matcher grid = GRID.matcher(json.get("grid").text());
    if (!grid.matches() || !json.get("link_approx").text().equals("probit")) {
      return Optional.empty();
    }
    return Optional.of(new GridSearch(
        Double.parseDouble(grid.group(1)),
        Double.parseDouble(grid.group(2)),
        Integer.parseInt(grid.group(3))));
  }

  /** What the search finds, and what it finds by the running mean. */
  record Found(double best, double bestByRunningMean) {}

  Found search(Held held) {
    var losses = new double[count];
    var running = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      Fitted posterior =
          held.fitted().with(Precisions.scalar(precision(i)), held.variant().sigmaNoise());
      losses[i] = loss(held, posterior.probabilities(held.predicted(), Fitted.Link.PROBIT));
      sum += losses[i];
      running[i] = sum / (i + 1);
    }
    return new Found(precision(least(losses)), precision(least(running)));
  }

  private double precision(int i) {
    return Math.pow(10, from + (to - from) * i / (count - 1));
  }

  private static double loss(Held held, double[] probabilities) {
    int[] labels = held.of().indices("y_test");
    int c = held.of().outputs();
    double loss = 0;
    for (int n = 0; n < held.of().predicted(); n++) {
      loss -= Math.log(probabilities[n * c + labels[n]]);
    }
    return loss / held.of().predicted();
  }

  private static int least(double[] values) {
    int least = 0;
    for (int i = 1; i < values.length; i++) {
      least = values[i] < values[least] ? i : least;
    }
    return least;
  }
}
