package org.laplace4j.examples;

import static org.laplace4j.laplace.evidence.Tuner.marginalLikelihood;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.predict.ClassProbabilities;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Standardizer;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.train.MapTrainer;

/**
 * The least that makes sense: a network that tells three kinds of iris apart, its posterior, and
 * what each says of flowers that nobody has seen. Run it by {@code bin/example 1}.
 */
public final class Example1Iris {
  private Example1Iris() {}

  /** What the network alone says of four flowers, and what its posterior says. */
  record Answers(ClassProbabilities network, ClassProbabilities posterior) {}

  /** Runs it. */
  public static void main(String... arguments) {
    run(System.out);
  }

  static Answers run(PrintStream out) {
    // 1. Data: four lengths of a flower in cm, and its kind.
    Csv iris = Csv.resource("iris.csv");
    Standardizer lengths = Standardizer.fit(iris.inputs());
    Dataset flowers = Dataset.of(lengths.apply(iris.inputs()), Targets.labels(iris.labels()));

    // 2. A network, trained to the mode of its posterior.
    Sequential network = Sequential.mlp(Activation.tanh(), new SplittableRandom(1), 4, 8, 3);
    MapTrainer.of(network, new Categorical()).train(flowers, new SplittableRandom(2));

    // 3. The posterior: a Gaussian around that mode. The evidence chooses the prior's width.
    LaplacePosterior<Categorical> posterior = Laplace.of(network, new Categorical())
        .structure(Structure.full())
        .fit(flowers)
        .tune(marginalLikelihood())
        .posterior();

    // 4. Four flowers: like many setosas, between the other kinds, huge, and oddly shaped.
    Tensor cm = Tensor.of(
        Shape.of(4, 4),
        5.0,
        3.4,
        1.5,
        0.2,
        6.1,
        2.8,
        4.9,
        1.7,
        9.0,
        5.5,
        8.5,
        3.5,
        6.0,
        2.0,
        1.0,
        2.5);
    Tensor x = lengths.apply(cm);
    Answers answers = new Answers(
        posterior.predict(x, Predictive.mapProbabilities()),
        posterior.predict(x, Predictive.probit()));
    print(out, cm, answers);
    return answers;
  }

  private static void print(PrintStream out, Tensor cm, Answers answers) {
    String kinds = "setosa versic. virgin.";
    out.printf("%-24s%-28s%s%n", "", "the network alone", "all plausible networks");
    out.printf("%-24s%-28s%s%n", "lengths in cm", kinds, kinds);
    for (int n = 0; n < 4; n++) {
      out.printf(
          "%-24s%-28s%s%n",
          row("%4.1f", cm, n),
          row("%7.3f", answers.network().probabilities(), n),
          row("%7.3f", answers.posterior().probabilities(), n));
    }
    out.printf(
        "%nThe last two are unlike all 150 flowers of the data. The network alone does not mind; its"
            + " posterior does.%n");
  }

  private static String row(String format, Tensor table, int n) {
    double[] numbers = table.slice(0, n, n + 1).array();
    List<String> cells = java.util.Arrays.stream(numbers)
        .mapToObj(number -> String.format(Locale.ROOT, format, number))
        .toList();
    return String.join(" ", cells);
  }
}
