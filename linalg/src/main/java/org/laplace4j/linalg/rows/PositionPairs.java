package org.laplace4j.linalg.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.laplace4j.linalg.Matrix;

/**
 * Shared rows as the sum J = Σᵣ Jᵣ of the Khatri–Rao rows of each position, and their products by
 * pairs of positions:
 *
 * <pre>
 *   JᵀJ           = Σᵣ JᵣᵀJᵣ + Σᵣ₍ₛ (JᵣᵀJₛ + JₛᵀJᵣ)
 *   J diag(d) Lᵀ  = Σᵣₛ Jᵣ diag(d) Lₛᵀ
 * </pre>
 *
 * <p>For a weight that is used twice or at a few positions: the work grows with R² where
 * multiplying out lets it grow with K², so there are no pairs of more positions than columns.
 */
final class PositionPairs {
  private final List<KhatriRaoRows> terms;

  private PositionPairs(List<KhatriRaoRows> terms) {
    this.terms = terms;
  }

  /** The positions of rows of a whole weight, if they are few. */
  static Optional<PositionPairs> of(SharedRows j) {
    if (!(j.each() instanceof KhatriRaoRows each) || j.positions() > j.columns()) {
      return Optional.empty();
    }
    int k = j.columns();
    List<KhatriRaoRows> terms = new ArrayList<>();
    for (int r = 0; r < j.positions(); r++) {
      int position = r;
      int[] inputs = IntStream.range(0, j.examples())
          .map(n -> n * j.positions() + position)
          .toArray();
      int[] columns = IntStream.range(0, j.examples() * k)
          .map(row -> inputs[row / k] * k + row % k)
          .toArray();
      terms.add(new KhatriRaoRows(each.delta().selectRows(columns), each.a().selectRows(inputs)));
    }
    return Optional.of(new PositionPairs(terms));
  }

  /** The time of {@link #addGram} in multiply-adds. */
  double gramOperations() {
    KhatriRaoRows one = terms.get(0);
    double squares = Math.min(ContractedGram.operations(one), DenseProducts.gramOperations(one));
    double pairs = terms.size() * (terms.size() - 1) / 2.0;
    return terms.size() * squares + pairs * ContractedGram.crossOperations(one, one);
  }

  void addGram(MatrixSum sum, int at) {
    for (int r = 0; r < terms.size(); r++) {
      terms.get(r).addGramTo(sum, at);
      for (KhatriRaoRows s : terms.subList(r + 1, terms.size())) {
        ContractedGram.addCross(terms.get(r), at, s, at, sum);
      }
    }
    // JᵣᵀJₛ and its transpose reach the two triangles in different orders.
    int first = at * sum.cols() + at;
    LowerTriangle.mirror(sum.array(), first, terms.get(0).size(), sum.cols());
  }

  /**
   * Whether all pairs of positions of two examples, R·R'·out·(in + K·K') multiply-adds, take less
   * than the products of their rows, K·K'·out·in. It does not ask how many examples there are, so
   * that no number depends on it.
   */
  boolean savesWorkBetweenExamples(SharedRows l) {
    KhatriRaoRows one = terms.get(0);
    double columns = (double) one.columns() * l.columns();
    double pairs = (double) terms.size() * l.positions();
    return l.positions() <= l.columns() && pairs * (one.in() + columns) < columns * one.in();
  }

  Matrix weightedGram(double[] d) {
    Matrix sum = null;
    for (int r = 0; r < terms.size(); r++) {
      Matrix gram = terms.get(r).weightedGram(d);
      sum = sum == null ? gram : sum.plus(gram);
      for (KhatriRaoRows s : terms.subList(r + 1, terms.size())) {
        Matrix cross = terms.get(r).crossGram(s, d);
        sum = sum.plus(cross.plus(cross.transpose()));
      }
    }
    return sum;
  }

  Matrix crossGram(PositionPairs l, double[] d) {
    Matrix sum = null;
    for (KhatriRaoRows r : terms) {
      for (KhatriRaoRows s : l.terms) {
        Matrix cross = r.crossGram(s, d);
        sum = sum == null ? cross : sum.plus(cross);
      }
    }
    return sum;
  }
}
