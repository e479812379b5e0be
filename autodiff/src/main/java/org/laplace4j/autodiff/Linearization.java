package org.laplace4j.autodiff;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.laplace4j.linalg.rows.OutputRoots;
import org.laplace4j.linalg.rows.Rows;

/**
 * A model at weights θ and inputs x, with its recorded graph: the linear map J = ∂f/∂θ, (outputs,
 * Θ), which is never formed.
 *
 * <pre>
 *   pushforward   J v          sweep in order, each op's jvp
 *   pullback      Jᵀ u         sweep in reverse, each op's vjp
 *   rows          Sᵀ J         one reverse sweep for K columns of every example, left in structured form
 * </pre>
 *
 * <p>The reverse sweeps stop below the lowest parameter of the space; the work and memory spent on
 * a parameter's gradient fall with the number of its elements in the space.
 */
public final class Linearization {
  /** Products of other sizes may round differently; what mixes examples differs by far more. */
  private static final double SAME_OUTPUT = 1e-6;

  private final Model<Tensor> model;
  private final ParameterSpace space;
  private final Weights at;
  private final Tensor x;
  private final Tensor output;
  private final Graph graph;
  private final Map<Tensor, ParameterSpace.Block> leaves;

  private Linearization(Model<Tensor> model, ParameterSpace space, Weights at, Tensor x) {
    this.model = model;
    this.space = space;
    this.at = at;
    this.x = x.detach().asData();
    Weights tracked = space.track(at);
    this.leaves = space.leaves(tracked);
    this.output = model.forward(tracked, this.x);
    this.graph = Graph.of(List.of(output));
  }

  /** Records the model at the given weights and inputs, with derivatives in the given space. */
  public static Linearization of(Model<Tensor> model, ParameterSpace space, Weights at, Tensor x) {
    return new Linearization(model, space, at, x);
  }

  /** f(θ, x). */
  public Tensor output() {
    return output.detach();
  }

  /** The space in which derivatives are taken. */
  public ParameterSpace space() {
    return space;
  }

  /** How many numbers were computed and recorded, which is what its memory grows with. */
  public long recordedNumbers() {
    return graph.computedNumbers();
  }

  /** J v, the shape of the output. */
  public Tensor pushforward(double[] v) {
    Map<Parameter, Tensor> spread = space.spread(v);
    Map<Tensor, Tensor> tangents = new IdentityHashMap<>();
    leaves.forEach((leaf, block) -> tangents.put(leaf, spread.get(block.parameter())));
    Tensor dot = graph.pushforward(tangents, false).get(output);
    return dot == null ? Tensor.zeros(output.shape()) : dot;
  }

  /** Jᵀ u for a cotangent of the output's shape, in R^Θ. */
  public double[] pullback(Tensor u) {
    checkCotangent("Linearization.pullback", u.shape(), output.shape());
    return new GradientSweep(space, leaves).sweep(graph, output, u.detach());
  }

  /**
   * The rows Sᵀ J for K cotangents of every example, {@code columns} (K, *output shape): row (n, k)
   * is Jₙᵀ sₙₖ, N = B examples, width Θ, one block a parameter of the space.
   *
   * @throws IllegalArgumentException if an op mixes examples
   */
  public Rows rows(Tensor columns) {
    Shape shape = columns.shape();
    if (shape.rank() != output.shape().rank() + 1) {
      throw new IllegalArgumentException("Linearization.rows: the columns must be (K, *"
          + output.shape() + "), got " + shape + ".");
    }
    checkColumns(shape);
    return new RowSweep(space, leaves, this::oneExample).sweep(graph, output, columns.detach());
  }

  /**
   * The rows Sₙᵀ Jₙ of outputs (N, C) for roots that need not be written out: the same as of their
   * {@link OutputRoots#stacked()} columns.
   *
   * @throws IllegalArgumentException if an op mixes examples
   */
  public Rows rows(OutputRoots columns) {
    checkColumns(Shape.of(columns.columns(), columns.examples(), columns.outputs()));
    return new RowSweep(space, leaves, this::oneExample).sweep(graph, output, columns);
  }

  private void checkColumns(Shape shape) {
    checkCotangent("Linearization.rows", shape.drop(1), output.shape());
    boolean byExample = x.shape().rank() > 0
        && output.shape().rank() > 0
        && output.shape().dim(0) == x.shape().dim(0);
    if (!byExample || shape.size() == 0) {
      throw new IllegalArgumentException(
          "Linearization.rows: axis 0 of the output " + output.shape() + " and of the inputs "
              + x.shape() + " must be that of the examples, at least one with at least one column,"
              + " got columns " + shape + ".");
    }
  }

  /** ∂f/∂θ multiplied out, (*output shape, Θ): for tests and tiny examples. */
  public Tensor jacobian() {
    double[] values = new double[Math.multiplyExact(output.size(), space.size())];
    for (int i = 0; i < output.size(); i++) {
      double[] unit = new double[output.size()];
      unit[i] = 1;
      double[] row = pullback(Tensor.adopt(output.shape(), unit));
      System.arraycopy(row, 0, values, i * space.size(), row.length);
    }
    int[] dims = java.util.Arrays.copyOf(output.shape().dims(), output.shape().rank() + 1);
    dims[dims.length - 1] = space.size();
    return Tensor.adopt(Shape.of(dims), values);
  }

  /**
   * The model recorded again with one example, in part of the space: the way that is always right,
   * if the example alone has the output that it has among the others.
   */
  private Map<Parameter, Tensor> oneExample(int n, Tensor columns, List<Parameter> parameters) {
    Map<Parameter, Tensor> tracked = new LinkedHashMap<>();
    parameters.forEach(p -> tracked.put(p, at.get(p).detach().asLeaf()));
    Tensor alone = model.forward(at.with(tracked), x.slice(0, n, n + 1));
    checkAlone(n, alone);
    Map<Tensor, Tensor> start = new IdentityHashMap<>();
    if (alone.tracked()) {
      start.put(alone, columns.slice(1, n, n + 1));
    }
    Map<Tensor, Tensor> bars = Graph.of(List.of(alone))
        .pullback(
            start,
            true,
            false,
            t -> t.origin() instanceof Origin.Leaf,
            (made, i, in, out, bar) -> true);
    Map<Parameter, Tensor> gradients = new LinkedHashMap<>();
    int k = columns.shape().dim(0);
    tracked.forEach((p, leaf) ->
        gradients.put(p, bars.getOrDefault(leaf, Tensor.zeros(p.shape().prepend(k)))));
    return gradients;
  }

  private void checkAlone(int n, Tensor alone) {
    Tensor among = output.detach().slice(0, n, n + 1);
    boolean same = alone.shape().equals(among.shape());
    for (int i = 0; i < among.size() && same; i++) {
      double scale = Math.max(1, Math.abs(among.array()[i]));
      same = !(Math.abs(alone.array()[i] - among.array()[i]) > SAME_OUTPUT * scale);
    }
    if (!same) {
      throw new IllegalArgumentException(
          "Linearization.rows: example " + n + " alone has the output " + alone
              + ", but among all " + x.shape().dim(0) + " it has " + among
              + "; the model mixes examples where no op says so, or fixes their number.");
    }
  }

  private static void checkCotangent(String where, Shape got, Shape output) {
    if (!got.equals(output)) {
      throw new IllegalArgumentException(where + ": a cotangent must have the shape of the output, "
          + output + ", got " + got + ".");
    }
  }
}
