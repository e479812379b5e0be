package org.laplace4j.autodiff;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.BlockRows;
import org.laplace4j.linalg.rows.DenseRows;
import org.laplace4j.linalg.rows.KhatriRaoRows;
import org.laplace4j.linalg.rows.Rows;

/**
 * One reverse sweep of K stacked columns that ends in structured rows.
 *
 * <p>Where data meet something made of parameters alone, the op says in which form its per-example
 * gradient comes. Those rows are summed over uses. If what was met is a parameter, they are its
 * rows; if it was itself computed from parameters (a transpose, a product of adapters), they are
 * pulled back through that part as dense rows. Where an op knows no form, the parameters below it
 * are redone by recording the model again for each example.
 */
final class RowSweep {

  /**
   * The gradients of one example, (K, *parameter shape) each, by recording the model with that
   * example alone.
   */
  interface OneExample {
    Map<Parameter, Tensor> gradients(int n, Tensor columns, List<Parameter> parameters);
  }

  private final ParameterSpace space;
  private final Map<Tensor, ParameterSpace.Block> leaves;
  private final OneExample oneExample;
  private final Map<Tensor, Rows> met = new IdentityHashMap<>();
  private final List<Tensor> metInOrder = new ArrayList<>();
  private final List<Tensor> withoutForm = new ArrayList<>();

  RowSweep(ParameterSpace space, Map<Tensor, ParameterSpace.Block> leaves, OneExample oneExample) {
    this.space = space;
    this.leaves = leaves;
    this.oneExample = oneExample;
  }

  Rows sweep(Graph graph, Tensor output, Tensor columns) {
    int k = columns.shape().dim(0);
    int n = output.shape().dim(0);
    Map<Tensor, Tensor> start = new IdentityHashMap<>();
    if (output.tracked() && output.fromData()) {
      start.put(output, columns);
      graph.pullback(start, true, false, t -> false, this::meet);
    } else if (output.tracked()) {
      withoutForm.add(output);
    }
    Map<Parameter, Rows> rows = new LinkedHashMap<>();
    for (Tensor tensor : metInOrder) {
      pullToLeaves(tensor, met.get(tensor)).forEach((p, r) -> rows.merge(p, r, Rows::plus));
    }
    rows.putAll(recordedAgain(n, k, columns));
    List<Rows> blocks = new ArrayList<>();
    for (ParameterSpace.Block block : space.blocks()) {
      Rows own = rows.get(block.parameter());
      blocks.add(own == null ? zero(block, n, k) : own);
    }
    return new BlockRows(blocks);
  }

  private boolean meet(Origin.Computed made, int i, List<Tensor> in, Tensor out, Tensor bars) {
    Tensor input = made.inputs().get(i);
    if (input.fromData()) {
      refuseMixing(made, i);
      return true;
    }
    Optional<Rows> rows = made.op().exampleRows(i, in, out, bars);
    if (rows.isEmpty()) {
      withoutForm.add(input);
    } else {
      if (!met.containsKey(input)) {
        metInOrder.add(input);
      }
      met.merge(input, rows.get(), Rows::plus);
    }
    return false;
  }

  private static void refuseMixing(Origin.Computed made, int i) {
    List<Shape> shapes = made.inputs().stream().map(Tensor::shape).toList();
    if (made.op().mixesExamples(i, shapes)) {
      throw new IllegalArgumentException("Linearization.rows: the op '"
          + made.op().label() + "' mixes the examples of its input " + i + " "
          + shapes.get(i)
          + ", so no example has a gradient of its own; evaluate the model without it"
          + " (batch statistics in evaluation mode, no sums over axis 0).");
    }
  }

  /** The rows of the leaves below a tensor made of parameters alone, selected to the space. */
  private Map<Parameter, Rows> pullToLeaves(Tensor tensor, Rows rows) {
    ParameterSpace.Block own = leaves.get(tensor);
    if (own != null) {
      return Map.of(own.parameter(), rows.select(own.mask().indices()));
    }
    int count = rows.examples() * rows.columns();
    Tensor bars = Tensor.of(rows.dense()).reshape(tensor.shape().prepend(count));
    Map<Tensor, Tensor> start = new IdentityHashMap<>();
    start.put(tensor, bars);
    Graph below = Graph.of(List.of(tensor));
    Map<Tensor, Tensor> leafBars =
        below.pullback(start, true, false, leaves::containsKey, (made, i, in, out, bar) -> true);
    Map<Parameter, Rows> result = new LinkedHashMap<>();
    for (Tensor leaf : below.order()) {
      Tensor bar = leafBars.get(leaf);
      if (bar != null) {
        ParameterSpace.Block block = leaves.get(leaf);
        Matrix dense = bar.reshape(count, block.parameter().shape().size()).matrix();
        Rows whole = new DenseRows(dense, rows.examples(), rows.columns());
        result.put(block.parameter(), whole.select(block.mask().indices()));
      }
    }
    return result;
  }

  private Map<Parameter, Rows> recordedAgain(int n, int k, Tensor columns) {
    Set<Parameter> missing = new LinkedHashSet<>();
    for (Tensor leaf : Graph.of(withoutForm).order()) {
      if (leaves.containsKey(leaf)) {
        missing.add(leaves.get(leaf).parameter());
      }
    }
    if (missing.isEmpty()) {
      return Map.of();
    }
    List<Parameter> parameters = List.copyOf(missing);
    Map<Parameter, double[]> values = new LinkedHashMap<>();
    parameters.forEach(p -> values.put(p, new double[Math.multiplyExact(n * k, size(p))]));
    for (int example = 0; example < n; example++) {
      Map<Parameter, Tensor> gradients = oneExample.gradients(example, columns, parameters);
      for (Parameter p : parameters) {
        ElementMask mask = space.block(p).orElseThrow().mask();
        Tensor bars = gradients.get(p);
        for (int column = 0; column < k; column++) {
          double[] row = mask.gather(bars.slice(0, column, column + 1).array());
          System.arraycopy(row, 0, values.get(p), (example * k + column) * row.length, row.length);
        }
      }
    }
    Map<Parameter, Rows> rows = new LinkedHashMap<>();
    values.forEach((p, v) -> rows.put(p, new DenseRows(Matrix.adopt(n * k, size(p), v), n, k)));
    return rows;
  }

  private int size(Parameter parameter) {
    return space.block(parameter).orElseThrow().size();
  }

  /** A parameter that the output does not depend on: zero rows, kept as δ = 0. */
  private static Rows zero(ParameterSpace.Block block, int n, int k) {
    return KhatriRaoRows.bias(Matrix.zeros(n * k, block.size()), n);
  }
}
