package org.laplace4j.linalg.rows;

import java.util.ArrayList;
import java.util.List;

/**
 * JᵀJ of rows side by side, block by block: (JᵀJ)_bc = J_bᵀ J_c.
 *
 * <p>Pairs of Khatri–Rao rows are contracted where that saves work. Shared rows are multiplied out
 * once for all the blocks that they meet, a chunk of examples at a time.
 */
final class BlockGram {
  private final List<Rows> blocks;
  private final int[] at;
  private final MatrixSum sum;

  private BlockGram(List<Rows> blocks, MatrixSum sum, int at) {
    this.blocks = blocks;
    this.sum = sum;
    this.at = new int[blocks.size()];
    int next = at;
    for (int b = 0; b < this.at.length; b++) {
      this.at[b] = next;
      next += blocks.get(b).size();
    }
  }

  /** Adds JᵀJ to the square block at {@code at}. */
  static void add(BlockRows j, MatrixSum sum, int at) {
    var gram = new BlockGram(j.blocks(), sum, at);
    gram.addSquares();
    gram.addCrosses();
    gram.addSharedCrosses(j);
  }

  private void addSquares() {
    for (int b = 0; b < at.length; b++) blocks.get(b).addGramTo(sum, at[b]);
  }

  private void addCrosses() {
    for (int b = 0; b < at.length; b++) {
      for (int c = b + 1; c < at.length; c++) {
        if (!isShared(b) && !isShared(c)) addCross(blocks.get(b), at[b], blocks.get(c), at[c]);
      }
    }
  }

  private void addSharedCrosses(BlockRows j) {
    List<Rows> shared = blocks.stream().filter(SharedRows.class::isInstance).toList();
    if (shared.isEmpty() || at.length == 1) return;
    var together = new BlockRows(shared);
    for (int from = 0, to; from < j.examples(); from = to) {
      to = DenseProducts.CHUNKED.chunkEnd(together, from);
      List<Rows> chunk = new ArrayList<>();
      for (Rows block : j.examples(from, to).blocks()) {
        chunk.add(block instanceof SharedRows s ? s.contracted() : block);
      }
      for (int b = 0; b < at.length; b++) {
        for (int c = b + 1; c < at.length; c++) {
          if (isShared(b) || isShared(c))
            DenseProducts.CHUNKED.addCross(chunk.get(b), at[b], chunk.get(c), at[c], sum);
        }
      }
    }
  }

  private boolean isShared(int b) {
    return blocks.get(b) instanceof SharedRows;
  }

  private void addCross(Rows left, int leftAt, Rows right, int rightAt) {
    if (left instanceof KhatriRaoRows j
        && right instanceof KhatriRaoRows l
        && ContractedGram.crossOperations(j, l) < DenseProducts.crossOperations(j, l)) {
      ContractedGram.addCross(j, leftAt, l, rightAt, sum);
    } else {
      DenseProducts.CHUNKED.addCross(left, leftAt, right, rightAt, sum);
    }
  }
}
