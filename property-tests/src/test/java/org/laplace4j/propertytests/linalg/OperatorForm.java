package org.laplace4j.propertytests.linalg;

import java.util.random.RandomGenerator;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.linalg.rows.Rows;

/**
 * An operator and the form of rows that it is made for: those of the same weights in the same
 * order; and how far off its numbers may be.
 */
record OperatorForm(SpdOperator operator, RowsForm rows, double tolerance) {
  /** The operators have condition numbers up to about 1e4, each with some digits of rounding. */
  private static final double ROUNDING = 1e-9;

  /** Solves that end at a residual of 1e-10, at such condition numbers. */
  static final double ITERATED = 1e-6;

  OperatorForm(SpdOperator operator, RowsForm rows) {
    this(operator, rows, ROUNDING);
  }

  int size() {
    return operator.size();
  }

  Rows rows(int examples, int columns, RandomGenerator numbers) {
    return rows.of(examples, columns, numbers);
  }

  @Override
  public String toString() {
    return operator.getClass().getSimpleName() + " for " + rows;
  }
}
