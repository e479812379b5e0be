package org.laplace4j.autodiff;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.laplace4j.linalg.rows.Rows;

/**
 * A tensor computed from parameters alone, such as a product of two adapters: its rows are
 * multiplied out, a few examples at a time, and pulled back to the parameters as stacked
 * cotangents.
 */
record ComputedSource(Tensor tensor, Graph below, Map<Tensor, ParameterSpace.Block> leaves)
    implements ParameterSource {

  @Override
  public ElementMask wanted() {
    return ElementMask.all(tensor.shape());
  }

  @Override
  public Map<Parameter, Rows> pulled(Rows rows) {
    Map<Parameter, DenseBlock> blocks = new LinkedHashMap<>();
    for (Tensor leaf : below.order()) {
      ParameterSpace.Block block = leaves.get(leaf);
      if (block != null) {
        blocks.put(block.parameter(), new DenseBlock(block, rows.examples(), rows.columns()));
      }
    }
    DenseBlock.inChunks(rows, (chunk, firstRow) -> addTo(blocks, chunk, firstRow));
    Map<Parameter, Rows> pulled = new LinkedHashMap<>();
    blocks.forEach((parameter, block) -> pulled.put(parameter, block.rows()));
    return pulled;
  }

  private void addTo(Map<Parameter, DenseBlock> blocks, Rows chunk, int firstRow) {
    int count = chunk.examples() * chunk.columns();
    Map<Tensor, Tensor> start = new IdentityHashMap<>();
    start.put(tensor, Tensor.of(chunk.dense()).reshape(tensor.shape().prepend(count)));
    below
        .pullback(start, true, false, leaves::containsKey, (made, i, in, out, bar) -> true)
        .forEach((leaf, bar) -> {
          ParameterSpace.Block block = leaves.get(leaf);
          blocks.get(block.parameter()).add(firstRow, count, bar.array(), block.mask());
        });
  }
}
