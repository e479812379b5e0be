package org.laplace4j.nn.prior;

/** What is required of precisions. */
final class PriorChecks {
  private PriorChecks() {}

  static double[] positive(String where, double[] precisions) {
    for (int i = 0; i < precisions.length; i++) {
      if (!(precisions[i] > 0) || Double.isInfinite(precisions[i])) {
        throw new IllegalArgumentException(where + ": precision " + i + " of " + precisions.length
            + " is " + precisions[i] + "; a prior precision must be positive and finite.");
      }
    }
    return precisions.clone();
  }

  static void count(String where, String each, int given, int needed) {
    if (given != needed) {
      throw new IllegalArgumentException(
          where + ": " + given + " precisions were given for a space of " + needed + " " + each
              + "; give one for each, in the order of ParameterSpace.blocks().");
    }
  }
}
