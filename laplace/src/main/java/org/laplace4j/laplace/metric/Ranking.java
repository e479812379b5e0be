package org.laplace4j.laplace.metric;

import java.util.Arrays;

/**
 * How well a score tells two groups apart, whatever its scale: only the order of the scores counts.
 * For the detection of inputs unlike the training data, a score is for instance the entropy of the
 * prediction.
 */
public final class Ranking {
  private Ranking() {}

  /**
   * The area under the receiver operating characteristic: how probable it is that one of the
   * positives scores higher than one of the negatives, equal scores counting half (Hanley and
   * McNeil 1982). 1 is a perfect separation, ½ none.
   *
   * <pre>  1/(PN) Σᵢ Σⱼ ([pᵢ &gt; nⱼ] + ½ [pᵢ = nⱼ])  </pre>
   *
   * <p>Cost O((P + N) log N), by sorting.
   *
   * @param positives the scores of those to be detected (P)
   * @param negatives the scores of the others (N)
   */
  public static double auroc(double[] positives, double[] negatives) {
    checkScores("positives", positives);
    checkScores("negatives", negatives);
    double[] sorted = negatives.clone();
    Arrays.sort(sorted);
    double halves = 0; // integers throughout, so exact in any order
    for (double score : positives) {
      halves += upTo(sorted, score, false) + upTo(sorted, score, true);
    }
    return halves / 2 / positives.length / negatives.length;
  }

  /**
   * How many of the sorted numbers are less than the score, or at most as large where ties count.
   */
  private static int upTo(double[] sorted, double score, boolean ties) {
    int from = 0;
    int to = sorted.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (sorted[middle] < score || ties && sorted[middle] == score) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  private static void checkScores(String which, double[] scores) {
    if (scores.length == 0) {
      throw new IllegalArgumentException(
          "Ranking.auroc: there are 0 " + which + "; at least 1 of each group is needed.");
    }
    for (int i = 0; i < scores.length; i++) {
      if (Double.isNaN(scores[i])) {
        throw new IllegalArgumentException("Ranking.auroc: score " + i + " of the " + which
            + " is NaN, which has no place in an order.");
      }
    }
  }
}
