package org.laplace4j.nn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Standardizer;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.prior.Prior;

/** Real data, from the file to predictions of flowers that were not trained on. */
class IrisTrainingTest {

  private static Dataset iris() throws IOException {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(
        IrisTrainingTest.class.getResourceAsStream("/org/laplace4j/nn/iris.csv"),
        StandardCharsets.UTF_8))) {
      List<double[]> rows = lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .map(line ->
              Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
          .toList();
      double[] x =
          rows.stream().flatMapToDouble(row -> Arrays.stream(row, 0, 4)).toArray();
      int[] labels = rows.stream().mapToInt(row -> (int) row[4]).toArray();
      return Dataset.of(Tensor.adopt(Shape.of(rows.size(), 4), x), Targets.labels(labels));
    }
  }

  private static Dataset everyThird(Dataset data, boolean third) {
    return data.select(
        IntStream.range(0, data.size()).filter(n -> (n % 3 == 0) == third).toArray());
  }

  private static double accuracy(Sequential net, Tensor x, Targets targets) {
    Tensor f = net.forward(Weights.of(net), x);
    int right = 0;
    for (int n = 0; n < targets.count(); n++) {
      int row = n;
      int best = IntStream.range(1, 3).reduce(0, (a, b) -> f.get(row, b) > f.get(row, a) ? b : a);
      right += best == targets.label(n) ? 1 : 0;
    }
    return right / (double) targets.count();
  }

  @Test
  void learnsToTellIrisesApart() throws IOException {
    Dataset train = everyThird(iris(), false);
    Dataset test = everyThird(iris(), true);
    Standardizer standardizer = Standardizer.fit(train.whole().x());
    Tensor x = standardizer.apply(train.whole().x());
    Sequential net = Sequential.mlp(Activation.tanh(), new SplittableRandom(1), 4, 16, 3);
    TrainingReport report = MapTrainer.of(net, new Categorical())
        .prior(Prior.isotropic(0.1))
        .epochs(100)
        .train(Dataset.of(x, train.whole().targets()), new SplittableRandom(2));
    assertThat(accuracy(net, x, train.whole().targets())).isGreaterThan(0.95);
    assertThat(accuracy(net, standardizer.apply(test.whole().x()), test.whole().targets()))
        .isGreaterThan(0.92); // at most 3 of 50 wrong; versicolor and virginica overlap
    assertThat(report.epochs().get(99).objective())
        .isGreaterThan(report.epochs().get(0).objective());
  }
}
