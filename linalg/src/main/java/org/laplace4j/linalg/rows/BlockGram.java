package org.laplace4j.linalg.rows;

import java.util.ArrayList;
import java.util.List;

/**
 * JᵀJ of rows side by side, block by block: (JᵀJ)_bc = J_bᵀ J_c.
 *
 * <p>Pairs of Khatri–Rao rows are contracted where that saves work, and if it nowhere does, all
 * blocks are multiplied out together for one symmetric product. Shared rows are multiplied out once
 * for all the blocks that they meet, a chunk of examples at a time.
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
    if (!gram.savesWork()) {
      DenseProducts.CHUNKED.addGram(j, sum, at);
      return;
    }
    gram.addSquares();
    gram.addCrosses();
    gram.addSharedCrosses(j);
  }

  /** Whether some block or pair of blocks takes less than its part of the one product. */
  private boolean savesWork() {
    for (int b = 0; b < at.length; b++) {
      if (isShared(b)) return true;
      if (blocks.get(b) instanceof KhatriRaoRows j && ContractedGram.savesWork(j)) return true;
      for (int c = b + 1; c < at.length; c++) {
        if (savesWork(blocks.get(b), blocks.get(c))) return true;
      }
    }
    return false;
  }

  private static boolean savesWork(Rows left, Rows right) {
    return left instanceof KhatriRaoRows j
        && right instanceof KhatriRaoRows l
        && ContractedGram.savesWork(j, l);
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
    if (savesWork(left, right)) {
      ContractedGram.addCross((KhatriRaoRows) left, leftAt, (KhatriRaoRows) right, rightAt, sum);
    } else {
      DenseProducts.CHUNKED.addCross(left, leftAt, right, rightAt, sum);
    }
  }
}
