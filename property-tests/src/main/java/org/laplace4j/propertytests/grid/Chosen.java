package org.laplace4j.propertytests.grid;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.laplace.subset.WeightSubset;

/** Which weights are random. */
enum Chosen {
  ALL("all", WeightSubset.all()),
  LAST_LAYER("last layer", WeightSubset.lastLayer()),
  ONE_TENSOR("one tensor", WeightSubset.named("0.weight")),
  HALF_OF_A_ROW("half of a row", inside(Map.of("0.weight", "1 : 0,1"))),
  RANDOM_TENTH("random 10 %", WeightSubset.random(4, new SplittableRandom(5))),
  ROWS_BY_COLUMNS(
      "rows × columns", inside(Map.of("0.weight", "0,3 : 0,2", "2.weight", "0 : 1,2,4"))),
  SINGLE_WEIGHT("single weight", inside(Map.of("0.weight", "2 : 1"))),
  ADAPTERS("adapters", WeightSubset.all());

  private final String words;
  private final WeightSubset subset;

  Chosen(String words, WeightSubset subset) {
    this.words = words;
    this.subset = subset;
  }

  WeightSubset subset() {
    return subset;
  }

  /** Rectangles of the named parameters, each written {@code rows : columns}. */
  private static WeightSubset inside(Map<String, String> rectangles) {
    return (model, data) -> {
      Map<Parameter, ElementMask> masks = new LinkedHashMap<>();
      rectangles.forEach((name, places) -> {
        Parameter parameter = model.parameters().get(name);
        String[] sides = places.split(" : ");
        masks.put(
            parameter,
            ElementMask.rectangle(parameter.shape(), numbers(sides[0]), numbers(sides[1])));
      });
      return WeightMask.of(masks);
    };
  }

  private static int[] numbers(String list) {
    return java.util.Arrays.stream(list.split(",")).mapToInt(Integer::parseInt).toArray();
  }

  @Override
  public String toString() {
    return words;
  }
}
