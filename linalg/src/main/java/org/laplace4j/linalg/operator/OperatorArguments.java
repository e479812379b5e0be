package org.laplace4j.linalg.operator;

import org.laplace4j.linalg.rows.Rows;

/** The check that every operator makes of the rows it meets. */
final class OperatorArguments {

  private OperatorArguments() {}

  /** Rows over as many parameters as the precision. */
  static void sameSize(String where, Rows j, SpdOperator p) {
    if (j.size() != p.size()) {
      throw new IllegalArgumentException(String.format(
          "%s: rows over Θ = %d were given for a precision over Θ = %d;"
              + " give rows of the same parameters",
          where, j.size(), p.size()));
    }
  }
}
