package org.laplace4j.laplace;

import java.util.List;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.operator.BuresDistance;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.linalg.operator.TraceOfQuotient;

/** N(μ_p, P⁻¹) and N(μ_q, Q⁻¹) over the same elements of the same parameters, by name. */
final class PosteriorPair {
  private final SpdOperator p;
  private final SpdOperator q;
  private final double[] difference;

  private PosteriorPair(SpdOperator p, SpdOperator q, double[] difference) {
    this.p = p;
    this.q = q;
    this.difference = difference;
  }

  static PosteriorPair of(String where, LaplacePosterior<?> one, LaplacePosterior<?> other) {
    requireSameSpace(where, one.space(), other.space());
    return new PosteriorPair(
        one.precision(), other.precision(), Arrays.minus(other.mean(), one.mean()));
  }

  private static void requireSameSpace(String where, ParameterSpace one, ParameterSpace other) {
    List<ParameterSpace.Block> here = one.blocks();
    List<ParameterSpace.Block> there = other.blocks();
    for (int b = 0; b < Math.max(here.size(), there.size()); b++) {
      String first = b < here.size() ? elements(here.get(b)) : "nothing";
      String second = b < there.size() ? elements(there.get(b)) : "nothing";
      if (!first.equals(second) || !here.get(b).mask().equals(there.get(b).mask())) {
        throw new IllegalArgumentException(where + ": the posteriors are over " + one.size()
            + " and " + other.size() + " elements, which differ in parameter " + b
            + " of the space: " + first + " here, " + second
            + " there; both must be over the same elements of the same parameters.");
      }
    }
  }

  /** For example {@code 12 of '0.weight' (4, 8)}. */
  private static String elements(ParameterSpace.Block block) {
    return block.size() + " of '" + block.name() + "' " + block.parameter().shape();
  }

  double klDivergence() {
    double twice = TraceOfQuotient.of(q, p)
        + Arrays.dot(difference, q.times(difference))
        - p.size()
        + p.logDet()
        - q.logDet();
    return Math.max(0, twice / 2); // below zero by rounding alone
  }

  double wasserstein2Squared() {
    return Arrays.dot(difference, difference) + BuresDistance.squared(p, q);
  }
}
