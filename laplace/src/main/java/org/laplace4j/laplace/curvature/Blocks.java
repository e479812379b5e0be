package org.laplace4j.laplace.curvature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.BlockDiagonalSpd;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.linalg.rows.MatrixSum;

/**
 * H = diag(H₁, H₂, …), the elements of each block one after the other.
 *
 * @param each the blocks, in order
 */
record Blocks<B extends CurvatureBlock<B>>(List<B> each) {

  Blocks {
    each = List.copyOf(each);
  }

  Blocks<B> plus(Blocks<B> other) {
    SameStructure.requireSize("blocks", each.size(), other.each.size());
    List<B> sum = new ArrayList<>();
    for (int b = 0; b < each.size(); b++) {
      sum.add(each.get(b).plus(other.each.get(b)));
    }
    return new Blocks<>(sum);
  }

  Blocks<B> times(double c) {
    return new Blocks<>(each.stream().map(block -> block.times(c)).toList());
  }

  SpdOperator plusPrior(double[] precisions) {
    List<SpdOperator> operators = new ArrayList<>();
    int at = 0;
    for (B block : each) {
      operators.add(block.plusPrior(Arrays.copyOfRange(precisions, at, at + block.size())));
      at += block.size();
    }
    return BlockDiagonalSpd.of(operators);
  }

  /** Those of whole blocks, if the range ends where blocks do and all of them have theirs. */
  Optional<double[]> eigenvalues(int from, int to) {
    double[] values = new double[to - from];
    int at = 0;
    for (B block : each) {
      int end = at + block.size();
      if (at < to && end > from) {
        Optional<double[]> own = at < from || end > to ? Optional.empty() : block.eigenvalues();
        if (own.isEmpty()) {
          return Optional.empty();
        }
        System.arraycopy(own.get(), 0, values, at - from, own.get().length);
      }
      at = end;
    }
    return Optional.of(values);
  }

  Matrix toDense() {
    int size = each.stream().mapToInt(CurvatureBlock::size).sum();
    MatrixSum sum = new MatrixSum(size, size);
    int at = 0;
    for (B block : each) {
      sum.add(block.toDense(), at, at);
      at += block.size();
    }
    return sum.total();
  }
}
