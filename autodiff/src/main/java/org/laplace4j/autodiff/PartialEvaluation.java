package org.laplace4j.autodiff;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model at inputs x for many weights that differ in one space: what does not depend on the
 * parameters of the space, as everything below a last layer, is computed once.
 *
 * <pre>  f(θ, x) = g(θ, h(x))        h is computed here, g each time  </pre>
 *
 * <p>Which ops a model applies must not depend on the values of its weights. Holds h(x) and no
 * other number; immutable, and may be used by several threads.
 *
 * <pre>{@code
 * PartialEvaluation f = PartialEvaluation.of(model, space, weights, x);
 * Tensor y = f.at(space.scatter(theta, weights));
 * }</pre>
 */
public final class PartialEvaluation {
  private final List<Step> steps;
  private final Source output;
  private final Shape shape;
  private final long numbers;

  /** An op to be applied again. */
  private record Step(Op op, List<Source> inputs) {}

  /** Where an input comes from. */
  private sealed interface Source permits Fixed, Weight, Made {}

  private record Fixed(Tensor value) implements Source {}

  private record Weight(Parameter parameter) implements Source {}

  private record Made(int step) implements Source {}

  private PartialEvaluation(List<Step> steps, Source output, Shape shape, long numbers) {
    this.steps = List.copyOf(steps);
    this.output = output;
    this.shape = shape;
    this.numbers = numbers;
  }

  /** Evaluates the model once at the given weights, and keeps what the space does not change. */
  public static PartialEvaluation of(
      Model<Tensor> model, ParameterSpace space, Weights at, Tensor x) {
    Weights tracked = space.track(at);
    Tensor output = model.forward(tracked, x.detach().asData());
    Map<Tensor, ParameterSpace.Block> leaves = space.leaves(tracked);
    Graph graph = Graph.of(List.of(output));
    Map<Tensor, Source> sources = new IdentityHashMap<>();
    List<Step> steps = new ArrayList<>();
    for (Tensor recorded : graph.order()) {
      if (recorded.origin() instanceof Origin.Computed made) {
        steps.add(new Step(
            made.op(), made.inputs().stream().map(in -> source(in, sources)).toList()));
        sources.put(recorded, new Made(steps.size() - 1));
      } else {
        sources.put(recorded, new Weight(leaves.get(recorded).parameter()));
      }
    }
    return new PartialEvaluation(
        steps, source(output, sources), output.shape(), graph.computedNumbers());
  }

  private static Source source(Tensor tensor, Map<Tensor, Source> sources) {
    return tensor.tracked() ? sources.get(tensor) : new Fixed(tensor);
  }

  /** The shape of the output. */
  public Shape shape() {
    return shape;
  }

  /** How many numbers an evaluation computes. */
  public long numbers() {
    return numbers;
  }

  /**
   * f(θ, x), with the bits of the model itself, for weights that differ from those given at the
   * start in elements of parameters of the space; others are not looked at.
   */
  public Tensor at(Weights weights) {
    List<Tensor> made = new ArrayList<>();
    for (Step step : steps) {
      List<Tensor> inputs =
          step.inputs().stream().map(source -> value(source, weights, made)).toList();
      made.add(Tensor.apply(step.op(), inputs));
    }
    return value(output, weights, made);
  }

  private static Tensor value(Source source, Weights weights, List<Tensor> made) {
    if (source instanceof Fixed fixed) {
      return fixed.value();
    }
    return source instanceof Weight weight
        ? weights.get(weight.parameter())
        : made.get(((Made) source).step());
  }
}
