package org.laplace4j.nn.likelihood;

import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Targets;

/** How targets are drawn from p(· | f), one an example, for outputs f (B, C). */
@FunctionalInterface
public interface Sampler {

  /** The targets. */
  Targets draw(Tensor f, RandomGenerator rng);
}
