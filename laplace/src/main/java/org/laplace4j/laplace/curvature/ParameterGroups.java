package org.laplace4j.laplace.curvature;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.ParameterSpace;

/**
 * The parameters of a space in groups, each parameter in one.
 *
 * @param space R^Θ
 * @param members for each group the numbers of its parameters' blocks in the space, ascending
 */
record ParameterGroups(ParameterSpace space, List<int[]> members) {

  /** Each parameter by itself. */
  static ParameterGroups each(ParameterSpace space) {
    return new ParameterGroups(
        space,
        IntStream.range(0, space.blocks().size()).mapToObj(b -> new int[] {b}).toList());
  }

  /**
   * The named parameters of each group; every parameter of the space is named once. Those that the
   * model has but the space has not, as where all their elements were frozen since, are left out.
   */
  static ParameterGroups of(ParameterSpace space, List<List<String>> groups) {
    List<String> names = space.blocks().stream().map(ParameterSpace.Block::name).toList();
    List<String> left = new ArrayList<>(space.parameterNames());
    List<int[]> members = new ArrayList<>();
    for (List<String> group : groups) {
      for (String name : group) {
        if (!left.remove(name)) {
          throw new IllegalArgumentException("Structure.blockDiagonal: '" + name + "' is "
              + (space.parameterNames().contains(name)
                  ? "named twice"
                  : "not one of the model's parameters")
              + "; name each of " + names + " once.");
        }
      }
      int[] own = group.stream()
          .filter(names::contains)
          .mapToInt(names::indexOf)
          .sorted()
          .toArray();
      if (own.length > 0) {
        members.add(own);
      }
    }
    left.retainAll(names);
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          "Structure.blockDiagonal: " + left.size() + " of the space's " + names.size()
              + " parameters are in no group, " + left + "; put each in one.");
    }
    return new ParameterGroups(space, members);
  }

  /** For each group the places of its elements in R^Θ, ascending. */
  List<int[]> places() {
    return members.stream().map(this::places).toList();
  }

  private int[] places(int[] group) {
    return IntStream.of(group)
        .mapToObj(space.blocks()::get)
        .flatMapToInt(block -> IntStream.range(block.offset(), block.end()))
        .toArray();
  }
}
