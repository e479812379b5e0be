package org.laplace4j.propertytests.laplace;

import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.nn.prior.Prior;
import org.laplace4j.propertytests.linalg.Draws;

/** Where the suites get priors: of every form, around zero or not. */
final class PriorMarket {
  private PriorMarket() {}

  static Prior prior(ParameterSpace space, RandomGenerator rng) {
    Prior prior = switch (rng.nextInt(3)) {
      case 0 -> Prior.isotropic(Draws.positive(1, rng)[0]);
      case 1 -> Prior.layerwise(Draws.positive(space.blocks().size(), rng));
      default -> Prior.diagonal(Draws.positive(space.size(), rng));
    };
    return rng.nextBoolean() ? prior : prior.around(Draws.normal(space.size(), rng));
  }
}
