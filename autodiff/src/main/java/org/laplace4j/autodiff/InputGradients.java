package org.laplace4j.autodiff;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Derivatives in the inputs x, of the outputs of a model and of their tangents, at weights θ.
 *
 * <pre>
 *   gradient          ∇ₓ ⟨u, f(θ, x)⟩               a reverse sweep down to x
 *   tangentGradient   ∇ₓ ⟨u, J(x) v⟩,  J = ∂f/∂θ    a reverse sweep of the graph of a forward sweep
 * </pre>
 *
 * <p>With v = P⁻¹ g held fixed and g = Jᵀ u, the second is half the gradient in x of gᵀ P⁻¹ g, the
 * variance that weights of precision P give the output ⟨u, f⟩.
 */
public final class InputGradients {
  private final ParameterSpace space;
  private final Map<Tensor, ParameterSpace.Block> leaves;
  private final Tensor x;
  private final Tensor output;
  private final Graph graph;

  private InputGradients(Model<Tensor> model, ParameterSpace space, Weights at, Tensor x) {
    this.space = space;
    Weights tracked = space.track(at);
    this.leaves = space.leaves(tracked);
    this.x = x.detach().asLeaf();
    this.output = model.forward(tracked, this.x);
    this.graph = Graph.of(List.of(output));
  }

  /** Records the model at the given weights and inputs; tangents are those of the given space. */
  public static InputGradients of(Model<Tensor> model, ParameterSpace space, Weights at, Tensor x) {
    return new InputGradients(model, space, at, x);
  }

  /** f(θ, x). */
  public Tensor output() {
    return output.detach();
  }

  /** ∇ₓ ⟨u, f(θ, x)⟩ for a cotangent u of the output's shape: the shape of x. */
  public Tensor gradient(Tensor u) {
    check("InputGradients.gradient", u);
    return downToX(graph, output, u);
  }

  /** ∇ₓ ⟨u, J(x) v⟩ for a direction v in R^Θ and a cotangent u of the output's shape. */
  public Tensor tangentGradient(double[] v, Tensor u) {
    check("InputGradients.tangentGradient", u);
    Map<Parameter, Tensor> spread = space.spread(v);
    Map<Tensor, Tensor> tangents = new IdentityHashMap<>();
    leaves.forEach((leaf, block) -> tangents.put(leaf, spread.get(block.parameter())));
    Tensor dot = graph.pushforward(tangents, true).get(output);
    return dot == null ? Tensor.zeros(x.shape()) : downToX(Graph.of(List.of(dot)), dot, u);
  }

  private Tensor downToX(Graph sweepable, Tensor from, Tensor u) {
    Map<Tensor, Tensor> start = new IdentityHashMap<>();
    if (from.tracked()) {
      start.put(from, u.detach());
    }
    // A parameter's own gradient is not wanted, so its vjp is not computed.
    return sweepable
        .pullback(
            start,
            false,
            false,
            tensor -> tensor == x,
            (made, i, in, out, bar) -> !leaves.containsKey(made.inputs().get(i)))
        .getOrDefault(x, Tensor.zeros(x.shape()));
  }

  private void check(String where, Tensor u) {
    if (!u.shape().equals(output.shape())) {
      throw new IllegalArgumentException(where + ": a cotangent must have the shape of the output, "
          + output.shape() + ", got " + u.shape() + ".");
    }
  }
}
