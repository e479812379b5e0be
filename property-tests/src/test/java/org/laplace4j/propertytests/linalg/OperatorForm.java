package org.laplace4j.propertytests.linalg;

import java.util.random.RandomGenerator;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.linalg.rows.Rows;

/**
 * An operator and the form of rows that it is made for: those of the same weights in the same
 * order.
 */
record OperatorForm(SpdOperator operator, RowsForm rows) {

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
