package org.laplace4j.laplace.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.laplace4j.laplace.predict.ClassProbabilities;

/**
 * The risk of answering only where one is sure: for every k, the mean loss of the k inputs of the
 * highest confidence, against the coverage k/B (Geifman and El-Yaniv 2017).
 *
 * <p>Among equal confidences the loss is the mean of theirs, which is what any order has in
 * expectation: the curve does not depend on the order of the inputs.
 *
 * @param points from one input to all
 */
public record SelectiveRiskCurve(List<Point> points) {

  /**
   * One point.
   *
   * @param coverage the part of the inputs that is answered
   * @param risk their mean loss
   */
  public record Point(double coverage, double risk) {}

  /** Copies the list. */
  public SelectiveRiskCurve {
    points = List.copyOf(points);
  }

  /**
   * The curve of some losses.
   *
   * @param confidences the larger, the surer, (B)
   * @param losses what being wrong at each input costs, (B)
   */
  public static SelectiveRiskCurve of(double[] confidences, double[] losses) {
    check(confidences, losses);
    Integer[] order = new Integer[losses.length];
    Arrays.setAll(order, n -> n);
    Arrays.sort(order, Comparator.comparingDouble((Integer n) -> -confidences[n]));
    List<Point> points = new ArrayList<>();
    double before = 0;
    for (int from = 0, to; from < order.length; from = to) {
      double sum = 0;
      for (to = from; to < order.length && same(confidences, order[from], order[to]); to++) {
        sum += losses[order[to]];
      }
      for (int k = from + 1; k <= to; k++) {
        double part = (k - from) / (double) (to - from);
        points.add(new Point(k / (double) order.length, (before + part * sum) / k));
      }
      before += sum;
    }
    return new SelectiveRiskCurve(points);
  }

  /** The curve of the errors (1 where the label is not the most probable class). */
  public static SelectiveRiskCurve of(ClassProbabilities p, int[] labels) {
    ClassificationMetrics.checkLabels("SelectiveRiskCurve", p, labels);
    int[] predicted = p.labels();
    double[] losses = new double[labels.length];
    Arrays.setAll(losses, n -> predicted[n] == labels[n] ? 0 : 1);
    return of(p.maxProbabilities(), losses);
  }

  /**
   * The area under the curve, the mean of the risks over all coverages; smaller is better (Geifman,
   * Uziel and El-Yaniv 2019).
   */
  public double area() {
    double sum = 0;
    for (Point point : points) {
      sum += point.risk();
    }
    return sum / points.size();
  }

  private static boolean same(double[] confidences, int first, int second) {
    return confidences[first] == confidences[second];
  }

  private static void check(double[] confidences, double[] losses) {
    if (losses.length == 0 || confidences.length != losses.length) {
      throw new IllegalArgumentException(
          "SelectiveRiskCurve: " + confidences.length + " confidences came with " + losses.length
              + " losses; give one of each an input, and at least one.");
    }
    for (int n = 0; n < losses.length; n++) {
      if (Double.isNaN(confidences[n]) || Double.isNaN(losses[n])) {
        throw new IllegalArgumentException("SelectiveRiskCurve: input " + n + " has confidence "
            + confidences[n] + " and loss " + losses[n] + "; neither may be NaN.");
      }
    }
  }
}
