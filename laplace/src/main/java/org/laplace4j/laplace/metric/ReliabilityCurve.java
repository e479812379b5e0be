package org.laplace4j.laplace.metric;

import java.util.ArrayList;
import java.util.List;
import org.laplace4j.laplace.predict.ClassProbabilities;

/**
 * Accuracy against confidence, where the confidence of an input is its largest probability (Guo et
 * al. 2017). Of what is said with confidence 0.8, four in five should be right.
 *
 * <p>Bin m of M holds the confidences in ((m − 1)/M, m/M]: an edge belongs to the bin below it.
 *
 * @param bins the bins from 0 to 1, empty ones included
 */
public record ReliabilityCurve(List<Bin> bins) {

  /**
   * One bin.
   *
   * @param lower its lower edge, exclusive
   * @param upper its upper edge, inclusive
   * @param count how many inputs fell into it
   * @param confidence their mean confidence; 0 for an empty bin
   * @param accuracy the part of them that was right; 0 for an empty bin
   */
  public record Bin(double lower, double upper, int count, double confidence, double accuracy) {}

  /** Copies the list. */
  public ReliabilityCurve {
    bins = List.copyOf(bins);
  }

  /** The curve of some predictions in {@code bins} equally wide bins. */
  public static ReliabilityCurve of(ClassProbabilities p, int[] labels, int bins) {
    if (bins < 1) {
      throw new IllegalArgumentException(
          "ReliabilityCurve: " + bins + " bins were asked for; at least 1 is needed.");
    }
    ClassificationMetrics.checkLabels("ReliabilityCurve", p, labels);
    int[] count = new int[bins];
    int[] right = new int[bins];
    double[] confidence = new double[bins];
    int[] predicted = p.labels();
    for (int n = 0; n < labels.length; n++) {
      double largest = p.probabilities().get(n, predicted[n]);
      int bin = place(largest, bins);
      count[bin]++;
      confidence[bin] += largest;
      right[bin] += predicted[n] == labels[n] ? 1 : 0;
    }
    List<Bin> curve = new ArrayList<>();
    for (int m = 0; m < bins; m++) {
      double each = Math.max(1, count[m]);
      curve.add(new Bin(
          edge(m, bins), edge(m + 1, bins), count[m], confidence[m] / each, right[m] / each));
    }
    return new ReliabilityCurve(curve);
  }

  /** How many inputs there are. */
  public int count() {
    return bins.stream().mapToInt(Bin::count).sum();
  }

  /** Σ_m (B_m/B) |accuracy_m − confidence_m|, from 0 to 1 (Naeini, Cooper and Hauskrecht 2015). */
  public double expectedCalibrationError() {
    double sum = 0;
    for (Bin bin : bins) {
      sum += bin.count() * Math.abs(bin.accuracy() - bin.confidence());
    }
    return sum / count();
  }

  private static double edge(int m, int bins) {
    return m / (double) bins;
  }

  /** The bin by its edges themselves: a product with their number may round across one. */
  private static int place(double confidence, int bins) {
    int m = 0;
    while (m < bins - 1 && confidence > edge(m + 1, bins)) {
      m++;
    }
    return m;
  }
}
