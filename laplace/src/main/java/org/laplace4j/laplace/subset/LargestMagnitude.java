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
import org.laplace4j.autodiff.Weights;
import org.laplace4j.nn.Dataset;

/** The n trainable elements with the largest |θ|. */
record LargestMagnitude(int n) implements WeightSubset {

  LargestMagnitude {
    if (n < 1) {
      throw new IllegalArgumentException("WeightSubset.largestMagnitude: " + n
          + " elements were asked for; at least 1 is needed.");
    }
  }

  @Override
  public WeightMask select(Model<Tensor> model, Dataset data) {
    ParameterSpace space = ParameterSpace.of(model);
    double[] theta = space.gather(Weights.of(model));
    if (n > theta.length) {
      throw new IllegalArgumentException("WeightSubset.largestMagnitude: " + n
          + " elements were asked for, the model has " + theta.length + " trainable ones.");
    }
    boolean[] chosen = new boolean[theta.length];
    IntStream.range(0, theta.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(theta[i])))
        .limit(n)
        .forEach(i -> chosen[i] = true);
    return mask(space, chosen);
  }

  /** The elements of a space that are chosen, as a mask of its parameters. */
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
