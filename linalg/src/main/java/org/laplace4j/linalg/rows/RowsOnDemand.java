package org.laplace4j.linalg.rows;

import java.util.Optional;

/**
 * Rows of one weight at R positions of each example that are there, or that are made when something
 * asks for them: then what they were made from goes. Which of the two it is shows in what is kept,
 * and in the order of sums, so in rounding.
 */
final class RowsOnDemand {
  private final int inputs;
  private final int columns;
  private final int size;
  private final long storedNumbers;
  private Optional<RowsByPosition> source;
  private Optional<FactoredRows> made;

  private RowsOnDemand(
      int inputs,
      int columns,
      int size,
      long storedNumbers,
      Optional<RowsByPosition> source,
      Optional<FactoredRows> made) {
    this.inputs = inputs;
    this.columns = columns;
    this.size = size;
    this.storedNumbers = storedNumbers;
    this.source = source;
    this.made = made;
  }

  static RowsOnDemand of(FactoredRows rows) {
    return new RowsOnDemand(
        rows.examples(),
        rows.columns(),
        rows.size(),
        rows.storedNumbers(),
        Optional.empty(),
        Optional.of(rows));
  }

  static RowsOnDemand of(RowsByPosition source) {
    long ofInput = (long) source.columns() * source.out() + source.in();
    return new RowsOnDemand(
        source.inputs(),
        source.columns(),
        Math.multiplyExact(source.out(), source.in()),
        source.inputs() * ofInput,
        Optional.of(source),
        Optional.empty());
  }

  /** N·R. */
  int inputs() {
    return inputs;
  }

  /** K. */
  int columns() {
    return columns;
  }

  /** Θ. */
  int size() {
    return size;
  }

  /** The numbers that the rows keep once they are made. */
  long storedNumbers() {
    return storedNumbers;
  }

  synchronized boolean areMade() {
    return made.isPresent();
  }

  synchronized FactoredRows make() {
    if (made.isEmpty()) {
      made = Optional.of(source.orElseThrow().made());
      source = Optional.empty();
    }
    return made.get();
  }

  /** As far as they are made. */
  synchronized RowsByPosition byPosition(int positions) {
    return source.orElseGet(() -> new MadeRows(make().touched(), positions));
  }
}
