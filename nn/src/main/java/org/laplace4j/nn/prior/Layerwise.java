package org.laplace4j.nn.prior;

import java.util.Arrays;
import org.laplace4j.autodiff.ParameterSpace;

/** P₀ = diag(δ_b): one precision for each parameter tensor of the space. */
public final class Layerwise implements Prior {
  private final double[] precisions;
  private final PriorMean mean;

  Layerwise(double[] precisions, PriorMean mean) {
    this.precisions = precisions;
    this.mean = mean;
  }

  /** δ, one a block of the space. */
  public double[] precisions() {
    return precisions.clone();
  }

  @Override
  public double[] precisions(ParameterSpace space) {
    requireOneEach(space);
    double[] all = new double[space.size()];
    for (int b = 0; b < precisions.length; b++) {
      ParameterSpace.Block block = space.blocks().get(b);
      Arrays.fill(all, block.offset(), block.end(), precisions[b]);
    }
    return all;
  }

  private void requireOneEach(ParameterSpace space) {
    PriorChecks.count(
        "Prior.layerwise",
        "parameter tensors",
        precisions.length,
        space.blocks().size());
  }

  @Override
  public double logDet(ParameterSpace space) {
    requireOneEach(space);
    double sum = 0;
    for (int b = 0; b < precisions.length; b++) {
      sum += space.blocks().get(b).size() * StrictMath.log(precisions[b]);
    }
    return sum;
  }

  @Override
  public double[] mean(ParameterSpace space) {
    return mean.in(space);
  }

  @Override
  public boolean sharesMeanWith(Prior other) {
    return PriorMean.of(other) == mean;
  }

  /** μ. */
  PriorMean mean() {
    return mean;
  }

  @Override
  public Prior around(double... mean) {
    return new Layerwise(precisions, PriorMean.of(mean));
  }

  @Override
  public Prior restricted(ParameterSpace space, ParameterSpace to) {
    double[] all = precisions(space);
    int[] places = to.placesIn(space);
    double[] kept =
        to.blocks().stream().mapToDouble(block -> all[places[block.offset()]]).toArray();
    return new Layerwise(kept, mean.restricted(space, to));
  }

  /** For example {@code layerwise[1.0, 2.0]}. */
  @Override
  public String toString() {
    return "layerwise" + Arrays.toString(precisions);
  }
}
