package org.laplace4j.propertytests.grid;

import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.nn.prior.Prior;

/** The form of the prior, whose mean is not zero. */
enum Believed {
  ISOTROPIC,
  LAYERWISE,
  DIAGONAL;

  Prior over(ParameterSpace space) {
    Prior prior = switch (this) {
      case ISOTROPIC -> Prior.isotropic(0.7);
      case LAYERWISE -> Prior.layerwise(spread(space.blocks().size()));
      case DIAGONAL -> Prior.diagonal(spread(space.size()));
    };
    double[] mean = new double[space.size()];
    java.util.Arrays.setAll(mean, i -> 0.1 * (i % 3));
    return prior.around(mean);
  }

  /** Numbers from 0.4 on, no two neighbours alike. */
  private static double[] spread(int count) {
    double[] precisions = new double[count];
    java.util.Arrays.setAll(precisions, i -> 0.4 + 0.3 * (i * 7 % 5));
    return precisions;
  }

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
