package org.laplace4j.laplace.curvature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
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
 * <p>The draws of an example are a function of the key and of its number in the data, so every pass
 * sees the same ones, however the data are batched.
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
  public Tensor columns(Likelihood likelihood, Tensor f, Targets y, long first) {
    int c = f.shape().dim(1);
    List<Tensor> examples = new ArrayList<>();
    for (int n = 0; n < y.count(); n++) {
      int[] repeated = new int[draws];
      Arrays.fill(repeated, n);
      Tensor same = f.gather(0, repeated); // (m, C)
      Targets drawn =
          likelihood.draw(same, y.select(repeated), new SplittableRandom(key + first + n));
      examples.add(likelihood.score(same, drawn).reshape(draws, 1, c));
    }
    return Tensor.concat(1, examples).times(1 / Math.sqrt(draws));
  }

  @Override
  public int noisePower() {
    return 2;
  }
}
