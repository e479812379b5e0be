package org.laplace4j.laplace.predict;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.laplace4j.autodiff.PartialEvaluation;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.LinearizedModel;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Parallel;

/**
 * Networks whose weights are drawn from a posterior, without linearising: f(θ_s, x). What the drawn
 * weights do not change is computed once for all draws; draws are made and evaluated some at a
 * time, on all threads.
 *
 * @param samples S
 * @param key the seed of the draws
 */
record SampledNetworks(int samples, long key) {
  /** Numbers that evaluations hold at a time: 32 MB. */
  private static final int CHUNK = 1 << 22;

  /** The values of a function of f(θ_s, x), for s = 0, 1, … in order. */
  void forEach(
      LaplacePosterior<?> posterior,
      Tensor x,
      UnaryOperator<Tensor> function,
      Consumer<Tensor> each) {
    LinearizedModel model = posterior.model();
    PartialEvaluation f = PartialEvaluation.of(model.model(), model.space(), model.thetaStar(), x);
    int together = (int) Math.max(1, CHUNK / Math.max(1, f.numbers()));
    posterior.samples(samples, new SplittableRandom(key)).forEachChunk((first, draws) -> {
      for (int from = 0; from < draws.rows(); from += together) {
        Matrix some = draws.rows(from, Math.min(draws.rows(), from + together));
        Tensor[] values = new Tensor[some.rows()];
        Parallel.ranges(values.length, some.cols() + f.numbers(), (s, end) -> {
          for (; s < end; s++) {
            values[s] = function.apply(f.at(model.space().scatter(some.row(s), model.thetaStar())));
          }
        });
        Stream.of(values).forEach(each);
      }
    });
  }
}
