package org.laplace4j.nn.train;

import java.util.ArrayList;
import java.util.List;
import org.laplace4j.autodiff.Linearization;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.nn.Batch;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Prior;

/**
 * The objective of training on R^Θ, estimated from a batch b, and its gradient.
 *
 * <pre>
 *   J_b(θ)  = (1/N) ( (N/|b|) Σ_{n∈b} wₙ log p(yₙ | fₙ) + log p(θ) )
 *   ∇J_b(θ) = (1/|b|) Jᵀ (w ∘ score(f, y)) − (1/N) δ ∘ (θ − μ)
 * </pre>
 *
 * <p>One recorded forward pass and one reverse sweep give both. The mean of J_b over the batches of
 * an epoch, weighted by |b|/N, is the objective of all N examples.
 */
final class MapObjective {

  /**
   * The objective at a point.
   *
   * @param objective J
   * @param gradient ∇J, (Θ)
   */
  record Value(double objective, double[] gradient) {}

  private final Model<Tensor> model;
  private final Likelihood likelihood;
  private final ParameterSpace space;
  private final Weights base;
  private final double[] delta;
  private final double[] mu;
  private final double logPriorAtMean;
  private final int examples;

  /**
   * The objective of N examples over the elements that are trainable now; the others stay at their
   * values.
   */
  MapObjective(Model<Tensor> model, Likelihood likelihood, Prior prior, int examples) {
    this.model = model;
    this.likelihood = likelihood;
    this.space = ParameterSpace.of(model);
    this.base = Weights.of(model);
    this.delta = prior.precisions(space);
    this.mu = prior.mean(space);
    this.logPriorAtMean = prior.logDensity(space, mu);
    this.examples = examples;
  }

  /**
   * The objective of the same examples under another density, over the elements that are trainable
   * now, the others at the values they have now.
   */
  MapObjective under(Likelihood other, Prior prior) {
    return new MapObjective(model, other, prior, examples);
  }

  /** The elements that are trained. */
  ParameterSpace space() {
    return space;
  }

  /** Θ. */
  int size() {
    return space.size();
  }

  /** The values that the trainable elements had when this was made. */
  double[] start() {
    return space.gather(base);
  }

  /** J_b and ∇J_b. */
  Value at(double[] theta, Batch batch) {
    Linearization linearization =
        Linearization.of(model, space, space.scatter(theta, base), batch.x());
    Tensor f = linearization.output();
    Tensor score = likelihood.score(f, batch.targets());
    double[] gradient = linearization.pullback(batch.targets().weigh(score));
    double square = 0;
    for (int i = 0; i < gradient.length; i++) {
      double r = theta[i] - mu[i];
      square += delta[i] * r * r;
      gradient[i] = gradient[i] / batch.size() - delta[i] * r / examples;
    }
    double logLikelihood = likelihood.logDensity(f, batch.targets()) / batch.size();
    return new Value(logLikelihood + (logPriorAtMean - 0.5 * square) / examples, gradient);
  }

  /** J and ∇J of all N examples. */
  Value at(double[] theta, Dataset data) {
    double objective = 0;
    double[] gradient = new double[space.size()];
    for (Batch batch : data) {
      Value part = at(theta, batch);
      double weight = batch.size() / (double) examples;
      objective += weight * part.objective();
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += weight * part.gradient()[i];
      }
    }
    return new Value(objective, gradient);
  }

  /** The mean −w log p(y | f) of some examples. */
  double negativeLogLikelihood(double[] theta, Dataset data) {
    Weights at = space.scatter(theta, base);
    double sum = 0;
    for (Batch batch : data) {
      sum -= likelihood.logDensity(model.forward(at, batch.x()), batch.targets());
    }
    return sum / data.size();
  }

  /**
   * Checks, as the likelihood does, that the outputs fit the targets of all batches, so that its
   * message counts examples in the order in which they were given.
   *
   * @param which what the message calls the examples
   */
  void check(String which, Dataset data, Targets targets) {
    try {
      List<Tensor> outputs = new ArrayList<>();
      data.forEach(batch -> outputs.add(model.forward(base, batch.x()).detach()));
      likelihood.check(Tensor.concat(0, outputs), targets);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          which + ", " + targets + ", do not fit the model: " + e.getMessage(), e);
    }
  }

  /** Writes θ into the parameters. */
  void store(double[] theta) {
    Weights at = space.scatter(theta, base);
    space.blocks().forEach(block -> block.parameter().set(at.get(block.parameter())));
  }
}
