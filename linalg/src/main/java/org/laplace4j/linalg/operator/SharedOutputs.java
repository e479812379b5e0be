package org.laplace4j.linalg.operator;

import java.util.List;
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
    Matrix delta = rows.get(0).delta().times(operators.get(0).uB());
    return new KhatriRaoRows(delta, rotatedInputs());
  }

  /** The blocks of R diag(1/S) Rᵀ. */
  Matrix blocks() {
    var rows = new KhatriRaoRows(rows().get(0).delta(), rotatedInputs());
    return rows.weightedGramBlocks(operators.get(0).uB(), weights());
  }

  /** (U_Aᵀ a | U_A′ᵀ a′ | …). */
  private Matrix rotatedInputs() {
    int examples = rows.get(0).examples();
    var inputs = new double[examples * width()];
    int at = 0;
    for (int b = 0; b < rows.size(); b++) {
      copy(rows.get(b).a().times(operators.get(b).uA()), inputs, at);
      at += rows.get(b).a().cols();
    }
    return Matrix.adopt(examples, width(), inputs);
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

  private int width() {
    return rows.stream().mapToInt(each -> each.a().cols()).sum();
  }

  /** Writes the columns of a block beside each other. */
  private void copy(Matrix block, double[] into, int at) {
    for (int i = 0; i < block.rows(); i++) {
      System.arraycopy(block.array(), i * block.cols(), into, i * width() + at, block.cols());
    }
  }
}
