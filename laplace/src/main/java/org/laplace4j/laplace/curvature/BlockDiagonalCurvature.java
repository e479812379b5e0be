package org.laplace4j.laplace.curvature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Memo;
import org.laplace4j.linalg.SymmetricEigen;
import org.laplace4j.linalg.operator.BlockDiagonalSpd;
import org.laplace4j.linalg.operator.DenseSpd;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.linalg.rows.BlockRows;
import org.laplace4j.linalg.rows.MatrixSum;
import org.laplace4j.linalg.rows.Rows;

/**
 * Every entry of H between elements of the same group of parameters, none between groups.
 *
 * <pre>
 *   H_b = G_bᵀ G_b, G_b the columns of G that belong to group b          P_b = H_b + diag(δ_b)
 * </pre>
 */
public final class BlockDiagonalCurvature implements Curvature {
  private final List<int[]> places;
  private final List<Matrix> blocks;
  private final List<Supplier<double[]>> eigenvalues;

  private BlockDiagonalCurvature(List<int[]> places, List<Matrix> blocks) {
    this(
        places,
        blocks,
        blocks.stream().map(BlockDiagonalCurvature::eigenvaluesOf).toList());
  }

  private BlockDiagonalCurvature(
      List<int[]> places, List<Matrix> blocks, List<Supplier<double[]>> eigenvalues) {
    this.places = places;
    this.blocks = blocks;
    this.eigenvalues = eigenvalues;
  }

  /** Once they are asked for; clipped at zero, below which rounding alone can bring them. */
  private static Supplier<double[]> eigenvaluesOf(Matrix h) {
    return new Memo<>(() ->
        org.laplace4j.linalg.Arrays.map(SymmetricEigen.valuesOf(h), value -> Math.max(value, 0)));
  }

  static BlockDiagonalCurvature of(GradientRows g, ParameterGroups groups) {
    List<int[]> places = groups.places();
    List<MatrixSum> sums = new ArrayList<>();
    for (int[] own : places) {
      sums.add(new MatrixSum(own.length, own.length));
    }
    g.forEach(batch -> {
      for (int b = 0; b < sums.size(); b++) {
        rows(batch, groups.members().get(b)).addGramTo(sums.get(b), 0);
      }
    });
    return new BlockDiagonalCurvature(
        places, sums.stream().map(MatrixSum::total).toList());
  }

  private static Rows rows(BlockRows batch, int[] members) {
    return new BlockRows(Arrays.stream(members).mapToObj(batch.blocks()::get).toList());
  }

  @Override
  public Curvature plus(Curvature other) {
    BlockDiagonalCurvature o = SameStructure.require(this, other);
    SameStructure.requireSize("groups", blocks.size(), o.blocks.size());
    List<Matrix> sum = new ArrayList<>();
    for (int b = 0; b < blocks.size(); b++) {
      SameStructure.requireSize(
          "elements", blocks.get(b).rows(), o.blocks.get(b).rows());
      if (!Arrays.equals(places.get(b), o.places.get(b))) {
        throw new IllegalArgumentException("Curvature.plus: group " + b + " of "
            + blocks.size() + " has other elements in the other curvature;"
            + " fit both with the same groups.");
      }
      sum.add(blocks.get(b).plus(o.blocks.get(b)));
    }
    return new BlockDiagonalCurvature(places, sum);
  }

  @Override
  public Curvature times(double c) {
    List<Supplier<double[]>> scaled = new ArrayList<>();
    for (Supplier<double[]> own : eigenvalues) {
      scaled.add(new Memo<>(() -> org.laplace4j.linalg.Arrays.scale(own.get(), c)));
    }
    return new BlockDiagonalCurvature(
        places, blocks.stream().map(h -> h.times(c)).toList(), scaled);
  }

  /** Those of whole groups, if the range holds no part of another. */
  @Override
  public Optional<double[]> eigenvalues(int from, int to) {
    double[] values = new double[to - from];
    int count = 0;
    for (int b = 0; b < places.size(); b++) {
      long inside =
          Arrays.stream(places.get(b)).filter(i -> i >= from && i < to).count();
      if (inside > 0 && inside < places.get(b).length) {
        return Optional.empty();
      }
      if (inside > 0) {
        System.arraycopy(eigenvalues.get(b).get(), 0, values, count, places.get(b).length);
        count += places.get(b).length;
      }
    }
    return Optional.of(values);
  }

  @Override
  public SpdOperator plusPrior(double[] precisions) {
    List<SpdOperator> operators = new ArrayList<>();
    for (int b = 0; b < blocks.size(); b++) {
      double[] own =
          Arrays.stream(places.get(b)).mapToDouble(i -> precisions[i]).toArray();
      operators.add(DenseSpd.of(blocks.get(b).plusDiagonal(own)));
    }
    return BlockDiagonalSpd.of(operators, places);
  }

  @Override
  public Matrix toDense() {
    int size = places.stream().mapToInt(own -> own.length).sum();
    double[] h = new double[Math.multiplyExact(size, size)];
    for (int b = 0; b < blocks.size(); b++) {
      int[] own = places.get(b);
      for (int i = 0; i < own.length; i++) {
        for (int j = 0; j < own.length; j++) {
          h[own[i] * size + own[j]] = blocks.get(b).get(i, j);
        }
      }
    }
    return Matrix.adopt(size, size, h);
  }
}
