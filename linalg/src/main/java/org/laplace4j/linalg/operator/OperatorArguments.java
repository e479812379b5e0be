package org.laplace4j.linalg.operator;

import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.Rows;

/** The check that every operator makes of the rows it meets. */
final class OperatorArguments {

  private OperatorArguments() {}

  /** As many numbers in each row of noise as the precision takes for a draw. */
  static void noiseOf(String where, Matrix noise, SpdOperator p) {
    if (noise.cols() != p.noiseSize()) {
      throw new IllegalArgumentException(String.format(
          "%s: noise (%d, %d) was given, %d numbers are needed for each draw",
          where, noise.rows(), noise.cols(), p.noiseSize()));
    }
  }

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
