package org.laplace4j.nn.likelihood;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.laplace4j.autodiff.Derivatives;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.SymmetricEigen;

/**
 * Derivatives of a function g, (B, C) → (B), of which element n depends on row n alone: one reverse
 * sweep for all gradients, C Hessian-vector products for all Hessians.
 */
final class OutputDerivatives {

  /** The outputs as the parameter of a model, so that there is something to differentiate by. */
  private record Outputs(Parameter f) implements Model<Tensor> {
    @Override
    public Tensor forward(Weights at, Tensor x) {
      return at.get(f);
    }

    @Override
    public Map<String, Parameter> parameters() {
      return Map.of("f", f);
    }
  }

  private final UnaryOperator<Tensor> g;
  private final Outputs outputs;
  private final Shape shape;

  OutputDerivatives(UnaryOperator<Tensor> g, Tensor f) {
    this.g = g;
    this.outputs = new Outputs(Parameter.of("f", f.detach()));
    this.shape = f.shape();
  }

  /** ∂gₙ/∂fₙ of every row, (B, C). */
  Tensor gradients() {
    return Tensor.adopt(
        shape, Derivatives.gradient(ParameterSpace.of(outputs), Weights.of(outputs), this::total));
  }

  /** ∂²gₙ/∂fₙ² of every row, (B, C, C). */
  private Matrix[] hessians() {
    int b = shape.dim(0);
    int c = shape.dim(1);
    double[][] hessians = new double[b][c * c];
    for (int j = 0; j < c; j++) {
      double[] unit = new double[b * c];
      for (int n = 0; n < b; n++) {
        unit[n * c + j] = 1;
      }
      double[] columns = Derivatives.hessianVectorProduct(
          ParameterSpace.of(outputs), Weights.of(outputs), this::total, unit);
      for (int i = 0; i < b * c; i++) {
        hessians[i / c][i % c * c + j] = columns[i];
      }
    }
    Matrix[] all = new Matrix[b];
    java.util.Arrays.setAll(all, n -> Matrix.adopt(c, c, hessians[n]));
    return all;
  }

  /**
   * S of every row with S Sᵀ = ∂²gₙ/∂fₙ², (B, C, C): S = V diag(√max(λ, 0)), so eigenvalues below
   * zero, which no root has, are taken as zero.
   */
  Tensor hessianRoots() {
    int b = shape.dim(0);
    int c = shape.dim(1);
    double[] roots = new double[b * c * c];
    Matrix[] hessians = hessians();
    for (int n = 0; n < b; n++) {
      SymmetricEigen eigen = new SymmetricEigen(hessians[n]);
      for (int k = 0; k < c; k++) {
        double root = Math.sqrt(Math.max(0, eigen.values()[k]));
        for (int i = 0; i < c; i++) {
          roots[(n * c + i) * c + k] = eigen.vectors().get(i, k) * root;
        }
      }
    }
    return Tensor.adopt(Shape.of(b, c, c), roots);
  }

  private Tensor total(Weights at) {
    Tensor values = g.apply(at.get(outputs.f()));
    if (!values.shape().equals(Shape.of(shape.dim(0)))) {
      throw new IllegalArgumentException(
          "Likelihood: a function of outputs " + shape + " must give one number an example, ("
              + shape.dim(0) + "), but gave " + values.shape() + "; sum it over its last axis.");
    }
    return values.sum();
  }
}
