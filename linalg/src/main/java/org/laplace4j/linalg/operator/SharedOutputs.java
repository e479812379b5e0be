package org.laplace4j.linalg.operator;

import java.util.List;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.KhatriRaoRows;
import org.laplace4j.linalg.rows.Rows;

/**
 * Kronecker precisions with one basis U_B over rows with one Δ, as those of a weight and its bias:
 * side by side they are one weight, whose rows δ ⊗ (a | a′ | …) are rotated and weighed once.
 *
 * <pre>
 *   Σ_b J_b P_b⁻¹ J_bᵀ = R diag(1/S) Rᵀ      R = rows (U_Bᵀ δ) ⊗ (U_Aᵀ a | U_A′ᵀ a′ | …)      S = (S | S′ | …)
 * </pre>
 */
record SharedOutputs(List<KroneckerBasisSpd> operators, List<KhatriRaoRows> rows) {

  /** Whether a second precision and its rows can stand beside a first. */
  static boolean canJoin(SpdOperator p, Rows j, SpdOperator q, Rows l) {
    return p instanceof KroneckerBasisSpd first
        && q instanceof KroneckerBasisSpd second
        && j instanceof KhatriRaoRows left
        && l instanceof KhatriRaoRows right
        && first.uB() == second.uB()
        && left.delta().array() == right.delta().array();
  }

  /** R. */
  KhatriRaoRows rotated() {
    int examples = rows.get(0).examples();
    var inputs = new double[examples * width()];
    int at = 0;
    for (int b = 0; b < rows.size(); b++) {
      copy(rows.get(b).a().times(operators.get(b).uA()), inputs, at);
      at += rows.get(b).a().cols();
    }
    return new KhatriRaoRows(
        rows.get(0).delta().times(operators.get(0).uB()), Matrix.adopt(examples, width(), inputs));
  }

  /** 1/S, (out, in + in′ + …), row-major. */
  double[] weights() {
    var weights = new double[rows.get(0).delta().cols() * width()];
    int at = 0;
    for (KroneckerBasisSpd operator : operators) {
      Matrix s = operator.s();
      copy(Matrix.adopt(s.rows(), s.cols(), operator.inverse()), weights, at);
      at += s.cols();
    }
    return weights;
  }

  /** The blocks of R diag(1/S) Rᵀ, with the inputs one weight after the other. */
  Matrix blocks() {
    KhatriRaoRows first = rows.get(0);
    var outputWeights = new double[first.examples() * first.delta().cols()];
    for (int b = 0; b < rows.size(); b++) {
      addOutputWeights(rows.get(b).a(), operators.get(b), outputWeights);
    }
    return first.rotatedBlocks(
        operators.get(0).uB(), Matrix.adopt(first.examples(), first.delta().cols(), outputWeights));
  }

  /** W += (A U_A)^∘2 (1/S)ᵀ. */
  private static void addOutputWeights(Matrix a, KroneckerBasisSpd operator, double[] w) {
    double[] squares = a.times(operator.uA()).array();
    for (int i = 0; i < squares.length; i++) squares[i] *= squares[i];
    int in = operator.s().cols();
    int out = operator.s().rows();
    Arrays.multiplyAdd(
        false, true, a.rows(), out, in, squares, 0, in, operator.inverse(), 0, in, w, 0, out);
  }

  private int width() {
    return rows.stream().mapToInt(each -> each.a().cols()).sum();
  }

  /** Writes the columns of a block beside each other. */
  private void copy(Matrix block, double[] into, int at) {
    int width = width();
    for (int i = 0; i < block.rows(); i++) {
      System.arraycopy(block.array(), i * block.cols(), into, i * width + at, block.cols());
    }
  }
}
