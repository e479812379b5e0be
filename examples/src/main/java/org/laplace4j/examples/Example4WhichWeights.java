package org.laplace4j.examples;

import static org.laplace4j.laplace.evidence.Tuner.marginalLikelihood;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.WholeEvidence;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.metric.ClassificationMetrics;
import org.laplace4j.laplace.predict.ClassProbabilities;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.nn.Batch;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Module;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.layer.LoRALinear;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.likelihood.ClassLikelihood;
import org.laplace4j.nn.prior.Prior;
import org.laplace4j.nn.train.MapTrainer;
import org.laplace4j.nn.train.SwagDiagonal;

/**
 * One network and many posteriors of it: over its last layer, over one tensor, over all weights,
 * over 300 single weights chosen in four ways, and over adapters. What each costs and what it is
 * good for is a table, the one in docs/which-weights.md. Run it by {@code bin/example 4}.
 */
public final class Example4WhichWeights {
  private static final int CHOSEN = 300;
  private static final int REPEATS = 3;
  private static final Categorical LIKELIHOOD = new Categorical();
  private static final Prior PRIOR = Prior.isotropic(1);

  private Example4WhichWeights() {}

  /**
   * A line of the table.
   *
   * @param weights which weights
   * @param structure what is kept of their curvature
   * @param parameters how many they are
   * @param fitMilliseconds what choosing them and the fit took, the shortest of three times
   * @param logEvidence with the prior precision that makes it largest
   * @param drawn the NLL on digits as drawn
   * @param moved the NLL on the same ones moved by a pixel
   * @param sampleBytes the random weights of one draw
   */
  record Row(
      String weights,
      String structure,
      int parameters,
      double fitMilliseconds,
      double logEvidence,
      double drawn,
      double moved,
      int sampleBytes) {

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "| %s | %s | %,d | %.0f | %.0f | %.3f | %.3f | %,d |",
          weights,
          structure,
          parameters,
          fitMilliseconds,
          logEvidence,
          drawn,
          moved,
          sampleBytes);
    }
  }

  /** Runs it. */
  public static void main(String... arguments) {
    run(System.out);
  }

  static List<Row> run(PrintStream out) {
    // 1. A network, and the same one with an adapter of rank 2 on each layer, trained a little
    // more.
    Digits digits = Digits.load();
    Dataset training = digits.training().rebatched(250);
    Sequential network = Sequential.mlp(Activation.tanh(), new SplittableRandom(1), 64, 32, 32, 10);
    MapTrainer.of(network, LIKELIHOOD)
        .epochs(40)
        .listener(new ProgressBar(out, "training"))
        .train(training, new SplittableRandom(2));
    Sequential adapted = withAdapters(network);
    MapTrainer.of(adapted, LIKELIHOOD).epochs(5).train(training, new SplittableRandom(3));

    // 2. What it would take: nothing is fitted for this.
    out.printf("%nAll weights:%n%s%n%n", Laplace.of(network, LIKELIHOOD).plan(training));

    // 3. The posteriors.
    List<Row> rows = new ArrayList<>();
    out.printf("| weights | structure | parameters | fit, ms | log evidence | NLL | NLL, moved |"
        + " a draw, bytes |%n|---|---|---|---|---|---|---|---|%n");
    Table table = new Table(out, training, digits.test().whole(), rows);
    SplittableRandom rng = new SplittableRandom(4);
    table.add("last layer", WeightSubset.lastLayer(), Structure.full(), network);
    table.add("last layer", WeightSubset.lastLayer(), Structure.kronecker(), network);
    table.add("first weight", WeightSubset.named("0.weight"), Structure.kronecker(), network);
    table.add("all", WeightSubset.all(), Structure.kronecker(), network);
    table.add("all", WeightSubset.all(), Structure.diagonal(), network);
    table.add("random", WeightSubset.random(CHOSEN, rng), Structure.full(), network);
    table.add("largest", WeightSubset.largestMagnitude(CHOSEN), Structure.full(), network);
    table.add(
        "largest variance",
        WeightSubset.largestVariance(CHOSEN, LIKELIHOOD, PRIOR),
        Structure.full(),
        network);
    table.add(
        "largest SWAG variance",
        WeightSubset.largestSwagVariance(CHOSEN, LIKELIHOOD, PRIOR, SwagDiagonal.of(0.05), rng),
        Structure.full(),
        network);
    table.add("adapters", WeightSubset.all(), Structure.full(), adapted);
    table.printNetworkAlone(network);

    // 4. How far these evidences are from those of the whole curvature.
    out.printf("%n| structure | precision | log evidence | of the whole curvature | gap |%n"
        + "|---|---|---|---|---|%n");
    table.printWholeEvidence(Structure.diagonal(), network);
    table.printWholeEvidence(Structure.kronecker(), network);
    table.printWholeEvidence(Structure.ekfac(), network);
    return rows;
  }

  /** The same layers, which are frozen by it, with adapters of rank 2. */
  private static Sequential withAdapters(Sequential network) {
    SplittableRandom rng = new SplittableRandom(5);
    List<Module> modules = new ArrayList<>();
    for (Module module : network.children().values()) {
      modules.add(
          module instanceof Linear layer
              ? LoRALinear.of(Linear.of(layer.weight().value(), layer.bias().value()), 2, 2, rng)
              : module);
    }
    return Sequential.of(modules);
  }

  /** Makes the lines and prints each when it is made. */
  private record Table(PrintStream out, Dataset training, Batch test, List<Row> rows) {
    void add(String weights, WeightSubset subset, Structure structure, Sequential network) {
      Laplace<Categorical> laplace =
          Laplace.of(network, LIKELIHOOD).over(subset).structure(structure).prior(PRIOR);
      LaplacePosterior<Categorical> fitted = laplace.fit(training);
      double least = Double.POSITIVE_INFINITY;
      for (int repeat = 0; repeat < REPEATS; repeat++) {
        long start = System.nanoTime();
        fitted = laplace.fit(training);
        least = Math.min(least, (System.nanoTime() - start) / 1e6);
      }
      LaplacePosterior<Categorical> tuned = fitted.tune(marginalLikelihood()).posterior();
      Row row = new Row(
          weights,
          structure.toString(),
          tuned.space().size(),
          least,
          tuned.evidence().logMarginalLikelihood(),
          nll(tuned, Predictive.probit(), test.x()),
          nll(tuned, Predictive.probit(), Digits.moved(test.x())),
          Double.BYTES * tuned.samples(1, new SplittableRandom(6)).active(0).length);
      rows.add(row);
      out.println(row);
    }

    /** At the precision that its own evidence chooses. */
    void printWholeEvidence(Structure structure, Sequential network) {
      LaplacePosterior<Categorical> tuned = Laplace.of(network, LIKELIHOOD)
          .structure(structure)
          .prior(PRIOR)
          .fit(training)
          .tune(marginalLikelihood())
          .posterior();
      WholeEvidence evidence = WholeEvidence.of(tuned, training, new SplittableRandom(7));
      out.printf(
          Locale.ROOT,
          "| %s | %.2f | %.1f | %.1f ± %.1f | %.1f |%n",
          structure,
          tuned.prior().precisions(tuned.space())[0],
          evidence.kept().logMarginalLikelihood(),
          evidence.whole().logMarginalLikelihood(),
          evidence.whole().standardError(),
          evidence.gap());
    }

    /** What the network says without a posterior. */
    void printNetworkAlone(Sequential network) {
      LaplacePosterior<Categorical> any =
          Laplace.of(network, LIKELIHOOD).structure(Structure.diagonal()).fit(training);
      out.printf(
          Locale.ROOT,
          "%nThe network alone has an NLL of %.3f, and of %.3f on moved digits.%n",
          nll(any, Predictive.mapProbabilities(), test.x()),
          nll(any, Predictive.mapProbabilities(), Digits.moved(test.x())));
    }

    private double nll(
        LaplacePosterior<Categorical> posterior,
        Predictive<ClassLikelihood, ClassProbabilities> predictive,
        Tensor x) {
      return ClassificationMetrics.negativeLogLikelihood(
          posterior.predict(x, predictive), test.targets().labels());
    }
  }
}
