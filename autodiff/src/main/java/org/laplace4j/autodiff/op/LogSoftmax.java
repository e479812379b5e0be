package org.laplace4j.autodiff.op;

import java.util.List;
import org.laplace4j.autodiff.Op;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Arrays;

/**
 * y = x − log Σ eˣ over the last axis, with p = eʸ.
 *
 * <pre>
 *   ẏ = ẋ − Σ p ẋ          x̄ = ȳ − p Σ ȳ
 * </pre>
 *
 * <p>The largest entry is taken out before exponentials are, so that none overflows.
 */
public record LogSoftmax() implements Op {
  @Override
  public Tensor forward(List<Tensor> in) {
    Tensor x = in.get(0);
    int c = x.shape().dim(-1);
    double[] y = new double[x.size()];
    double[] values = x.array();
    for (int at = 0; at < y.length; at += c) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < c; j++) {
        largest = Math.max(largest, values[at + j]);
      }
      for (int j = 0; j < c; j++) {
        y[at + j] = values[at + j] - largest;
      }
    }
    double[] exponentials = Arrays.exp(y);
    for (int at = 0; at < y.length; at += c) {
      double total = 0;
      for (int j = 0; j < c; j++) {
        total += exponentials[at + j];
      }
      double logTotal = StrictMath.log(total);
      for (int j = 0; j < c; j++) {
        y[at + j] -= logTotal;
      }
    }
    return Tensor.adopt(x.shape(), y);
  }

  @Override
  public Tensor jvp(int i, List<Tensor> in, Tensor y, Tensor dot) {
    return dot.minus(y.exp().times(dot).sum(true, -1));
  }

  @Override
  public Tensor vjp(int i, List<Tensor> in, Tensor y, Tensor bar) {
    return bar.minus(y.exp().times(bar.sum(true, -1)));
  }

  @Override
  public boolean stacks() {
    return true;
  }

  @Override
  public boolean mixesExamples(int i, List<org.laplace4j.autodiff.Shape> in) {
    return in.get(0).rank() == 1;
  }
}
