package org.laplace4j.propertytests.invariants;

/**
 * What became of one invariant.
 *
 * @param invariant its name, a constant of the class that checks it
 * @param outcome whether it holds
 * @param detail the numbers that decided, or what was not given
 */
public record Finding(String invariant, Outcome outcome, String detail) {

  /** Whether an invariant holds. */
  public enum Outcome {
    /** It holds. */
    PASSED,
    /** It does not. */
    FAILED,
    /** The subject does not give what it needs. */
    NOT_GIVEN
  }

  static Finding of(String invariant, boolean holds, String detail) {
    return new Finding(invariant, holds ? Outcome.PASSED : Outcome.FAILED, detail);
  }

  /** Passed if a number is at most a limit; NaN is not. */
  static Finding atMost(String invariant, String what, double value, double limit) {
    return of(invariant, value <= limit, what + " is " + value + ", at most " + limit + " allowed");
  }

  static Finding notGiven(String invariant, String what) {
    return new Finding(invariant, Outcome.NOT_GIVEN, "the subject gives no " + what);
  }

  /** For example {@code FAILED frozen entries: entry 3 of draw 0 ...}. */
  @Override
  public String toString() {
    return outcome + " " + invariant + ": " + detail;
  }
}
