package org.laplace4j.laplace.evidence;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.nn.prior.Isotropic;
import org.laplace4j.nn.prior.Layerwise;
import org.laplace4j.nn.prior.Prior;

/**
 * Which prior precisions are tuned together: those of all elements, of one parameter tensor, or of
 * one element. The coordinates are their logarithms.
 */
enum Hyperparameters {
  ISOTROPIC,
  LAYERWISE,
  DIAGONAL;

  /** Those that a prior has. */
  static Hyperparameters of(Prior prior) {
    return prior instanceof Isotropic
        ? ISOTROPIC
        : prior instanceof Layerwise ? LAYERWISE : DIAGONAL;
  }

  /** For each element of R^Θ, the place of its precision among the coordinates. */
  int[] places(ParameterSpace space) {
    int[] places = new int[space.size()];
    for (int b = 0; b < space.blocks().size(); b++) {
      ParameterSpace.Block block = space.blocks().get(b);
      for (int i = block.offset(); i < block.end(); i++) {
        places[i] = switch (this) {
          case ISOTROPIC -> 0;
          case LAYERWISE -> b;
          case DIAGONAL -> i;
        };
      }
    }
    return places;
  }

  /** How many coordinates there are. */
  int count(ParameterSpace space) {
    return switch (this) {
      case ISOTROPIC -> 1;
      case LAYERWISE -> space.blocks().size();
      case DIAGONAL -> space.size();
    };
  }

  /** Where in R^Θ the elements of each precision end: they lie together, in order. */
  int[] ends(ParameterSpace space) {
    return switch (this) {
      case ISOTROPIC -> new int[] {space.size()};
      case LAYERWISE ->
        space.blocks().stream().mapToInt(ParameterSpace.Block::end).toArray();
      case DIAGONAL -> IntStream.rangeClosed(1, space.size()).toArray();
    };
  }

  /** Σ of a vector of R^Θ over the elements that share a precision. */
  double[] sums(ParameterSpace space, double[] v) {
    int[] places = places(space);
    double[] sums = new double[count(space)];
    for (int i = 0; i < v.length; i++) {
      sums[places[i]] += v[i];
    }
    return sums;
  }

  /** The coordinates of the prior that a posterior has now: where elements differ, their mean. */
  double[] of(LaplacePosterior<?> posterior) {
    ParameterSpace space = posterior.space();
    double[] logs =
        Arrays.stream(posterior.prior().precisions(space)).map(Math::log).toArray();
    double[] ones = new double[logs.length];
    Arrays.fill(ones, 1);
    return org.laplace4j.linalg.Arrays.dividedBy(sums(space, logs), sums(space, ones));
  }

  /** The coordinates at which every precision has the given logarithm. */
  double[] all(ParameterSpace space, double logPrecision) {
    double[] coordinates = new double[count(space)];
    Arrays.fill(coordinates, logPrecision);
    return coordinates;
  }

  /** The prior at the given coordinates, around the mean that a posterior's prior has now. */
  Prior prior(LaplacePosterior<?> posterior, double[] logPrecisions) {
    double[] precisions = Arrays.stream(logPrecisions).map(Math::exp).toArray();
    Prior prior = switch (this) {
      case ISOTROPIC -> Prior.isotropic(precisions[0]);
      case LAYERWISE -> Prior.layerwise(precisions);
      case DIAGONAL -> Prior.diagonal(precisions);
    };
    return around(prior, posterior.prior().mean(posterior.space()));
  }

  /** A mean of zero is left unsaid, so that the prior can serve another choice of weights too. */
  static Prior around(Prior prior, double[] mean) {
    return Arrays.stream(mean).allMatch(m -> m == 0) ? prior : prior.around(mean);
  }
}
