package org.laplace4j.propertytests.reference;

import java.util.Locale;

/**
 * One number of the reference, or one array of them, held against ours.
 *
 * @param quantity its name
 * @param error max |ours − reference| / max(1, max |reference|); NaN where nothing was compared
 * @param tolerance the largest error that passes
 * @param note what is worth saying about it; empty if nothing is
 */
public record Comparison(
    String caseName,
    String variant,
    String quantity,
    double error,
    double tolerance,
    Verdict verdict,
    String note) {

  /** What came out. */
  public enum Verdict {
    /** The two agree. */
    PASS,
    /** They do not, and nothing explains it. */
    FAIL,
    /** The library does not do this yet. */
    NOT_YET,
    /** The reference is known to be wrong here. */
    DEFECT;

    @Override
    public String toString() {
      return name().replace('_', '-');
    }
  }

  /**
   * The worst relative error, as this whole comparison measures it; infinite if the lengths differ.
   */
  static double error(double[] ours, double[] reference) {
    if (ours.length != reference.length) {
      return Double.POSITIVE_INFINITY;
    }
    double worst = 0;
    double scale = 1;
    for (int i = 0; i < ours.length; i++) {
      double difference = Math.abs(ours[i] - reference[i]);
      // Not a number is never the better of two, so it must not be lost in a maximum.
      worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
      scale = Math.max(scale, Math.abs(reference[i]));
    }
    return worst / scale;
  }

  /** One line. */
  @Override
  public String toString() {
    String measured = Double.isNaN(error)
        ? String.format("%9s %8s", "-", "-")
        : String.format(Locale.ROOT, "%9.2e %8.0e", error, tolerance);
    return String.format(
            "%-14s %-22s %-42s %s  %-7s %s", caseName, variant, quantity, measured, verdict, note)
        .stripTrailing();
  }
}
