package org.laplace4j.autodiff;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.BlockRows;
import org.laplace4j.linalg.rows.KhatriRaoRows;
import org.laplace4j.linalg.rows.OutputRoots;
import org.laplace4j.linalg.rows.Rows;

/**
 * One reverse sweep of K stacked columns that ends in structured rows.
 *
 * <p>Where data meet something made of parameters alone, the op says in which form its per-example
 * gradient comes, for the elements that lead into the space. Those rows are summed over uses and
 * turned into rows of the parameters below ({@link ParameterSource}). Where an op knows no form,
 * the parameters below it are redone by recording the model again for each example.
 */
final class RowSweep {

  /**
   * The gradients of one example, (K, *parameter shape) each, by recording the model with it alone.
   */
  interface OneExample {
    Map<Parameter, Tensor> gradients(int n, Tensor columns, List<Parameter> parameters);
  }

  private final ParameterSpace space;
  private final Map<Tensor, ParameterSpace.Block> leaves;
  private final OneExample oneExample;
  private final Map<Tensor, ParameterSource> sources = new IdentityHashMap<>();
  private final Map<Tensor, Rows> met = new IdentityHashMap<>();
  private final List<Tensor> metInOrder = new ArrayList<>();
  private final List<Tensor> withoutForm = new ArrayList<>();

  RowSweep(ParameterSpace space, Map<Tensor, ParameterSpace.Block> leaves, OneExample oneExample) {
    this.space = space;
    this.leaves = leaves;
    this.oneExample = oneExample;
  }

  /** The rows of K columns of every example, (K, *output). */
  Rows sweep(Graph graph, Tensor output, Tensor columns) {
    refuseMixing(graph);
    if (output.tracked() && output.fromData()) {
      pullback(graph, Map.of(output, columns));
    } else if (output.tracked()) {
      withoutForm.add(output);
    }
    return rows(output.shape().dim(0), columns.shape().dim(0), () -> columns);
  }

  /** The same for columns that the op which made the outputs can take as they are. */
  Rows sweep(Graph graph, Tensor output, OutputRoots columns) {
    if (!output.fromData()
        || !(output.origin() instanceof Origin.Computed made)
        || !(made.op() instanceof OutputOp op)) {
      return sweep(graph, output, OutputOp.stacked(columns));
    }
    refuseMixing(graph);
    Shape stacked = Shape.of(columns.columns(), columns.examples(), columns.outputs());
    List<Tensor> in = Tensor.detached(made.inputs());
    Map<Tensor, Tensor> bars = new IdentityHashMap<>();
    for (int i = 0; i < in.size(); i++) {
      int at = i;
      Tensor input = made.inputs().get(i);
      if (input.tracked()
          && meet(input, op, stacked, wanted -> op.exampleRows(at, in, columns, wanted))) {
        bars.merge(input, op.vjp(i, in, columns), Tensor::plus);
      }
    }
    pullback(graph, bars);
    return rows(columns.examples(), columns.columns(), () -> OutputOp.stacked(columns));
  }

  private void pullback(Graph graph, Map<Tensor, Tensor> bars) {
    graph.pullback(
        bars,
        true,
        false,
        t -> false,
        (made, i, in, out, bar) -> meet(
            made.inputs().get(i),
            made.op(),
            bar.shape(),
            wanted -> made.op().exampleRows(i, in, out, bar, wanted)));
  }

  /** What was met, as rows of the parameters. */
  private Rows rows(int n, int k, Supplier<Tensor> columns) {
    Map<Parameter, Rows> rows = new LinkedHashMap<>();
    for (Tensor tensor : metInOrder) {
      sources.get(tensor).pulled(met.get(tensor)).forEach((p, r) -> rows.merge(p, r, Rows::plus));
    }
    if (!withoutForm.isEmpty()) {
      rows.putAll(recordedAgain(n, k, columns.get()));
    }
    List<Rows> blocks = new ArrayList<>();
    for (ParameterSpace.Block block : space.blocks()) {
      Rows own = rows.get(block.parameter());
      blocks.add(own == null ? zero(block, n, k) : own);
    }
    return new BlockRows(blocks);
  }

  /** Takes the rows of an input of an op that does not depend on data; of others it goes on. */
  private boolean meet(
      Tensor input, Op op, Shape bars, Function<ElementMask, Optional<Rows>> rowsOf) {
    if (input.fromData()) {
      return true;
    }
    ParameterSource source =
        sources.computeIfAbsent(input, tensor -> ParameterSource.of(tensor, leaves));
    if (source.wanted().isNone()) {
      return false;
    }
    Optional<Rows> rows = rowsOf.apply(source.wanted());
    if (rows.isEmpty()) {
      withoutForm.add(input);
      return false;
    }
    checkRows(op, rows.get(), bars, source.wanted());
    if (!met.containsKey(input)) {
      metInOrder.add(input);
    }
    met.merge(input, rows.get(), Rows::plus);
    return false;
  }

  /** Names the lowest op that makes one example depend on another. */
  private static void refuseMixing(Graph graph) {
    for (Tensor out : graph.order()) {
      if (out.origin() instanceof Origin.Computed made) {
        for (int i = 0; i < made.inputs().size(); i++) {
          Tensor input = made.inputs().get(i);
          if (input.tracked() && input.fromData() && mixes(made, i, out.shape())) {
            throw new IllegalArgumentException(
                "Linearization.rows: the op '" + made.op().label()
                    + "' mixes the examples of its input " + i + " " + input.shape()
                    + " in its output " + out.shape()
                    + ", so no example has a gradient of its own; evaluate the model without it"
                    + " (batch statistics in evaluation mode, no sums over axis 0).");
          }
        }
      }
    }
  }

  /** An input whose axis 0 is not as long as that of the output cannot be one row for each row. */
  private static boolean mixes(Origin.Computed made, int i, Shape out) {
    List<Shape> shapes = made.inputs().stream().map(Tensor::shape).toList();
    Shape in = shapes.get(i);
    return in.rank() == 0
        || out.rank() == 0
        || in.dim(0) != out.dim(0)
        || made.op().mixesExamples(i, shapes);
  }

  private static void checkRows(Op op, Rows rows, Shape bars, ElementMask wanted) {
    if (rows.columns() != bars.dim(0)
        || rows.examples() != bars.dim(1)
        || rows.size() != wanted.count()) {
      throw new IllegalArgumentException(
          "Linearization.rows: the op '" + op.label() + "' must give rows of " + bars.dim(1)
              + " examples with " + bars.dim(0) + " columns over the " + wanted.count()
              + " wanted elements, got " + rows.examples() + ", " + rows.columns() + " and "
              + rows.size() + "; correct its exampleRows.");
    }
  }

  private Map<Parameter, Rows> recordedAgain(int n, int k, Tensor columns) {
    Set<Parameter> missing = new LinkedHashSet<>();
    for (Tensor leaf : Graph.of(withoutForm).order()) {
      if (leaves.containsKey(leaf)) {
        missing.add(leaves.get(leaf).parameter());
      }
    }
    List<Parameter> parameters = List.copyOf(missing);
    Map<Parameter, DenseBlock> blocks = new LinkedHashMap<>();
    parameters.forEach(p -> blocks.put(p, new DenseBlock(block(p), n, k)));
    for (int example = 0; example < n && !missing.isEmpty(); example++) {
      Map<Parameter, Tensor> gradients = oneExample.gradients(example, columns, parameters);
      for (Parameter p : parameters) {
        blocks.get(p).add(example * k, k, gradients.get(p).array(), block(p).mask());
      }
    }
    Map<Parameter, Rows> rows = new LinkedHashMap<>();
    blocks.forEach((p, block) -> rows.put(p, block.rows()));
    return rows;
  }

  private ParameterSpace.Block block(Parameter parameter) {
    return space.block(parameter).orElseThrow();
  }

  /** A parameter that the output does not depend on: zero rows, kept as δ = 0 and a = 0. */
  private static Rows zero(ParameterSpace.Block block, int n, int k) {
    Shape shape = block.parameter().shape();
    int out = shape.rank() == 0 ? 1 : shape.dim(0);
    Matrix delta = Matrix.zeros(n * k, out);
    Matrix a = Matrix.zeros(n, shape.size() / out);
    return block.mask().select(new KhatriRaoRows(delta, a));
  }
}
