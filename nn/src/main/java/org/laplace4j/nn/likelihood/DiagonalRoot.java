package org.laplace4j.nn.likelihood;

import java.util.function.IntToDoubleFunction;
import org.laplace4j.autodiff.OutputOp;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.OutputRoots;

/** S = diag(s) of every example, for likelihoods whose outputs are independent given f. */
final class DiagonalRoot {
  private DiagonalRoot() {}

  /** Roots with element i of outputs (B, C), counted row by row, at its place of a diagonal. */
  static OutputRoots of(Shape outputs, IntToDoubleFunction element) {
    double[] s = new double[outputs.size()];
    java.util.Arrays.setAll(s, element);
    return OutputRoots.diagonal(Matrix.adopt(outputs.dim(0), outputs.dim(1), s));
  }

  /** The roots written out, (B, C, C). */
  static Tensor written(OutputRoots roots) {
    return OutputOp.stacked(roots).swapAxes(0, 1).swapAxes(1, 2);
  }
}
