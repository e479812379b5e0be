package org.laplace4j.propertytests.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.prior.Prior;

/** Priors on the spaces of random networks under random masks. */
class PriorProperties {
  /** A sum of at most 60 logarithms of size 10. */
  private static final double ROUNDING = 1e-11;

  private static ParameterSpace space(SplittableRandom rng) {
    Sequential net = Networks.random(rng);
    Networks.mask(net, rng);
    return ParameterSpace.of(net);
  }

  private static double[] normal(int n, SplittableRandom rng) {
    double[] values = new double[n];
    java.util.Arrays.setAll(values, i -> rng.nextGaussian());
    return values;
  }

  private static double[] positive(int n, SplittableRandom rng) {
    return org.laplace4j.linalg.Arrays.map(normal(n, rng), Math::exp);
  }

  @Property
  void logDensityIsTheSumOfThoseOfTheElements(@ForAll long seed) {
    SplittableRandom rng = new SplittableRandom(seed);
    ParameterSpace space = space(rng);
    double[] delta = positive(space.size(), rng);
    double[] mu = normal(space.size(), rng);
    double[] theta = normal(space.size(), rng);
    double expected = 0;
    for (int i = 0; i < theta.length; i++) {
      expected += new NormalDistribution(mu[i], 1 / Math.sqrt(delta[i])).logDensity(theta[i]);
    }
    assertThat(Prior.diagonal(delta).around(mu).logDensity(space, theta))
        .isCloseTo(expected, within(ROUNDING));
  }

  @Property
  void oneATensorIsOneAnElementRepeatedOverItsBlock(@ForAll long seed) {
    SplittableRandom rng = new SplittableRandom(seed);
    ParameterSpace space = space(rng);
    double[] delta = positive(space.blocks().size(), rng);
    double[] each = Prior.layerwise(delta).precisions(space);
    for (int b = 0; b < delta.length; b++) {
      for (int i = space.blocks().get(b).offset(); i < space.blocks().get(b).end(); i++) {
        assertThat(each[i]).isEqualTo(delta[b]);
      }
    }
    double[] theta = normal(space.size(), rng);
    // n log δ of a block in one, n logarithms in the other.
    assertThat(Prior.layerwise(delta).logDensity(space, theta))
        .isCloseTo(Prior.diagonal(each).logDensity(space, theta), within(ROUNDING));
  }
}
