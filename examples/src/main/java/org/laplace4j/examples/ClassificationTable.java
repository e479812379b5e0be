package org.laplace4j.examples;

import static org.laplace4j.laplace.evidence.Tuner.marginalLikelihood;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.metric.ClassificationMetrics;
import org.laplace4j.laplace.predict.ClassProbabilities;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.nn.Batch;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Standardizer;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.likelihood.ClassLikelihood;

/**
 * One split of a classification: what a network of two hidden layers and its posterior say of the
 * test part. Inputs are standardised by the training part; the weight decay is the one of a
 * {@link DecayPath} under which the network alone has the smallest NLL on the validation part. The
 * posterior is the default one, over all weights with Kronecker factors, under the prior that the
 * network was trained with (untuned) or one whose precision maximises the evidence (tuned).
 *
 * @param path the weight decays that are tried
 * @param hidden units of each hidden layer
 * @param samples of the predictions
 */
record ClassificationTable(DecayPath path, int hidden, int samples) {
  private static final Categorical LIKELIHOOD = new Categorical();

  /** The names of the rows. */
  static List<String> rows() {
    return List.of(
        "MAP",
        "Laplace, sampled networks, prior untuned",
        "Laplace, sampled networks, prior tuned",
        "Laplace, linearised, prior untuned",
        "Laplace, linearised, prior tuned");
  }

  /** The NLL of every row on the test part of a split. */
  List<Double> scores(
      Dataset training, Dataset validation, Dataset test, int classes, SplittableRandom rng) {
    Standardizer inputs = Standardizer.fit(training.whole().x());
    Dataset data = standardized(training, inputs);
    int features = data.whole().x().shape().dim(1);
    Sequential start = Sequential.mlp(Activation.tanh(), rng, features, hidden, hidden, classes);
    List<Sequential> networks = path.train(start, LIKELIHOOD, data);
    LaplacePosterior<Categorical> chosen = null;
    double least = Double.POSITIVE_INFINITY;
    for (int d = 0; d < networks.size(); d++) {
      LaplacePosterior<Categorical> posterior = Laplace.of(networks.get(d), LIKELIHOOD)
          .prior(DecayPath.prior(path.decays().get(d), data))
          .fit(data);
      double nll = nll(posterior, Predictive.mapProbabilities(), standardized(validation, inputs));
      if (nll < least) {
        chosen = posterior;
        least = nll;
      }
    }
    LaplacePosterior<Categorical> tuned = chosen.tune(marginalLikelihood()).posterior();
    Dataset unseen = standardized(test, inputs);
    var networksDrawn = Predictive.sampledNetworkProbabilities(samples, rng);
    var outputsDrawn = Predictive.monteCarloProbabilities(samples, rng);
    List<Double> scores = new ArrayList<>();
    scores.add(nll(chosen, Predictive.mapProbabilities(), unseen));
    scores.add(nll(chosen, networksDrawn, unseen));
    scores.add(nll(tuned, networksDrawn, unseen));
    scores.add(nll(chosen, outputsDrawn, unseen));
    scores.add(nll(tuned, outputsDrawn, unseen));
    return scores;
  }

  private static Dataset standardized(Dataset data, Standardizer inputs) {
    Batch whole = data.whole();
    return Dataset.of(inputs.apply(whole.x()), whole.targets());
  }

  private static double nll(
      LaplacePosterior<Categorical> posterior,
      Predictive<ClassLikelihood, ClassProbabilities> predictive,
      Dataset on) {
    Tensor x = on.whole().x();
    return ClassificationMetrics.negativeLogLikelihood(
        posterior.predict(x, predictive), on.whole().targets().labels());
  }
}
