package org.laplace4j.benchmarks;

import java.util.List;
import java.util.SplittableRandom;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.nn.Batch;
import org.laplace4j.nn.Module;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Prior;
import org.laplace4j.nn.train.Adam;
import org.laplace4j.nn.train.MapTrainer;

/** What comes before the posterior: evaluating the network, and training it. */
final class MapPhases {
  private final Workload workload;

  MapPhases(Workload workload) {
    this.workload = workload;
  }

  List<Phase> phases() {
    Module network = workload.network(workload.trained());
    Weights at = Weights.of(network);
    int examples = workload.data().size();
    return List.of(
        Phase.of("forward", examples, () -> {
          double sum = 0;
          for (Batch batch : workload.data()) {
            sum += network.forward(at, batch.x()).array()[0];
          }
          return sum;
        }),
        new Phase("train", examples, this::epoch));
  }

  /** Nanoseconds from the end of the first epoch to that of the second, so of one whole epoch. */
  private long epoch() {
    Module network = workload.network(workload.initial());
    Likelihood likelihood =
        workload.isClassification() ? new Categorical() : Gaussian.of(workload.sigma());
    long[] ends = new long[2];
    MapTrainer.of(network, likelihood)
        .prior(Prior.isotropic(workload.priorPrecision()))
        .optimizer(Adam.of(workload.learningRate()))
        .batchSize(workload.batchSize())
        .epochs(ends.length)
        .listener(progress -> {
          if (progress.endsEpoch()) {
            ends[progress.epoch() - 1] = System.nanoTime();
          }
        })
        .train(workload.data(), new SplittableRandom(1));
    return ends[1] - ends[0];
  }
}
