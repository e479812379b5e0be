package org.laplace4j.propertytests.linalg;

import java.util.random.RandomGenerator;
import org.laplace4j.linalg.rows.Rows;

/**
 * A kind of rows over Θ = out·in columns with everything settled but the examples and the numbers,
 * so that rows of other examples over the same parameters can be drawn too.
 */
record RowsForm(String name, int out, int in, Draw draw) {

  /** Rows of N examples with K columns each. */
  interface Draw {
    Rows of(int examples, int columns, RandomGenerator numbers);
  }

  int size() {
    return out * in;
  }

  Rows of(int examples, int columns, RandomGenerator numbers) {
    return draw.of(examples, columns, numbers);
  }

  @Override
  public String toString() {
    return name;
  }
}
