package org.laplace4j.autodiff;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.laplace4j.linalg.rows.Rows;

/**
 * What data meet at an op: a parameter, or a tensor made of parameters alone. It says which of its
 * elements have derivatives in the space, and turns their rows into rows of the parameters.
 */
sealed interface ParameterSource
    permits ParameterSource.Leaf, ParameterSource.MovedElements, ComputedSource {

  /** The elements whose rows are wanted. */
  ElementMask wanted();

  /**
   * The rows of each parameter below, over its block of the space, for rows of the wanted elements.
   */
  Map<Parameter, Rows> pulled(Rows rows);

  /** The source that a tensor is, of which no part depends on the data. */
  static ParameterSource of(Tensor tensor, Map<Tensor, ParameterSpace.Block> leaves) {
    ParameterSpace.Block own = leaves.get(tensor);
    if (own != null) {
      return new Leaf(own);
    }
    Graph below = Graph.of(List.of(tensor));
    boolean moves = below.order().stream()
        .allMatch(t -> !(t.origin() instanceof Origin.Computed c) || c.op().movesElements());
    return moves
        ? MovedElements.of(tensor, below, leaves)
        : new ComputedSource(tensor, below, leaves);
  }

  /** A parameter itself. */
  record Leaf(ParameterSpace.Block block) implements ParameterSource {
    @Override
    public ElementMask wanted() {
      return block.mask();
    }

    @Override
    public Map<Parameter, Rows> pulled(Rows rows) {
      return Map.of(block.parameter(), rows);
    }
  }

  /**
   * Elements of parameters in other places: a transpose, a slice, a concatenation. To find where
   * each went, the numbers of the space's elements, 1 … Θ, are sent the same way; 0 marks all else.
   *
   * @param wanted the elements that come from the space
   * @param places the position in R^Θ of each wanted element
   * @param blocks the blocks of the parameters below
   */
  record MovedElements(ElementMask wanted, int[] places, List<ParameterSpace.Block> blocks)
      implements ParameterSource {

    static MovedElements of(Tensor tensor, Graph below, Map<Tensor, ParameterSpace.Block> leaves) {
      Map<Tensor, Tensor> numbers = new java.util.IdentityHashMap<>();
      List<ParameterSpace.Block> blocks = new java.util.ArrayList<>();
      for (Tensor at : below.order()) {
        ParameterSpace.Block block = leaves.get(at);
        if (block != null) {
          blocks.add(block);
          numbers.put(at, numbered(block));
        } else if (at.origin() instanceof Origin.Computed c) {
          List<Tensor> in = c.inputs().stream()
              .map(t -> numbers.containsKey(t) ? numbers.get(t) : Tensor.zeros(t.shape()))
              .toList();
          numbers.put(at, c.op().forward(in));
        }
      }
      double[] moved = numbers.get(tensor).array();
      ElementMask wanted = ElementMask.where(tensor.shape(), i -> moved[i] > 0);
      int[] places = wanted.indices();
      java.util.Arrays.setAll(places, e -> (int) moved[places[e]] - 1);
      return new MovedElements(wanted, places, blocks);
    }

    private static Tensor numbered(ParameterSpace.Block block) {
      double[] numbers = new double[block.size()];
      java.util.Arrays.setAll(numbers, j -> block.offset() + j + 1);
      Shape shape = block.parameter().shape();
      return Tensor.adopt(shape, block.mask().scatter(numbers, 0, new double[shape.size()]));
    }

    @Override
    public Map<Parameter, Rows> pulled(Rows rows) {
      Map<Parameter, Rows> pulled = new LinkedHashMap<>();
      for (ParameterSpace.Block block : blocks) {
        int[] columns = java.util.stream.IntStream.range(0, places.length)
            .filter(e -> places[e] >= block.offset() && places[e] < block.end())
            .toArray();
        if (columns.length > 0) {
          pulled.put(block.parameter(), ofBlock(block, columns, rows));
        }
      }
      return pulled;
    }

    private Rows ofBlock(ParameterSpace.Block block, int[] columns, Rows rows) {
      Rows own = columns.length == rows.size() ? rows : rows.select(columns);
      if (isInOrder(block, columns)) {
        return own;
      }
      var dense = new DenseBlock(block, rows.examples(), rows.columns());
      DenseBlock.inChunks(own, (chunk, at) -> {
        double[] values = chunk.dense().array();
        for (int row = 0, from = 0; row < chunk.examples() * chunk.columns(); row++) {
          for (int e = 0; e < columns.length; e++, from++) {
            dense.add(at + row, places[columns[e]] - block.offset(), values[from]);
          }
        }
      });
      return dense.rows();
    }

    /** Whether the columns are all of the block's elements, one after the other. */
    private boolean isInOrder(ParameterSpace.Block block, int[] columns) {
      boolean inOrder = columns.length == block.size();
      for (int e = 0; e < columns.length && inOrder; e++) {
        inOrder = places[columns[e]] == block.offset() + e;
      }
      return inOrder;
    }
  }
}
