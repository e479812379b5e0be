package org.laplace4j.laplace.curvature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * The Fisher matrix with its expectation over targets taken by sampling: the columns are scores of
 * m targets drawn from the model, divided by √m. Its expectation is the GGN, at m columns an
 * example instead of C.
 *
 * <pre>  s = m^(-1/2) ∂ log p(ŷ | f)/∂f,  ŷ ~ p(· | f)  </pre>
 *
 * <p>The draws are a function of the key and of the outputs, so every pass over the same data sees
 * the same ones.
 *
 * @param draws m
 * @param key the seed
 */
public record MonteCarloFisher(int draws, long key) implements CurvatureSource {

  /** Checks that there is a draw. */
  public MonteCarloFisher {
    if (draws < 1) {
      throw new IllegalArgumentException("CurvatureSource.monteCarloFisher: " + draws
          + " draws were asked for; at least 1 is needed.");
    }
  }

  @Override
  public Tensor columns(Likelihood likelihood, Tensor f, Targets y) {
    RandomGenerator rng =
        new SplittableRandom(key ^ (0x9E3779B97F4A7C15L * Arrays.hashCode(f.array())));
    List<Tensor> columns = new ArrayList<>();
    for (int m = 0; m < draws; m++) {
      Tensor score = likelihood.score(f, likelihood.draw(f, y, rng));
      columns.add(score.times(1 / Math.sqrt(draws)).reshape(f.shape().prepend(1)));
    }
    return Tensor.concat(0, columns);
  }

  @Override
  public int noisePower() {
    return 2;
  }
}
