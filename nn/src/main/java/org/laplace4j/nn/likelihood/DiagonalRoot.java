package org.laplace4j.nn.likelihood;

import java.util.function.IntToDoubleFunction;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;

/** S = diag(s) of every example, for likelihoods whose outputs are independent given f. */
final class DiagonalRoot {
  private DiagonalRoot() {}

  /** (B, C, C) with element i of outputs (B, C), counted row by row, at its place of a diagonal. */
  static Tensor of(Shape outputs, IntToDoubleFunction element) {
    int c = outputs.dim(1);
    double[] s = new double[outputs.size() * c];
    for (int i = 0; i < outputs.size(); i++) {
      s[i * c + i % c] = element.applyAsDouble(i);
    }
    return Tensor.adopt(Shape.of(outputs.dim(0), c, c), s);
  }
}
