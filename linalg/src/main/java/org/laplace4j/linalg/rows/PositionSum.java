package org.laplace4j.linalg.rows;

import java.util.Optional;
import org.laplace4j.linalg.Matrix;

/**
 * The sum of two uses of one weight: the positions of both, one after the other for each example. A
 * weight that is used once has one position.
 */
final class PositionSum {

  private PositionSum() {}

  /** J + L of the same shape; multiplied out where they are not rows of one weight. */
  static Rows of(Rows j, Rows l) {
    Optional<SharedRows> first = shared(j);
    Optional<SharedRows> second = shared(l);
    if (first.isPresent()
        && second.isPresent()
        && areOfOneWeight(first.get().each(), second.get().each())) {
      return joined(first.get(), second.get());
    }
    return new DenseRows(j.dense().plus(l.dense()), j.examples(), j.columns());
  }

  private static Optional<SharedRows> shared(Rows j) {
    if (j instanceof SharedRows shared) return Optional.of(shared);
    return j instanceof FactoredRows once ? Optional.of(new SharedRows(once, 1)) : Optional.empty();
  }

  /** Whether the rows are those of the same elements of a weight. */
  static boolean areOfOneWeight(FactoredRows one, FactoredRows two) {
    if (one instanceof SelectedRows a && two instanceof SelectedRows b) return a.selectsLike(b);
    return one instanceof KhatriRaoRows a && two instanceof KhatriRaoRows b && a.in() == b.in();
  }

  private static SharedRows joined(SharedRows j, SharedRows l) {
    KhatriRaoRows touched = interleaved(j, l);
    FactoredRows each =
        j.each() instanceof SelectedRows selection ? selection.from(touched) : touched;
    return new SharedRows(each, j.positions() + l.positions());
  }

  private static KhatriRaoRows interleaved(SharedRows j, SharedRows l) {
    KhatriRaoRows one = j.each().touched();
    KhatriRaoRows two = l.each().touched();
    int examples = j.examples();
    return new KhatriRaoRows(
        interleaved(one.delta(), two.delta(), examples), interleaved(one.a(), two.a(), examples));
  }

  /** The rows of the first that belong to example n, then those of the second, for each n. */
  private static Matrix interleaved(Matrix first, Matrix second, int examples) {
    int one = first.array().length / examples;
    int two = second.array().length / examples;
    var both = new double[Math.addExact(first.array().length, second.array().length)];
    for (int n = 0; n < examples; n++) {
      System.arraycopy(first.array(), n * one, both, n * (one + two), one);
      System.arraycopy(second.array(), n * two, both, n * (one + two) + one, two);
    }
    return Matrix.adopt(first.rows() + second.rows(), first.cols(), both);
  }
}
