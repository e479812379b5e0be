package org.laplace4j.examples;

import static org.laplace4j.laplace.evidence.Tuner.marginalLikelihood;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
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
 *   <li>Some folds of it are held out in turn, a {@link DecayPath} is trained on the rest, and every
 *       row of the table takes the weight decay under which its own predictions give the held-out
 *       targets the largest density.
 *   <li>Paths from several random starts are trained on the whole training part. Around each
 *       network the posterior's prior precision and noise maximise the evidence; the start of the
 *       largest evidence is the row's.
 * </ol>
 *
 * @param path the weight decays that are tried
 * @param hidden units
 * @param starts random starts
 * @param heldOut how many of the five folds are held out in turn
 */
record RegressionTable(DecayPath path, int hidden, int starts, int heldOut) {
  private static final int FOLDS = 5;

  /** What the table has rows of, in this order, before the mixture of all starts. */
  private static final List<Approximation> APPROXIMATIONS = List.of(
      new Approximation(
          "Laplace, last layer", WeightSubset.lastLayer(), Structure.full()),
      new Approximation("Laplace, diagonal", WeightSubset.all(), Structure.diagonal()),
      new Approximation("Laplace, Kronecker", WeightSubset.all(), Structure.kronecker()),
      new Approximation("Laplace, full", WeightSubset.all(), Structure.full()));

  private record Approximation(String name, WeightSubset over, Structure structure) {}

  /** A prediction of the network and posterior that have this evidence. */
  private record Candidate(double logEvidence, NormalPrediction prediction) {}

  /** The names of the rows. */
  static List<String> rows() {
    List<String> names = new ArrayList<>(List.of("MAP"));
    APPROXIMATIONS.forEach(each -> names.add(each.name()));
    names.add("Laplace, full, mixture of the starts");
    return names;
  }

  /** The scores of every row on the test part of a split. */
  List<RegressionScore> scores(Dataset training, Dataset test, long seed) {
    int[] decays = bestDecays(training, seed);
    Standardized data = Standardized.by(training);
    List<List<List<Candidate>>> fits = new ArrayList<>(); // by start, decay, row
    for (int start = 0; start < starts; start++) {
      List<Sequential> networks =
          path.train(network(data, new SplittableRandom(seed + start)), Gaussian.of(1), data.set());
      List<List<Candidate>> byDecay = new ArrayList<>();
      for (int d = 0; d < networks.size(); d++) {
        boolean wanted = contains(decays, d);
        byDecay.add(wanted ? candidates(networks.get(d), d, data, test) : List.of());
      }
      fits.add(byDecay);
    }
    Tensor y = test.whole().targets().values();
    List<RegressionScore> scores = new ArrayList<>();
    for (int row = 0; row < decays.length; row++) {
      int r = row;
      Candidate best = fits.stream()
          .map(byDecay -> byDecay.get(decays[r]).get(r))
          .max(Comparator.comparingDouble(Candidate::logEvidence))
          .orElseThrow();
      scores.add(RegressionScore.of(List.of(best.prediction()), y));
    }
    int full = decays.length - 1;
    scores.add(RegressionScore.of(
        fits.stream()
            .map(byDecay -> byDecay.get(decays[full]).get(full).prediction())
            .toList(),
        y));
    return scores;
  }

  /** For each row, which weight decay predicts held-out parts of the training part best. */
  private int[] bestDecays(Dataset training, long seed) {
    Dataset shuffled = training.shuffled(training.size(), new SplittableRandom(seed));
    double[][] density = new double[APPROXIMATIONS.size() + 1][path.decays().size()];
    for (int fold = 0; fold < heldOut; fold++) {
      int f = fold;
      Dataset out = shuffled.select(rowsOf(shuffled, n -> n % FOLDS == f));
      Dataset in = shuffled.select(rowsOf(shuffled, n -> n % FOLDS != f));
      Standardized data = Standardized.by(in);
      List<Sequential> networks =
          path.train(network(data, new SplittableRandom(seed + fold)), Gaussian.of(1), data.set());
      for (int d = 0; d < networks.size(); d++) {
        List<Candidate> rows = candidates(networks.get(d), d, data, out);
        for (int row = 0; row < rows.size(); row++) {
          density[row][d] += RegressionScore.of(
                  List.of(rows.get(row).prediction()), out.whole().targets().values())
              .logDensity();
        }
      }
    }
    return java.util.Arrays.stream(density)
        .mapToInt(each -> IntStream.range(0, each.length)
            .boxed()
            .max(Comparator.comparingDouble(d -> each[d]))
            .orElseThrow())
        .toArray();
  }

  /** What each row but the last says with this network. */
  private List<Candidate> candidates(Sequential network, int decay, Standardized data, Dataset on) {
    List<Candidate> all = new ArrayList<>();
    for (Approximation each : APPROXIMATIONS) {
      LaplacePosterior<Gaussian> posterior = Laplace.of(network, Gaussian.of(1))
          .over(each.over())
          .structure(each.structure())
          .prior(DecayPath.prior(path.decays().get(decay), data.set()))
          .fit(data.set())
          .tune(marginalLikelihood().andNoise())
          .posterior();
      all.add(new Candidate(
          posterior.evidence().logMarginalLikelihood(),
          posterior
              .predict(data.inputs().apply(on.whole().x()), Predictive.linearized())
              .inUnitsOf(data.target())));
    }
    // The network alone, with the noise that the full posterior found.
    Candidate full = all.get(all.size() - 1);
    NormalPrediction p = full.prediction();
    all.add(
        0,
        new Candidate(
            full.logEvidence(),
            new NormalPrediction(p.mean(), Tensor.zeros(p.epistemic().shape()), p.aleatoric())));
    return all;
  }

  private Sequential network(Standardized data, SplittableRandom rng) {
    int inputs = data.set().whole().x().shape().dim(1);
    return Sequential.mlp(Activation.relu(), rng, inputs, hidden, 1);
  }

  private static int[] rowsOf(Dataset data, java.util.function.IntPredicate chosen) {
    return IntStream.range(0, data.size()).filter(chosen).toArray();
  }

  private static boolean contains(int[] values, int value) {
    return java.util.Arrays.stream(values).anyMatch(each -> each == value);
  }

  /** Data with means 0 and standard deviations 1, and the way back. */
  private record Standardized(Dataset set, Standardizer inputs, Standardizer target) {
    static Standardized by(Dataset training) {
      Batch whole = training.whole();
      Standardizer inputs = Standardizer.fit(whole.x());
      Standardizer target = Standardizer.fit(whole.targets().values());
      return new Standardized(
          Dataset.of(
              inputs.apply(whole.x()), Targets.values(target.apply(whole.targets().values()))),
          inputs,
          target);
    }
  }
}
