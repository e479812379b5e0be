package org.laplace4j.linalg.rows;

import java.util.ArrayList;
import java.util.List;
import org.laplace4j.linalg.Matrix;

/**
 * The Kronecker factors of rows side by side, summed over batches in place: block by block what
 * {@link Rows#kroneckerFactors} of all batches add up to.
 *
 * <p>A weight and its bias pull back the same columns and so have the same B: blocks whose Δ has
 * been one matrix in every batch share one sum. Mutable, for one thread.
 */
public final class KroneckerSums {

  private final List<Sums> blocks = new ArrayList<>();

  /** B and A of one block; B may be that of a block before it. */
  private static final class Sums {
    private MatrixSum b;
    private final MatrixSum a;
    private long count;

    Sums(MatrixSum b, MatrixSum a) {
      this.b = b;
      this.a = a;
    }
  }

  /** Adds the factors of one more batch, which has the blocks of those before. */
  public void add(BlockRows batch) {
    List<RowsByPosition> rows =
        batch.blocks().stream().map(KroneckerSums::factored).toList();
    for (int i = 0; i < rows.size(); i++) {
      if (i == blocks.size()) blocks.add(zero(i, rows));
      requireSizes(i, rows.get(i));
      if (!sameDelta(rows.get(i), rows.get(first(i)))) part(blocks.get(i));
    }
    for (int i = 0; i < rows.size(); i++) {
      if (first(i) == i) rows.get(i).addCotangentGramTo(blocks.get(i).b);
      rows.get(i).addInputGramTo(blocks.get(i).a);
      blocks.get(i).count += rows.get(i).inputs();
    }
  }

  /** The factors of every block; blocks with one sum B have one matrix B. */
  public List<KroneckerFactors> totals() {
    List<KroneckerFactors> totals = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      Sums own = blocks.get(i);
      Matrix b = first(i) == i ? own.b.symmetricTotal() : totals.get(first(i)).b();
      totals.add(new KroneckerFactors(b, own.a.symmetricTotal(), own.count));
    }
    return totals;
  }

  /** Rows as δ ⊗ a, those of one example at a time: rows that are given are δ ⊗ 1. */
  private static RowsByPosition factored(Rows rows) {
    if (rows instanceof SharedRows shared) return shared.byPosition();
    if (rows instanceof FactoredRows factored) return new MadeRows(factored.touched(), 1);
    return new MadeRows(KhatriRaoRows.bias(rows.dense(), rows.examples()), 1);
  }

  private Sums zero(int i, List<RowsByPosition> rows) {
    RowsByPosition own = rows.get(i);
    MatrixSum a = new MatrixSum(own.in(), own.in());
    for (int before = 0; before < i; before++) {
      if (sameDelta(rows.get(before), own)) {
        return new Sums(blocks.get(before).b, a);
      }
    }
    return new Sums(new MatrixSum(own.out(), own.out()), a);
  }

  /** One Δ, not two with the same entries. */
  private static boolean sameDelta(RowsByPosition rows, RowsByPosition others) {
    return rows.source() == others.source();
  }

  private void requireSizes(int i, RowsByPosition rows) {
    int out = blocks.get(i).b.rows();
    int in = blocks.get(i).a.rows();
    RowsArguments.require(
        rows.out() == out && rows.in() == in,
        "KroneckerSums.add: block %,d has factors of %,d and %,d rows, and had %,d and %,d before;"
            + " give batches of one model",
        i,
        rows.out(),
        rows.in(),
        out,
        in);
  }

  /** The first block that has the same sum B. */
  private int first(int i) {
    int first = 0;
    while (blocks.get(first).b != blocks.get(i).b) first++;
    return first;
  }

  /** Gives a block a sum of its own from here on. */
  private static void part(Sums block) {
    var own = new MatrixSum(block.b.rows(), block.b.cols());
    own.add(block.b.total(), 0, 0);
    block.b = own;
  }
}
