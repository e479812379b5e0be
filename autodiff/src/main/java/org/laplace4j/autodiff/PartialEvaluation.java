package org.laplace4j.autodiff;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model at inputs x for many weights that differ in one space: what does not depend on the
 * parameters of the space, as everything below a last layer, is computed once.
 *
 * <pre>  f(θ, x) = g(θ, h(x))        h is computed here, g each time  </pre>
 *
 * <p>Which ops a model applies must not depend on the values of its weights. Immutable, and may be
 * used by several threads.
 *
 * <pre>{@code
 * PartialEvaluation f = PartialEvaluation.of(model, space, weights, x);
 * Tensor y = f.at(space.scatter(theta, weights));
 * }</pre>
 */
public final class PartialEvaluation {
  private final Map<Tensor, ParameterSpace.Block> leaves;
  private final Tensor output;
  private final Graph graph;

  private PartialEvaluation(Map<Tensor, ParameterSpace.Block> leaves, Tensor output) {
    this.leaves = leaves;
    this.output = output;
    this.graph = Graph.of(List.of(output));
  }

  /** Evaluates the model once at the given weights, and keeps what the space does not change. */
  public static PartialEvaluation of(
      Model<Tensor> model, ParameterSpace space, Weights at, Tensor x) {
    Weights tracked = space.track(at);
    Tensor output = model.forward(tracked, x.detach().asData());
    return new PartialEvaluation(space.leaves(tracked), output);
  }

  /**
   * f(θ, x), with the bits of the model itself, for weights that differ from those given at the
   * start in elements of parameters of the space; others are not looked at.
   */
  public Tensor at(Weights weights) {
    Map<Tensor, Tensor> values = new IdentityHashMap<>();
    for (Tensor recorded : graph.order()) {
      values.put(
          recorded,
          recorded.origin() instanceof Origin.Computed made
              ? Tensor.apply(made.op(), inputs(made, values))
              : weights.get(leaves.get(recorded).parameter()));
    }
    return values.getOrDefault(output, output);
  }

  /** How many numbers an evaluation computes. */
  public long numbers() {
    return graph.computedNumbers();
  }

  private static List<Tensor> inputs(Origin.Computed made, Map<Tensor, Tensor> values) {
    return made.inputs().stream().map(in -> values.getOrDefault(in, in)).toList();
  }
}
