package org.laplace4j.laplace.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.laplace4j.laplace.predict.ClassProbabilities;

/**
 * Accuracy against confidence, where the confidence of an input is its largest probability (Guo et
 * al. 2017). Of what is said with confidence 0.8, four in five should be right.
 *
 * <p>Bin m of M holds the confidences in (e_(m−1), e_m], e_0 = 0 and e_M = 1: an edge belongs to
 * the bin below it. Equally wide bins have e_m = m/M. Bins of equal mass have as e_m the ⌈m B/M⌉-th
 * smallest of the B confidences; equal ones are never parted, so the curve does not depend on the
 * order of the inputs.
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
    check(p, labels, bins);
    double[] edges = new double[bins + 1];
    Arrays.setAll(edges, m -> m / (double) bins);
    return between(edges, p, labels);
  }

  /**
   * The curve of some predictions in {@code bins} bins of as equal numbers of inputs as equal
   * confidences allow (Nguyen and O'Connor 2015).
   */
  public static ReliabilityCurve ofEqualMass(ClassProbabilities p, int[] labels, int bins) {
    check(p, labels, bins);
    double[] sorted = p.maxProbabilities();
    Arrays.sort(sorted);
    double[] edges = new double[bins + 1];
    for (int m = 1; m < bins; m++) {
      edges[m] = sorted[(int) (((long) m * sorted.length + bins - 1) / bins) - 1];
    }
    edges[bins] = 1;
    return between(edges, p, labels);
  }

  private static void check(ClassProbabilities p, int[] labels, int bins) {
    if (bins < 1) {
      throw new IllegalArgumentException(
          "ReliabilityCurve: " + bins + " bins were asked for; at least 1 is needed.");
    }
    ClassificationMetrics.checkLabels("ReliabilityCurve", p, labels);
  }

  private static ReliabilityCurve between(double[] edges, ClassProbabilities p, int[] labels) {
    int bins = edges.length - 1;
    int[] count = new int[bins];
    int[] right = new int[bins];
    double[] confidence = new double[bins];
    double[] largest = p.maxProbabilities();
    int[] predicted = p.labels();
    for (int n = 0; n < labels.length; n++) {
      int bin = place(largest[n], edges);
      count[bin]++;
      confidence[bin] += largest[n];
      right[bin] += predicted[n] == labels[n] ? 1 : 0;
    }
    List<Bin> curve = new ArrayList<>();
    for (int m = 0; m < bins; m++) {
      double each = Math.max(1, count[m]);
      curve.add(new Bin(edges[m], edges[m + 1], count[m], confidence[m] / each, right[m] / each));
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

  /**
   * max_m |accuracy_m − confidence_m| over the bins that are not empty, from 0 to 1 (Naeini, Cooper
   * and Hauskrecht 2015). A bin of few inputs can decide it.
   */
  public double maximumCalibrationError() {
    double largest = 0;
    for (Bin bin : bins) {
      largest = Math.max(largest, Math.abs(bin.accuracy() - bin.confidence()));
    }
    return largest;
  }

  /** The bin by its edges themselves: a product with their number may round across one. */
  private static int place(double confidence, double[] edges) {
    int m = 0;
    while (m < edges.length - 2 && confidence > edges[m + 1]) {
      m++;
    }
    return m;
  }
}
