package org.laplace4j.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Module;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Prior;
import org.laplace4j.nn.train.Adam;
import org.laplace4j.nn.train.MapTrainer;
import org.laplace4j.nn.train.Schedule;

/**
 * Networks under weaker and weaker weight decay λ, each trained on from the one before: it learns
 * the coarse first, and every step starts near where it ends. Each minimises, over all N examples
 * at once,
 *
 * <pre>  −1/N log p(D | θ) + ½ λ ‖θ‖²  </pre>
 *
 * <p>so it is the MAP estimate under a prior of precision λN.
 *
 * @param decays λ, from strong to weak
 * @param steps of Adam for each
 * @param rate of Adam, from which it falls to 0 for each
 */
record DecayPath(List<Double> decays, int steps, double rate) {

  /** The trained networks, one a λ; the given one stays as it is. */
  List<Sequential> train(Sequential start, Likelihood likelihood, Dataset data) {
    List<Sequential> path = new ArrayList<>();
    Sequential network = start;
    for (double decay : decays) {
      network = copy(network);
      MapTrainer.of(network, likelihood)
          .prior(prior(decay, data))
          .optimizer(Adam.of(rate).withSchedule(Schedule.cosine()))
          .batchSize(data.size())
          .epochs(steps)
          .train(data, new SplittableRandom(1)); // orders one batch of everything
      path.add(network);
    }
    return path;
  }

  /** The path as far as the given place. */
  DecayPath upTo(int place) {
    return new DecayPath(decays.subList(0, place + 1), steps, rate);
  }

  /** The prior whose MAP estimate has this weight decay. */
  static Prior prior(double decay, Dataset data) {
    return Prior.isotropic(decay * data.size());
  }

  private static Sequential copy(Sequential network) {
    List<Module> modules = new ArrayList<>();
    for (Module module : network.children().values()) {
      modules.add(
          module instanceof Linear layer
              ? Linear.of(layer.weight().value(), layer.bias().value())
              : module);
    }
    return Sequential.of(modules);
  }
}
