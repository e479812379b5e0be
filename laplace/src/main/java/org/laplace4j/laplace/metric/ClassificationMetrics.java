package org.laplace4j.laplace.metric;

import org.laplace4j.laplace.predict.ClassProbabilities;

/**
 * How good class probabilities p (B, C) are, given the labels y (B) that came out. All but accuracy
 * look at the probabilities; the negative log-likelihood and the Brier score are proper: in
 * expectation, nothing does better than the truth.
 */
public final class ClassificationMetrics {
  private ClassificationMetrics() {}

  /** The part of the inputs whose most probable class is their label; larger is better. */
  public static double accuracy(ClassProbabilities p, int[] labels) {
    checkLabels("ClassificationMetrics.accuracy", p, labels);
    int[] predicted = p.labels();
    int right = 0;
    for (int n = 0; n < labels.length; n++) {
      right += predicted[n] == labels[n] ? 1 : 0;
    }
    return right / (double) labels.length;
  }

  /**
   * −1/B Σₙ log p(yₙ) in nats, smaller is better; infinite where a label was given log-probability
   * −∞.
   */
  public static double negativeLogLikelihood(ClassProbabilities p, int[] labels) {
    checkLabels("ClassificationMetrics.negativeLogLikelihood", p, labels);
    double sum = 0;
    for (int n = 0; n < labels.length; n++) {
      sum -= p.logProbabilities().get(n, labels[n]);
    }
    return sum / labels.length;
  }

  /**
   * 1/B Σₙ Σ_c (p_c(xₙ) − [yₙ = c])², from 0 to 2, smaller is better (Brier 1950): the sum over the
   * classes, which for two of them is twice the form that looks at one alone.
   */
  public static double brierScore(ClassProbabilities p, int[] labels) {
    checkLabels("ClassificationMetrics.brierScore", p, labels);
    int classes = p.probabilities().shape().dim(1);
    double sum = 0;
    for (int n = 0; n < labels.length; n++) {
      for (int c = 0; c < classes; c++) {
        double miss = p.probabilities().get(n, c) - (c == labels[n] ? 1 : 0);
        sum += miss * miss;
      }
    }
    return sum / labels.length;
  }

  /**
   * The mean distance between confidence and accuracy over {@code bins} equally wide bins, from 0
   * to 1, smaller is better: {@link ReliabilityCurve#expectedCalibrationError()}. Its value depends
   * on the number of bins, of which 10 and 15 are customary.
   */
  public static double expectedCalibrationError(ClassProbabilities p, int[] labels, int bins) {
    return ReliabilityCurve.of(p, labels, bins).expectedCalibrationError();
  }

  /**
   * The same over bins of equal mass: {@link ReliabilityCurve#ofEqualMass}. Where most confidences
   * are close to 1, equally wide bins look at one or two numbers only; these do not.
   */
  public static double equalMassCalibrationError(ClassProbabilities p, int[] labels, int bins) {
    return ReliabilityCurve.ofEqualMass(p, labels, bins).expectedCalibrationError();
  }

  /**
   * The largest distance between confidence and accuracy in any of {@code bins} equally wide bins:
   * {@link ReliabilityCurve#maximumCalibrationError()}.
   */
  public static double maximumCalibrationError(ClassProbabilities p, int[] labels, int bins) {
    return ReliabilityCurve.of(p, labels, bins).maximumCalibrationError();
  }

  static void checkLabels(String where, ClassProbabilities p, int[] labels) {
    int inputs = p.probabilities().shape().dim(0);
    int classes = p.probabilities().shape().dim(1);
    if (inputs == 0 || labels.length != inputs) {
      throw new IllegalArgumentException(
          where + ": probabilities of " + inputs + " inputs came with " + labels.length
              + " labels; give one label an input, and at least one.");
    }
    for (int n = 0; n < inputs; n++) {
      if (labels[n] < 0 || labels[n] >= classes) {
        throw new IllegalArgumentException(where + ": label " + labels[n] + " of input " + n
            + " is out of range: there are " + classes + " classes, 0 to " + (classes - 1) + ".");
      }
    }
  }
}
