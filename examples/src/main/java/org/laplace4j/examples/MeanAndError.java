package org.laplace4j.examples;

import java.util.Arrays;
import java.util.Locale;

/**
 * The mean of some numbers, and its standard error s/√n with s² = Σ (x − mean)²/(n − 1).
 *
 * @param mean their mean
 * @param error its standard error, NaN of one number
 */
record MeanAndError(double mean, double error) {

  static MeanAndError of(double... values) {
    int n = values.length;
    double mean = Arrays.stream(values).sum() / n;
    double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
    return new MeanAndError(mean, Math.sqrt(squares / (n - 1) / n));
  }

  /** For example {@code −1.25 ± 0.03}, without the error where there is none. */
  @Override
  public String toString() {
    String text = Double.isNaN(error)
        ? String.format(Locale.ROOT, "%.2f", mean)
        : String.format(Locale.ROOT, "%.2f ± %.2f", mean, error);
    return text.replace('-', '−');
  }
}
