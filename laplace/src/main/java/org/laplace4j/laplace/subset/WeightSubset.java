package org.laplace4j.laplace.subset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.curvature.CurvatureSource;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Prior;
import org.laplace4j.nn.train.SwagDiagonal;

/**
 * Which weights are random: a rule that gives a mask for a model. The posterior is over the
 * selected elements that are trainable; all others stay at their values. Anyone may write a rule.
 */
public interface WeightSubset {

  /** The selected elements of the model's parameters. */
  WeightMask select(Model<Tensor> model, Dataset data);

  /** Every element. */
  static WeightSubset all() {
    return new NamedSubset(
        "all", (model, data) -> WeightMask.all(model.parameters().values()));
  }

  /** The parameters of the last layer that has any. */
  static WeightSubset lastLayer() {
    return new LastLayer();
  }

  /** The parameters with the given qualified names, such as {@code 2.weight}. */
  static WeightSubset named(String... names) {
    return new Named(List.of(names));
  }

  /**
   * All parameters of the modules with the given qualified names, such as {@code 2}, and of what is
   * inside them.
   */
  static WeightSubset modules(String... names) {
    return new InsideModules(List.of(names));
  }

  /**
   * Rows of the parameter with the given qualified name, counted from 0 along its first axis: the
   * weights into those units. With their biases it is whole units, {@code rows("0.weight",
   * 3).union(rows("0.bias", 3))}.
   */
  static WeightSubset rows(String parameterName, int... rows) {
    return new WholeRows(parameterName, java.util.Arrays.stream(rows).boxed().toList());
  }

  /** The elements of a mask that is already there. */
  static WeightSubset of(WeightMask mask) {
    return new NamedSubset("the " + mask.count() + " elements of a mask", (model, data) -> mask);
  }

  /**
   * n trainable elements, every set of n as likely as any other; of one model always the same ones.
   */
  static WeightSubset random(int n, RandomGenerator rng) {
    long key = rng.nextLong();
    return new HighestScores(
        "WeightSubset.random",
        n,
        (model, space, data) -> new SplittableRandom(key).doubles(space.size()).toArray());
  }

  /** The n trainable elements with the largest |θ|; of equals the earlier. */
  static WeightSubset largestMagnitude(int n) {
    return new HighestScores(
        "WeightSubset.largestMagnitude",
        n,
        (model, space, data) -> Arrays.map(space.gather(Weights.of(model)), Math::abs));
  }

  /**
   * The n trainable elements with the largest marginal variance 1/(hᵢ + δ) under diagonal Laplace:
   * for independent elements the choice nearest to the whole posterior in Wasserstein distance
   * (Daxberger et al. 2021b).
   */
  static WeightSubset largestVariance(int n, Likelihood likelihood, Prior prior) {
    return new HighestScores(
        "WeightSubset.largestVariance",
        n,
        (model, space, data) -> Laplace.of(model, likelihood)
            .structure(Structure.diagonal())
            .prior(prior)
            .fit(data)
            .variances());
  }

  /**
   * The n trainable elements that wander furthest when stochastic gradient descent goes on from θ*:
   * the largest variances σ² of a SWAG pass (Maddox et al. 2019), which needs no second
   * derivatives. The model is not changed, and of one model and data always the same elements are
   * chosen.
   *
   * @param prior the prior that the model was trained with
   */
  static WeightSubset largestSwagVariance(
      int n, Likelihood likelihood, Prior prior, SwagDiagonal swag, RandomGenerator rng) {
    long key = rng.nextLong();
    return new HighestScores(
        "WeightSubset.largestSwagVariance",
        n,
        (model, space, data) -> swag.around(
                model, likelihood, prior, data, new SplittableRandom(key))
            .variances());
  }

  /**
   * The n trainable elements with the largest sum of squared gradients over the data, the diagonal
   * of the empirical Fisher.
   */
  static WeightSubset largestGradient(int n, Likelihood likelihood) {
    return new HighestScores(
        "WeightSubset.largestGradient",
        n,
        (model, space, data) -> Laplace.of(model, likelihood)
            .structure(Structure.diagonal())
            .curvature(CurvatureSource.empiricalFisher())
            .fit(data)
            .curvature()
            .eigenvalues(0, space.size()) // of a diagonal matrix, in its order
            .orElseThrow());
  }

  /** The elements that this rule or the other selects. */
  default WeightSubset union(WeightSubset other) {
    return (model, data) -> select(model, data).union(other.select(model, data));
  }

  /** The elements that this rule and the other select. */
  default WeightSubset intersection(WeightSubset other) {
    return (model, data) -> select(model, data).intersection(other.select(model, data));
  }

  /** The elements of the model that this rule does not select. */
  default WeightSubset complement() {
    return (model, data) -> {
      WeightMask selected = select(model, data);
      Map<Parameter, ElementMask> others = new LinkedHashMap<>();
      model.parameters().values().forEach(p -> others.put(p, selected.get(p).complement()));
      return WeightMask.of(others);
    };
  }
}
