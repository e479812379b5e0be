package org.laplace4j.autodiff;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.laplace4j.linalg.rows.Rows;

/**
 * One reverse sweep that ends in R^Θ. A parameter whose elements are all in the space gets its
 * whole gradient; of any other, only the selected entries are made, from the structured rows of the
 * op that uses it: the sum of the gradients of the examples.
 */
final class GradientSweep {
  private final Map<Tensor, ParameterSpace.Block> leaves;
  private final double[] gradient;

  GradientSweep(ParameterSpace space, Map<Tensor, ParameterSpace.Block> leaves) {
    this.leaves = leaves;
    this.gradient = new double[space.size()];
  }

  double[] sweep(Graph graph, Tensor output, Tensor bar) {
    Map<Tensor, Tensor> start = new IdentityHashMap<>();
    start.put(output, bar);
    graph
        .pullback(start, false, false, leaves::containsKey, this::goesOn)
        .forEach((leaf, leafBar) -> {
          ParameterSpace.Block block = leaves.get(leaf);
          double[] whole = leafBar.array();
          add(block, block.mask().isAll() ? whole : block.mask().gather(whole));
        });
    return gradient;
  }

  private boolean goesOn(Origin.Computed made, int i, List<Tensor> in, Tensor out, Tensor bar) {
    ParameterSpace.Block block = leaves.get(made.inputs().get(i));
    if (block == null || block.mask().isAll() || out.size() == 0) {
      return true;
    }
    Tensor bars = bar.reshape(bar.shape().prepend(1));
    Optional<Rows> rows = made.op().exampleRows(i, in, out, bars, block.mask());
    rows.ifPresent(r -> {
      double[] ones = new double[r.examples()];
      Arrays.fill(ones, 1);
      add(block, r.transposeTimes(ones));
    });
    return rows.isEmpty();
  }

  private void add(ParameterSpace.Block block, double[] selected) {
    for (int j = 0; j < selected.length; j++) {
      gradient[block.offset() + j] += selected[j];
    }
  }
}
