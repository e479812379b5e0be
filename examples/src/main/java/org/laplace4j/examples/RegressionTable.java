package org.laplace4j.examples;

import static org.laplace4j.laplace.evidence.Tuner.marginalLikelihood;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.predict.NormalPrediction;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.nn.Batch;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Standardizer;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Gaussian;

/**
 * One split of a regression: what a network of one hidden layer and its posteriors say of the test
 * part, after everything was chosen from the training part.
 *
 * <ol>
 *   <li>Inputs and target are standardised by the training part.
 *   <li>Networks are trained from several random starts along a {@link DecayPath}. Around each the
 *       prior precision and the noise of the posterior maximise the evidence, and of all starts the
 *       one of the largest evidence is taken. The last row takes them all, as a mixture.
 *   <li>Which weight decay a row takes is found before, by the same on four fifths of the training
 *       part: the one under which the row's predictions give the last fifth the largest density.
 * </ol>
 *
 * @param path the weight decays that are tried
 * @param hidden units
 * @param starts random starts
 */
record RegressionTable(DecayPath path, int hidden, int starts) {
  private static final List<Approximation> APPROXIMATIONS = List.of(
      new Approximation("Laplace, full", WeightSubset.all(), Structure.full()),
      new Approximation("Laplace, Kronecker", WeightSubset.all(), Structure.kronecker()),
      new Approximation("Laplace, diagonal", WeightSubset.all(), Structure.diagonal()),
      new Approximation("Laplace, last layer", WeightSubset.lastLayer(), Structure.full()));

  private record Approximation(String name, WeightSubset over, Structure structure) {}

  /** A prediction, and the evidence of the posterior that it is from. */
  private record Candidate(double logEvidence, NormalPrediction prediction) {}

  /** The names of the rows. */
  static List<String> rows() {
    List<String> names = new ArrayList<>(List.of("MAP"));
    APPROXIMATIONS.forEach(each -> names.add(each.name()));
    names.add("Laplace, full, mixture of all starts");
    return names;
  }

  /** The scores of every row on the test part of a split. */
  List<RegressionScore> scores(Dataset training, Dataset test, long seed) {
    int[] decays = bestDecays(training, seed);
    Map<Integer, List<RegressionScore>> scores =
        scores(training, test, Arrays.stream(decays).boxed().toList(), seed);
    return IntStream.range(0, decays.length)
        .mapToObj(row -> scores.get(decays[row]).get(row))
        .toList();
  }

  /** For each row, the place of the weight decay that predicts the held-out fifth best. */
  private int[] bestDecays(Dataset training, long seed) {
    Dataset shuffled = training.shuffled(training.size(), new SplittableRandom(seed));
    int cut = training.size() / 5;
    Dataset heldOut = shuffled.select(IntStream.range(0, cut).toArray());
    Dataset others = shuffled.select(IntStream.range(cut, training.size()).toArray());
    List<Integer> all = IntStream.range(0, path.decays().size()).boxed().toList();
    Map<Integer, List<RegressionScore>> scores = scores(others, heldOut, all, seed);
    return IntStream.range(0, rows().size())
        .map(row -> all.stream()
            .max(Comparator.comparingDouble(d -> scores.get(d).get(row).logDensity()))
            .orElseThrow())
        .toArray();
  }

  /**
   * The scores of every row after training with each of the given weight decays, by their place.
   */
  private Map<Integer, List<RegressionScore>> scores(
      Dataset training, Dataset on, List<Integer> decays, long seed) {
    Standardized data = Standardized.by(training);
    DecayPath needed = path.upTo(Collections.max(decays));
    Map<Integer, List<List<Candidate>>> candidates = new TreeMap<>(); // then by start and row
    for (int start = 0; start < starts; start++) {
      Sequential network = Sequential.mlp(
          Activation.relu(), new SplittableRandom(seed + start), data.features(), hidden, 1);
      List<Sequential> trained = needed.train(network, Gaussian.of(1), data.set());
      for (int d : Set.copyOf(decays)) {
        candidates
            .computeIfAbsent(d, place -> new ArrayList<>())
            .add(candidates(
                trained.get(d), path.decays().get(d), data, on.whole().x()));
      }
    }
    Tensor y = on.whole().targets().values();
    Map<Integer, List<RegressionScore>> scores = new TreeMap<>();
    candidates.forEach((d, byStart) -> scores.put(d, scores(byStart, y)));
    return scores;
  }

  private static List<RegressionScore> scores(List<List<Candidate>> byStart, Tensor y) {
    List<RegressionScore> scores = new ArrayList<>();
    for (int row = 0; row <= APPROXIMATIONS.size(); row++) {
      int r = row;
      Candidate best = byStart.stream()
          .map(rows -> rows.get(r))
          .max(Comparator.comparingDouble(Candidate::logEvidence))
          .orElseThrow();
      scores.add(RegressionScore.of(List.of(best.prediction()), y));
    }
    scores.add(RegressionScore.of(
        byStart.stream().map(rows -> rows.get(1).prediction()).toList(), y));
    return scores;
  }

  /** What each row but the last says with this network. */
  private static List<Candidate> candidates(
      Sequential network, double decay, Standardized data, Tensor x) {
    List<Candidate> candidates = new ArrayList<>();
    for (Approximation each : APPROXIMATIONS) {
      LaplacePosterior<Gaussian> posterior = Laplace.of(network, Gaussian.of(1))
          .over(each.over())
          .structure(each.structure())
          .prior(DecayPath.prior(decay, data.set()))
          .fit(data.set())
          .tune(marginalLikelihood().andNoise())
          .posterior();
      candidates.add(new Candidate(
          posterior.evidence().logMarginalLikelihood(),
          posterior
              .predict(data.inputs().apply(x), Predictive.linearized())
              .inUnitsOf(data.target())));
    }
    // The network alone, with the noise that the full posterior found.
    Candidate full = candidates.get(0);
    NormalPrediction p = full.prediction();
    NormalPrediction alone =
        new NormalPrediction(p.mean(), Tensor.zeros(p.epistemic().shape()), p.aleatoric());
    candidates.add(0, new Candidate(full.logEvidence(), alone));
    return candidates;
  }

  /** Data with means 0 and standard deviations 1, and the way back. */
  private record Standardized(Dataset set, Standardizer inputs, Standardizer target) {
    static Standardized by(Dataset training) {
      Batch whole = training.whole();
      Standardizer inputs = Standardizer.fit(whole.x());
      Standardizer target = Standardizer.fit(whole.targets().values());
      Targets targets = Targets.values(target.apply(whole.targets().values()));
      return new Standardized(Dataset.of(inputs.apply(whole.x()), targets), inputs, target);
    }

    int features() {
      return inputs.mean().size();
    }
  }
}
