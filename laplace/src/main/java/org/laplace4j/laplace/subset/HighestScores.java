package org.laplace4j.laplace.subset;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.nn.Dataset;

/**
 * The n trainable elements with the highest scores; ties go to the earlier element.
 *
 * @param rule what error messages call the rule
 * @param n how many elements
 * @param scores the score of each trainable element, (Θ), for a model and data
 */
record HighestScores(String rule, int n, Scores scores) implements WeightSubset {

  /** A score for each element of the space of all trainable ones. */
  interface Scores {
    double[] of(Model<Tensor> model, ParameterSpace space, Dataset data);
  }

  HighestScores {
    if (n < 1) {
      throw new IllegalArgumentException(
          rule + ": " + n + " elements were asked for; at least 1 is needed.");
    }
  }

  @Override
  public WeightMask select(Model<Tensor> model, Dataset data) {
    ParameterSpace space = ParameterSpace.of(model);
    if (n > space.size()) {
      throw new IllegalArgumentException(rule + ": " + n
          + " elements were asked for, the model has " + space.size() + " trainable ones.");
    }
    double[] score = scores.of(model, space, data);
    boolean[] chosen = new boolean[space.size()];
    IntStream.range(0, score.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -score[i]))
        .limit(n)
        .forEach(i -> chosen[i] = true);
    return mask(space, chosen);
  }

  /** The chosen elements of a space as a mask of its parameters. */
  private static WeightMask mask(ParameterSpace space, boolean[] chosen) {
    Map<Parameter, ElementMask> masks = new LinkedHashMap<>();
    for (ParameterSpace.Block block : space.blocks()) {
      int[] indices = block.mask().indices();
      int[] kept = IntStream.range(0, indices.length)
          .filter(i -> chosen[block.offset() + i])
          .map(i -> indices[i])
          .toArray();
      masks.put(block.parameter(), ElementMask.ofIndices(block.parameter().shape(), kept));
    }
    return WeightMask.of(masks);
  }
}
