package org.laplace4j.laplace.subset;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.linalg.Arrays;
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
    return mask(space, highest(score, n));
  }

  /** The n highest scores, marked: those above the n-th, and the first of its equals. */
  private static boolean[] highest(double[] score, int n) {
    double[] descending = Arrays.negate(score);
    java.util.Arrays.sort(descending);
    double last = descending[n - 1];
    boolean[] chosen = new boolean[score.length];
    int count = 0;
    for (int i = 0; i < score.length; i++) {
      chosen[i] = Double.compare(-score[i], last) < 0;
      count += chosen[i] ? 1 : 0;
    }
    for (int i = 0; count < n; i++) {
      if (Double.compare(-score[i], last) == 0) {
        chosen[i] = true;
        count++;
      }
    }
    return chosen;
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
