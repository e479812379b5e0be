package org.laplace4j.autodiff;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
   * each went, the numbers 1, 2, … of all elements of the parameters below are sent the same way; 0
   * marks all else.
   *
   * <p>Rows keep their form where all elements of a parameter come, in order. Whether they do is
   * asked of the whole parameter, so that a mask selects from one form and never changes it.
   *
   * @param wanted the elements that come from the space
   * @param places the position in R^Θ of each wanted element
   * @param blocks the blocks of the parameters below
   * @param inOrder the parameters whose elements all come, in order
   */
  record MovedElements(
      ElementMask wanted, int[] places, List<ParameterSpace.Block> blocks, Set<Parameter> inOrder)
      implements ParameterSource {

    static MovedElements of(Tensor tensor, Graph below, Map<Tensor, ParameterSpace.Block> leaves) {
      Map<Tensor, Tensor> numbers = new java.util.IdentityHashMap<>();
      List<ParameterSpace.Block> blocks = new java.util.ArrayList<>();
      int[] position = {-1}; // of each number in R^Θ, or -1
      for (Tensor at : below.order()) {
        ParameterSpace.Block block = leaves.get(at);
        if (block != null) {
          blocks.add(block);
          numbers.put(at, numbered(block, position.length));
          position = withPositions(position, block);
        } else if (at.origin() instanceof Origin.Computed c) {
          List<Tensor> in = c.inputs().stream()
              .map(t -> numbers.containsKey(t) ? numbers.get(t) : Tensor.zeros(t.shape()))
              .toList();
          numbers.put(at, c.op().forward(in));
        }
      }
      int[] moved =
          Arrays.stream(numbers.get(tensor).array()).mapToInt(v -> (int) v).toArray();
      int[] positions = position;
      ElementMask wanted = ElementMask.where(tensor.shape(), i -> positions[moved[i]] >= 0);
      int[] places =
          Arrays.stream(wanted.indices()).map(i -> positions[moved[i]]).toArray();
      return new MovedElements(wanted, places, blocks, inOrder(blocks, moved));
    }

    private static Tensor numbered(ParameterSpace.Block block, int first) {
      double[] numbers = new double[block.parameter().shape().size()];
      Arrays.setAll(numbers, i -> first + i);
      return Tensor.adopt(block.parameter().shape(), numbers);
    }

    private static int[] withPositions(int[] before, ParameterSpace.Block block) {
      int[] all =
          Arrays.copyOf(before, before.length + block.parameter().shape().size());
      Arrays.fill(all, before.length, all.length, -1);
      int[] indices = block.mask().indices();
      for (int j = 0; j < indices.length; j++) {
        all[before.length + indices[j]] = block.offset() + j;
      }
      return all;
    }

    private static Set<Parameter> inOrder(List<ParameterSpace.Block> blocks, int[] moved) {
      Set<Parameter> inOrder = new LinkedHashSet<>();
      int first = 1;
      for (ParameterSpace.Block block : blocks) {
        int end = first + block.parameter().shape().size();
        int next = first;
        for (int number : moved) {
          if (number >= first && number < end) {
            next = number == next ? next + 1 : -1;
          }
        }
        if (next == end) {
          inOrder.add(block.parameter());
        }
        first = end;
      }
      return inOrder;
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
      if (inOrder.contains(block.parameter()) && columns.length == block.size()) {
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
  }
}
