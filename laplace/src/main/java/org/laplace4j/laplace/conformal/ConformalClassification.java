package org.laplace4j.laplace.conformal;

import java.util.ArrayList;
import java.util.List;
import org.laplace4j.laplace.predict.ClassProbabilities;

/**
 * Sets of classes: all whose probability is at least 1 − q, with q from the calibration inputs
 * (Sadinle, Lei and Wasserman 2019). Of all such sets by a threshold on the probabilities these are
 * the smallest on average if the probabilities are right; a set may be empty where none is large.
 *
 * <pre>  score = 1 − p_y  </pre>
 *
 * @param level the probability of covering a label
 * @param threshold q; +∞ where the calibration inputs are fewer than level/(1 − level): then every
 *     set holds all classes
 */
public record ConformalClassification(double level, double threshold) {

  /** Checks the level. */
  public ConformalClassification {
    ConformalQuantile.checkLevel("ConformalClassification", level);
  }

  /**
   * The threshold that predictions of calibration inputs need.
   *
   * @param labels the labels of the same n inputs
   * @param level the probability of covering a label, between 0 and 1
   */
  public static ConformalClassification calibrate(
      ClassProbabilities p, int[] labels, double level) {
    ConformalQuantile.checkLevel("ConformalClassification.calibrate", level);
    int n = p.probabilities().shape().dim(0);
    int classes = p.probabilities().shape().dim(1);
    if (n == 0 || labels.length != n) {
      throw new IllegalArgumentException(
          "ConformalClassification.calibrate: probabilities of " + n + " inputs came with "
              + labels.length + " labels; give one label an input, and at least one.");
    }
    double[] scores = new double[n];
    for (int k = 0; k < n; k++) {
      if (labels[k] < 0 || labels[k] >= classes) {
        throw new IllegalArgumentException("ConformalClassification.calibrate: label " + labels[k]
            + " of input " + k + " is out of range: there are " + classes + " classes.");
      }
      scores[k] = 1 - p.probabilities().get(k, labels[k]);
    }
    return new ConformalClassification(level, ConformalQuantile.of(scores, level));
  }

  /** The classes of the set of each input, in ascending order, (B) lists. */
  public List<List<Integer>> sets(ClassProbabilities p) {
    List<List<Integer>> sets = new ArrayList<>();
    for (int n = 0; n < p.probabilities().shape().dim(0); n++) {
      List<Integer> set = new ArrayList<>();
      for (int c = 0; c < p.probabilities().shape().dim(1); c++) {
        if (1 - p.probabilities().get(n, c) <= threshold) {
          set.add(c);
        }
      }
      sets.add(List.copyOf(set));
    }
    return List.copyOf(sets);
  }
}
