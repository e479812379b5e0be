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
    double[] sorted = sorted("Ranking.auroc", "negatives", negatives);
    checkScores("Ranking.auroc", "positives", positives);
    double halves = 0; // integers throughout, so exact in any order
    for (double score : positives) {
      halves += upTo(sorted, score, false) + upTo(sorted, score, true);
    }
    return halves / 2 / positives.length / negatives.length;
  }

  /**
   * The area under the curve of precision against recall as the average precision: for each
   * positive, the part of positives among all that score at least as high, and of that the mean. 1
   * is a perfect separation; a score that tells nothing has P/(P + N).
   *
   * <pre>  1/P Σᵢ #{j : pⱼ ≥ pᵢ} / (#{j : pⱼ ≥ pᵢ} + #{j : nⱼ ≥ pᵢ})  </pre>
   *
   * <p>Equal scores share one threshold, and recall steps: no line is drawn between two points,
   * which would promise too much (Davis and Goadrich 2006). Cost O((P + N) log(P + N)).
   *
   * @param positives the scores of those to be detected (P)
   * @param negatives the scores of the others (N)
   */
  public static double averagePrecision(double[] positives, double[] negatives) {
    double[] p = sorted("Ranking.averagePrecision", "positives", positives);
    double[] n = sorted("Ranking.averagePrecision", "negatives", negatives);
    double sum = 0;
    for (double threshold : p) {
      double hits = p.length - upTo(p, threshold, false);
      sum += hits / (hits + n.length - upTo(n, threshold, false));
    }
    return sum / p.length;
  }

  /**
   * The part of the negatives that score at least as high as the threshold at which the given part
   * of the positives is found; smaller is better. At 0.95 it is known as FPR95.
   *
   * <pre>  #{j : nⱼ ≥ t}/N,  t the k-th largest positive, k the least with k/P ≥ rate  </pre>
   *
   * @param positives the scores of those to be detected (P)
   * @param negatives the scores of the others (N)
   * @param truePositiveRate the part of the positives to find, above 0 and at most 1
   */
  public static double falsePositiveRate(
      double[] positives, double[] negatives, double truePositiveRate) {
    if (!(truePositiveRate > 0 && truePositiveRate <= 1)) {
      throw new IllegalArgumentException("Ranking.falsePositiveRate: the part of the positives to"
          + " find is above 0 and at most 1, got " + truePositiveRate + "; for 95 % give 0.95.");
    }
    double[] p = sorted("Ranking.falsePositiveRate", "positives", positives);
    double[] n = sorted("Ranking.falsePositiveRate", "negatives", negatives);
    double threshold = p[p.length - Ranks.leastRank(truePositiveRate, p.length)];
    return (n.length - upTo(n, threshold, false)) / (double) n.length;
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

  private static double[] sorted(String where, String which, double[] scores) {
    checkScores(where, which, scores);
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  private static void checkScores(String where, String which, double[] scores) {
    if (scores.length == 0) {
      throw new IllegalArgumentException(
          where + ": there are 0 " + which + "; at least 1 of each group is needed.");
    }
    for (int i = 0; i < scores.length; i++) {
      if (Double.isNaN(scores[i])) {
        throw new IllegalArgumentException(where + ": score " + i + " of the " + which
            + " is NaN, which has no place in an order.");
      }
    }
  }
}
