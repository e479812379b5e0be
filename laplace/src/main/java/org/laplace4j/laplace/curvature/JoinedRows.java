package org.laplace4j.laplace.curvature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.laplace4j.linalg.rows.BlockRows;
import org.laplace4j.linalg.rows.HomogeneousInput;
import org.laplace4j.linalg.rows.KhatriRaoRows;
import org.laplace4j.linalg.rows.Rows;

/**
 * The rows of some data with each weight and its bias as one block [W b] of the inputs [a; 1].
 *
 * <p>A pair is a weight and the parameter after it, where its rows are those of a bias with the
 * same δ; which are pairs is seen in the first batch. All others are blocks of their own.
 */
final class JoinedRows implements NamedRows {
  private final GradientRows g;
  private final List<Joined> blocks = new ArrayList<>();

  /** A block: of a pair, W is (out, in). */
  private record Joined(String name, boolean isPair, int out, int in) {}

  JoinedRows(GradientRows g) {
    this.g = g;
  }

  @Override
  public String name(int block) {
    return blocks.get(block).name;
  }

  @Override
  public void forEach(Consumer<BlockRows> batch) {
    g.forEach(rows -> batch.accept(new BlockRows(joined(rows.blocks()))));
  }

  private List<Rows> joined(List<Rows> apart) {
    boolean isFirst = blocks.isEmpty();
    List<Rows> joined = new ArrayList<>();
    for (int p = 0; p < apart.size(); p++) {
      String name = g.space().blocks().get(p).name();
      Optional<KhatriRaoRows> pair = p + 1 < apart.size()
          ? HomogeneousInput.of(apart.get(p), apart.get(p + 1))
          : Optional.empty();
      if (isFirst) {
        blocks.add(pair.map(w -> new Joined(name, true, w.delta().cols(), w.a().cols() - 1))
            .orElse(new Joined(name, false, 0, 0)));
      }
      joined.add(pair.isPresent() ? pair.get() : apart.get(p));
      p += pair.isPresent() ? 1 : 0;
    }
    return joined;
  }

  /** The blocks made of the joined rows, each of its elements in the order of the space: W, b. */
  <B extends CurvatureBlock<B>> Blocks<JointBlock<B>> inOrderOfSpace(List<B> made) {
    List<JointBlock<B>> ordered = new ArrayList<>();
    for (int b = 0; b < made.size(); b++) {
      Joined joined = blocks.get(b);
      ordered.add(
          joined.isPair
              ? JointBlock.ofPair(made.get(b), joined.out, joined.in)
              : JointBlock.of(made.get(b)));
    }
    return new Blocks<>(ordered);
  }
}
