package org.laplace4j.autodiff;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Derivatives of scalar functions of weights, each a few lines on the two sweeps. */
public final class Derivatives {
  private Derivatives() {}

  /** ∇ℓ(θ) in R^Θ, for a scalar ℓ written in tensor operations. */
  public static double[] gradient(
      ParameterSpace space, Weights at, Function<Weights, Tensor> loss) {
    Weights tracked = space.track(at);
    Tensor value = scalar(loss, tracked);
    return new GradientSweep(space, space.leaves(tracked))
        .sweep(Graph.of(List.of(value)), value, Tensor.ones(value.shape()));
  }

  /**
   * ∇²ℓ(θ) v in R^Θ: the direction v pushed forward through the graph of the gradient.
   *
   * <pre>  ∇²ℓ v = d/dε ∇ℓ(θ + ε v)  </pre>
   */
  public static double[] hessianVectorProduct(
      ParameterSpace space, Weights at, Function<Weights, Tensor> loss, double[] v) {
    Weights tracked = space.track(at);
    Map<Parameter, Tensor> gradients = gradients(space, tracked, scalar(loss, tracked), true);
    Map<Tensor, Tensor> pushed =
        Graph.of(List.copyOf(gradients.values())).pushforward(tangents(space, tracked, v), false);
    gradients.replaceAll(
        (p, gradient) -> pushed.getOrDefault(gradient, Tensor.zeros(gradient.shape())));
    return collect(space, gradients);
  }

  /** ∇²ℓ(θ) v = ∇⟨∇ℓ(θ), v⟩, by two reverse sweeps: for checks of the rules. */
  static double[] hessianByTwoPullbacks(
      ParameterSpace space, Weights at, Function<Weights, Tensor> loss, double[] v) {
    Weights tracked = space.track(at);
    Map<Parameter, Tensor> gradients = gradients(space, tracked, scalar(loss, tracked), true);
    Tensor along = Tensor.scalar(0);
    for (Map.Entry<Parameter, Tensor> direction : space.spread(v).entrySet()) {
      along = along.plus(
          gradients.get(direction.getKey()).times(direction.getValue()).sum());
    }
    return collect(space, gradients(space, tracked, along, false));
  }

  /**
   * ∇²ℓ(θ) v = ∇(ℓ′(θ) v), a reverse sweep of the graph of a forward sweep: for checks of the
   * rules.
   */
  static double[] hessianByPushforward(
      ParameterSpace space, Weights at, Function<Weights, Tensor> loss, double[] v) {
    Weights tracked = space.track(at);
    Tensor value = scalar(loss, tracked);
    Tensor along =
        Graph.of(List.of(value)).pushforward(tangents(space, tracked, v), true).get(value);
    return collect(
        space, gradients(space, tracked, along == null ? Tensor.scalar(0) : along, false));
  }

  /**
   * Jᵀ Λ J v in R^Θ, the generalised Gauss–Newton matrix times v, without J.
   *
   * @param outputHessian u ↦ Λ u on tensors of the output's shape
   */
  public static double[] ggnVectorProduct(
      Linearization linearization, UnaryOperator<Tensor> outputHessian, double[] v) {
    return linearization.pullback(outputHessian.apply(linearization.pushforward(v)));
  }

  private static Tensor scalar(Function<Weights, Tensor> loss, Weights tracked) {
    Tensor value = loss.apply(tracked);
    if (value.size() != 1) {
      throw new IllegalArgumentException(
          "Derivatives: the loss must be a scalar, its shape is " + value.shape() + "; sum it.");
    }
    return value;
  }

  private static Map<Tensor, Tensor> tangents(ParameterSpace space, Weights tracked, double[] v) {
    Map<Tensor, Tensor> tangents = new IdentityHashMap<>();
    space.spread(v).forEach((p, dot) -> tangents.put(tracked.get(p), dot));
    return tangents;
  }

  private static Map<Parameter, Tensor> gradients(
      ParameterSpace space, Weights tracked, Tensor value, boolean again) {
    Map<Tensor, Tensor> start = new IdentityHashMap<>();
    if (value.tracked()) {
      start.put(value, Tensor.ones(value.shape()));
    }
    Map<Tensor, Tensor> bars = Graph.of(List.of(value))
        .pullback(
            start,
            false,
            again,
            t -> t.origin() instanceof Origin.Leaf,
            (made, i, in, out, bar) -> true);
    Map<Parameter, Tensor> gradients = new LinkedHashMap<>();
    for (ParameterSpace.Block block : space.blocks()) {
      Parameter p = block.parameter();
      gradients.put(p, bars.getOrDefault(tracked.get(p), Tensor.zeros(p.shape())));
    }
    return gradients;
  }

  private static double[] collect(ParameterSpace space, Map<Parameter, Tensor> tensors) {
    double[] v = new double[space.size()];
    for (ParameterSpace.Block block : space.blocks()) {
      double[] selected = block.mask().gather(tensors.get(block.parameter()).array());
      System.arraycopy(selected, 0, v, block.offset(), selected.length);
    }
    return v;
  }
}
