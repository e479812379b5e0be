package org.laplace4j.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/**
 * Masks are sets: a Boolean algebra over one shape, and gather and scatter are each other's
 * inverse.
 */
@Tag("scalar")
class ElementMaskProperties {
  private static final Shape SHAPE = Shape.of(3, 4);

  @Property
  void unionAndIntersectionAreCommutativeAssociativeAndDistributive(
      @ForAll("masks") ElementMask a,
      @ForAll("masks") ElementMask b,
      @ForAll("masks") ElementMask c) {
    assertThat(a.union(b)).isEqualTo(b.union(a));
    assertThat(a.intersection(b)).isEqualTo(b.intersection(a));
    assertThat(a.union(b.union(c))).isEqualTo(a.union(b).union(c));
    assertThat(a.intersection(b.intersection(c))).isEqualTo(a.intersection(b).intersection(c));
    assertThat(a.intersection(b.union(c))).isEqualTo(a.intersection(b).union(a.intersection(c)));
    assertThat(a.union(a.intersection(b))).isEqualTo(a);
  }

  @Property
  void complementObeysDeMorgan(@ForAll("masks") ElementMask a, @ForAll("masks") ElementMask b) {
    assertThat(a.union(b).complement()).isEqualTo(a.complement().intersection(b.complement()));
    assertThat(a.complement().complement()).isEqualTo(a);
    assertThat(a.union(a.complement()).isAll()).isTrue();
    assertThat(a.intersection(a.complement()).isNone()).isTrue();
    assertThat(a.count() + a.complement().count()).isEqualTo(SHAPE.size());
    assertThat(a.union(b).count() + a.intersection(b).count()).isEqualTo(a.count() + b.count());
  }

  @Property
  void everyWayToNameTheSameElementsGivesTheSameMask(@ForAll("masks") ElementMask mask) {
    boolean[] flags = new boolean[SHAPE.size()];
    IntStream.range(0, SHAPE.size()).forEach(i -> flags[i] = mask.contains(i));
    assertThat(ElementMask.of(SHAPE, flags)).isEqualTo(mask).hasSameHashCodeAs(mask);
    assertThat(ElementMask.ofIndices(SHAPE, mask.indices())).isEqualTo(mask);
    assertThat(ElementMask.where(SHAPE, mask::contains)).isEqualTo(mask);
    assertThat(mask.indices()).isSorted().hasSize(mask.count());
  }

  @Property
  void scatterUndoesGatherAndTouchesNothingElse(
      @ForAll("masks") ElementMask mask, @ForAll Random random) {
    double[] base = random.doubles(SHAPE.size()).toArray();
    double[] before = base.clone();
    double[] selected = random.doubles(mask.count() + 2).toArray();
    double[] scattered = mask.scatter(selected, 2, base);
    assertThat(base).containsExactly(before);
    assertThat(mask.gather(scattered))
        .containsExactly(java.util.Arrays.copyOfRange(selected, 2, selected.length));
    assertThat(mask.complement().gather(scattered))
        .containsExactly(mask.complement().gather(base));
    assertThat(mask.scatter(mask.gather(base), 0, base)).containsExactly(base);
  }

  @Provide
  Arbitrary<ElementMask> masks() {
    return Arbitraries.integers()
        .between(0, SHAPE.size() - 1)
        .set()
        .map(set -> ElementMask.ofIndices(SHAPE, set.stream().mapToInt(i -> i).toArray()));
  }
}
