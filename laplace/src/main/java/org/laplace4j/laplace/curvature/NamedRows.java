package org.laplace4j.laplace.curvature;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.laplace4j.linalg.rows.BlockRows;
import org.laplace4j.linalg.rows.Rows;

/** The rows of some data, block by block, and what each block is called. */
interface NamedRows {

  /** The name of a block, once a batch has been seen. */
  String name(int block);

  /** One pass over the data. */
  void forEach(Consumer<BlockRows> batch);

  /** One block a parameter of the space. */
  static NamedRows of(GradientRows g) {
    return of(g, rows -> rows);
  }

  /** One block a parameter of the space, with other rows for its own. */
  static NamedRows of(GradientRows g, UnaryOperator<Rows> instead) {
    return new NamedRows() {
      @Override
      public String name(int block) {
        return g.space().blocks().get(block).name();
      }

      @Override
      public void forEach(Consumer<BlockRows> batch) {
        g.forEach(rows ->
            batch.accept(new BlockRows(rows.blocks().stream().map(instead).toList())));
      }
    };
  }
}
