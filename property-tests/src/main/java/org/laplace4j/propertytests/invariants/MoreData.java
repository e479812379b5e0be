package org.laplace4j.propertytests.invariants;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * More data never raise a variance: what must hold of a Gaussian linear model, whose precision does
 * not depend on where it is taken, for full, diagonal and functional structure.
 *
 * <pre>  P(n + 1) = P(n) + Jᵀ Λ J ⪰ P(n)  ⟹  diag(P(n + 1)⁻¹) ≤ diag(P(n)⁻¹)  </pre>
 */
public final class MoreData implements Conformance {
  /** Name of an invariant. */
  public static final String VARIANCES = "more data never raise a variance";
  /** Name of an invariant. */
  public static final String PREDICTIVE = "more data never raise a predictive variance";

  /** Rounding in two inversions. */
  private static final double ROUNDING = 1e-9;

  private final IntFunction<GaussianSubject> ofTheFirst;
  private final int fewest;
  private final int most;

  private MoreData(IntFunction<GaussianSubject> ofTheFirst, int fewest, int most) {
    this.ofTheFirst = ofTheFirst;
    this.fewest = fewest;
    this.most = most;
  }

  /** The posteriors of the first n data, n from {@code fewest} to {@code most}. */
  public static MoreData of(IntFunction<GaussianSubject> ofTheFirst, int fewest, int most) {
    return new MoreData(ofTheFirst, fewest, most);
  }

  @Override
  public List<Finding> check() {
    return Check.all(
        new Check(VARIANCES, () -> falling(VARIANCES, GaussianSubject::variances)),
        new Check(
            PREDICTIVE,
            () -> falling(
                PREDICTIVE, subject -> subject.predictive().map(PredictiveClaim::variances))));
  }

  private Finding falling(String name, Function<GaussianSubject, Optional<double[]>> variances) {
    List<double[]> all = new ArrayList<>();
    for (int n = fewest; n <= most; n++) {
      variances.apply(ofTheFirst.apply(n)).ifPresent(all::add);
    }
    if (all.isEmpty()) return Finding.notGiven(name, "such variances");
    for (int n = 1; n < all.size(); n++) {
      for (int i = 0; i < all.get(n).length; i++) {
        if (!(all.get(n)[i] <= all.get(n - 1)[i] * (1 + ROUNDING))) {
          return Finding.of(
              name,
              false,
              "variance " + i + " is " + all.get(n - 1)[i] + " with " + (fewest + n - 1)
                  + " data and " + all.get(n)[i] + " with one more");
        }
      }
    }
    return Finding.of(name, true, "from " + fewest + " to " + most + " data");
  }
}
