package org.laplace4j.autodiff;

import java.util.List;
import java.util.Optional;
import org.laplace4j.linalg.rows.OutputRoots;
import org.laplace4j.linalg.rows.Rows;

/**
 * An op y = op(x₀, x₁, …), (N, C), that also pulls back columns that are not written out: where it
 * makes the outputs of a network, its rules are those of {@link Op} for K stacked cotangents (K, N,
 * C), and take fewer operations.
 */
public interface OutputOp extends Op {

  /** The cotangents (K, *in) of input {@code i}. */
  Tensor vjp(int i, List<Tensor> in, OutputRoots bars);

  /** The gradient of each example in input {@code i}, see {@link Op#exampleRows}. */
  Optional<Rows> exampleRows(int i, List<Tensor> in, OutputRoots bars, ElementMask wanted);

  /** Outputs (N, C) for rules that look at their shape alone. */
  static Tensor outputs(OutputRoots bars) {
    return Tensor.zeros(Shape.of(bars.examples(), bars.outputs()));
  }

  /** The columns written out, (K, N, C). */
  static Tensor stacked(OutputRoots bars) {
    return Tensor.adopt(
        Shape.of(bars.columns(), bars.examples(), bars.outputs()),
        bars.stacked().array());
  }
}
