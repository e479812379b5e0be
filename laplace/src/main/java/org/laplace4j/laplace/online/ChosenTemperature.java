package org.laplace4j.laplace.online;

import java.util.Locale;
import org.laplace4j.laplace.evidence.TuningReport;

/**
 * A temperature that was chosen on held-out examples in the course of training.
 *
 * @param temperature T, from here on
 * @param score of the held-out examples at it, the smaller the better
 * @param logEvidence of the likelihood tempered by it
 * @param tuning what the search did, which may end further away: its path is of scores
 */
public record ChosenTemperature(
    double temperature, double score, double logEvidence, TuningReport tuning) {

  /** For a line of a log, with a warning where there is reason for one. */
  @Override
  public String toString() {
    String edge = tuning.edges() == 0 ? "" : ", on an edge of the range";
    return String.format(
        Locale.ROOT, "temperature %.3g%s (held-out score %.4f)", temperature, edge, score);
  }
}
