package org.laplace4j.laplace.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.metric.Score;
import org.laplace4j.nn.Batch;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * One prior precision for all elements, or one temperature, chosen by a score on examples that the
 * curvature has not seen ({@link DialSearch}).
 *
 * <p>Across {@code folds} parts of the data, example n is in part n mod folds; the score is the
 * mean over the examples, of each part under the curvature of all others. θ* is not trained again,
 * and has seen them all: what is left out is left out of the curvature only.
 *
 * @param dial what is chosen
 * @param data the examples; of a cross-validation also those that the curvature is made of
 * @param folds 1 where the posterior is fitted already, to others; else how many parts
 * @param score what is to be small
 * @param <L> the likelihoods that the score has a meaning for
 */
record Validation<L extends Likelihood>(Dial dial, Dataset data, int folds, Score<? super L> score)
    implements Tuner<L> {
  Validation {
    if (folds < 1 || folds > data.size()) {
      throw new IllegalArgumentException("Tuner.crossValidation: " + folds + " folds were asked of "
          + data.size() + " examples; each needs at least one, and there must be at least 2.");
    }
  }

  /** A posterior, and examples that it is to predict. */
  private record Part<K extends Likelihood>(LaplacePosterior<K> posterior, Batch heldOut) {}

  @Override
  public <K extends L> Tuned<K> tune(LaplacePosterior<K> posterior) {
    List<Part<K>> parts = parts(posterior);
    double start = score(parts); // what does not fit together is refused here
    return new DialSearch(
            dial, "Tuner.validation", "look at the held-out inputs, or use another score")
        .smallest(
            posterior,
            start,
            value -> score(parts.stream()
                .map(part -> new Part<>(dial.set(part.posterior(), value), part.heldOut()))
                .toList()));
  }

  private <K extends L> List<Part<K>> parts(LaplacePosterior<K> posterior) {
    Batch whole = data.whole();
    if (folds == 1) {
      return List.of(new Part<>(posterior, whole));
    }
    int batch = data.batches().stream().mapToInt(Batch::size).max().orElseThrow();
    List<Part<K>> parts = new ArrayList<>();
    for (int f = 0; f < folds; f++) {
      int fold = f;
      int[] out = IntStream.range(0, data.size()).filter(n -> n % folds == fold).toArray();
      int[] in = IntStream.range(0, data.size()).filter(n -> n % folds != fold).toArray();
      LaplacePosterior<K> others =
          posterior.ofData(Dataset.of(List.of(whole.select(in))).rebatched(batch));
      parts.add(new Part<>(others, whole.select(out)));
    }
    return parts;
  }

  private <K extends L> double score(List<Part<K>> parts) {
    double sum = 0;
    for (Part<K> part : parts) {
      sum += part.heldOut().size() * score.of(part.posterior(), part.heldOut());
    }
    return sum / data.size();
  }
}
