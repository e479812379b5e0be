package org.laplace4j.examples;

import java.util.Arrays;
import java.util.List;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.predict.NormalPrediction;

/**
 * How good a mixture of K normal predictions is; of one prediction, how good that is.
 *
 * <pre>
 *   p(y) = 1/K Σ_k N(y; m_k, v_k)        its mean is 1/K Σ_k m_k
 * </pre>
 *
 * @param rootMeanSquaredError of the mean, in the unit of the target
 * @param logDensity the mean of log p(y), in nats
 */
record RegressionScore(double rootMeanSquaredError, double logDensity) {

  static RegressionScore of(List<NormalPrediction> components, Tensor y) {
    double share = 1.0 / components.size();
    Tensor mean = sum(components.stream().map(NormalPrediction::mean).toList()).times(share);
    List<Tensor> logs = components.stream().map(each -> each.logDensities(y)).toList();
    double total = 0;
    for (int n = 0; n < y.size(); n++) {
      int at = n;
      double[] terms = logs.stream().mapToDouble(each -> each.array()[at]).toArray();
      double largest = Arrays.stream(terms).max().orElseThrow();
      double sum = Arrays.stream(terms).map(term -> Math.exp(term - largest)).sum();
      total += largest + Math.log(share * sum);
    }
    double square = y.minus(mean).square().sum().item();
    return new RegressionScore(Math.sqrt(square / y.size()), total / y.size());
  }

  private static Tensor sum(List<Tensor> terms) {
    return terms.stream().reduce(Tensor::plus).orElseThrow();
  }
}
