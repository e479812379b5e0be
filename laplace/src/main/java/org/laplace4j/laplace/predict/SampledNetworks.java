package org.laplace4j.laplace.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.laplace4j.autodiff.PartialEvaluation;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.LinearizedModel;
import org.laplace4j.linalg.Parallel;

/**
 * Networks whose weights are drawn from a posterior, without linearising: f(θ_s, x). What the drawn
 * weights do not change is computed once for all draws; draws are made and evaluated some at a
 * time, on all threads, for inputs that stay in the cache from one layer to the next.
 *
 * @param samples S
 * @param key the seed of the draws
 * @param part how many numbers may be computed for some inputs at a time
 */
record SampledNetworks(int samples, long key, int part) {
  /** 4 MB. */
  private static final int PART = 1 << 19;

  /** Numbers of outputs that are held at a time: 32 MB. */
  private static final int HELD = 1 << 22;

  static SampledNetworks of(int samples, long key) {
    return new SampledNetworks(samples, key, PART);
  }

  /** The values of a function of f(θ_s, x), for s = 0, 1, … in order. */
  void forEach(
      LaplacePosterior<?> posterior,
      Tensor x,
      UnaryOperator<Tensor> function,
      Consumer<Tensor> each) {
    LinearizedModel model = posterior.model();
    List<PartialEvaluation> f = parts(model, x);
    long numbers = f.stream().mapToLong(PartialEvaluation::numbers).sum();
    long outputs = f.stream().mapToLong(part -> part.shape().size()).sum();
    int together = (int) Math.max(1, HELD / Math.max(1, outputs));
    posterior.samples(samples, new SplittableRandom(key)).forEachChunk((first, draws) -> {
      for (int from = 0; from < draws.rows(); from += together) {
        int some = from;
        Tensor[] values = new Tensor[Math.min(together, draws.rows() - from)];
        Parallel.ranges(values.length, draws.cols() + numbers, (begin, end) -> {
          for (int s = begin; s < end; s++) {
            Weights theta = model.space().scatter(draws.row(some + s), model.thetaStar());
            values[s] = function.apply(
                Tensor.concat(0, f.stream().map(part -> part.at(theta)).toList()));
          }
        });
        Stream.of(values).forEach(each);
      }
    });
  }

  private List<PartialEvaluation> parts(LinearizedModel model, Tensor x) {
    int examples = x.shape().dim(0);
    int together = (int) Math.max(1, part / Math.max(1, numbersOfAnExample(model, x)));
    List<PartialEvaluation> parts = new ArrayList<>();
    for (int from = 0; from < examples; from += together) {
      parts.add(at(model, x.slice(0, from, Math.min(examples, from + together))));
    }
    return parts;
  }

  /** Of two examples less those of one: what is made of weights alone is no example's. */
  private static long numbersOfAnExample(LinearizedModel model, Tensor x) {
    long one = at(model, x.slice(0, 0, 1)).numbers();
    return x.shape().dim(0) < 2 ? one : at(model, x.slice(0, 0, 2)).numbers() - one;
  }

  private static PartialEvaluation at(LinearizedModel model, Tensor x) {
    return PartialEvaluation.of(model.model(), model.space(), model.thetaStar(), x);
  }
}
