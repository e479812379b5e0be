package org.laplace4j.nn.train;

/** What is required of the numbers that steer training. */
final class Checks {
  private Checks() {}

  static double positive(String where, String what, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          where + ": the " + what + " must be positive and finite, got " + value + ".");
    }
    return value;
  }

  static double fraction(String where, String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          where + ": the " + what + " must be at least 0 and less than 1, got " + value + ".");
    }
    return value;
  }

  static int atLeastOne(String where, String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          where + ": the " + what + " must be at least 1, got " + value + ".");
    }
    return value;
  }
}
