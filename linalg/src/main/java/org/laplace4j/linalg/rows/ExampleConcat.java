package org.laplace4j.linalg.rows;

import java.util.List;
import java.util.stream.IntStream;
import org.laplace4j.linalg.Matrix;

/** Rows of several sets of examples, one set after the other. */
final class ExampleConcat {

  private ExampleConcat() {}

  static Rows of(List<? extends Rows> parts) {
    Rows first = first(parts);
    if (parts.size() == 1) return first;
    if (first instanceof BlockRows blocks && parts.stream().allMatch(p -> sameBlocks(blocks, p))) {
      return new BlockRows(IntStream.range(0, blocks.blocks().size())
          .mapToObj(
              b -> of(parts.stream().map(p -> ((BlockRows) p).blocks().get(b)).toList()))
          .toList());
    }
    if (first instanceof KhatriRaoRows weight
        && parts.stream().allMatch(p -> p instanceof KhatriRaoRows r && r.in() == weight.in())) {
      return khatriRao(parts.stream().map(KhatriRaoRows.class::cast).toList());
    }
    if (first instanceof SelectedRows selection
        && parts.stream().allMatch(p -> p instanceof SelectedRows s && s.selectsLike(selection))) {
      return selection.from(
          khatriRao(parts.stream().map(p -> ((SelectedRows) p).touched()).toList()));
    }
    if (first instanceof SharedRows shared && parts.stream().allMatch(p -> isAlike(shared, p))) {
      Rows each = of(parts.stream().map(p -> ((SharedRows) p).each()).toList());
      return new SharedRows((FactoredRows) each, shared.positions());
    }
    return new DenseRows(
        stacked(parts.stream().map(Rows::dense).toList()), examples(parts), first.columns());
  }

  private static Rows first(List<? extends Rows> parts) {
    if (parts.isEmpty())
      throw new IllegalArgumentException("Rows.concat: 0 sets of rows were given; give at least 1");
    Rows first = parts.get(0);
    for (Rows part : parts) {
      if (part.columns() != first.columns() || part.size() != first.size()) {
        throw new IllegalArgumentException(String.format(
            "Rows.concat: rows with K = %d over Θ = %d came with rows with K = %d over Θ = %d;"
                + " both must agree",
            first.columns(), first.size(), part.columns(), part.size()));
      }
    }
    return first;
  }

  private static boolean sameBlocks(BlockRows blocks, Rows other) {
    return other instanceof BlockRows b
        && b.blocks().stream()
            .map(Rows::size)
            .toList()
            .equals(blocks.blocks().stream().map(Rows::size).toList());
  }

  /** Whether rows are those of the same elements of a weight at as many positions. */
  private static boolean isAlike(SharedRows shared, Rows other) {
    return other instanceof SharedRows s
        && s.positions() == shared.positions()
        && PositionSum.areOfOneWeight(s.each(), shared.each());
  }

  private static KhatriRaoRows khatriRao(List<KhatriRaoRows> parts) {
    return new KhatriRaoRows(
        stacked(parts.stream().map(KhatriRaoRows::delta).toList()),
        stacked(parts.stream().map(KhatriRaoRows::a).toList()));
  }

  private static int examples(List<? extends Rows> parts) {
    return parts.stream().mapToInt(Rows::examples).sum();
  }

  private static Matrix stacked(List<Matrix> parts) {
    int cols = parts.get(0).cols();
    int rows = parts.stream().mapToInt(Matrix::rows).sum();
    var values = new double[Math.multiplyExact(rows, cols)];
    int at = 0;
    for (Matrix part : parts) {
      System.arraycopy(part.array(), 0, values, at, part.array().length);
      at += part.array().length;
    }
    return Matrix.adopt(rows, cols, values);
  }
}
