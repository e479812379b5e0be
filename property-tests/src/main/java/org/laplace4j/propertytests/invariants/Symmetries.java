package org.laplace4j.propertytests.invariants;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;

/**
 * A posterior does not depend on how the weights are written down, if the prior is carried along.
 *
 * <pre>
 *   μ′ᵢ = cᵢ μ_s(i)      P′ = carried P      the same evidence, the same predictive variances
 * </pre>
 *
 * <p>Full, diagonal and functional keep every permutation of hidden units and every rescaling of
 * ReLU units; Kronecker keeps permutations, and one scale for all units of a layer.
 */
public final class Symmetries implements Conformance {
  private final GaussianSubject subject;
  private final Function<Reparametrization, GaussianSubject> rebuilt;
  private final Map<String, Reparametrization> ways;

  private Symmetries(
      GaussianSubject subject,
      Function<Reparametrization, GaussianSubject> rebuilt,
      Map<String, Reparametrization> ways) {
    this.subject = subject;
    this.rebuilt = rebuilt;
    this.ways = ways;
  }

  /**
   * The symmetries of a subject, none yet.
   *
   * @param rebuilt the posterior of the network with weights and prior written down in another way,
   *     on the same data
   */
  public static Symmetries of(
      GaussianSubject subject, Function<Reparametrization, GaussianSubject> rebuilt) {
    return new Symmetries(subject, rebuilt, Map.of());
  }

  /** One more way to write the weights down, and the name of the invariant. */
  public Symmetries under(String name, Reparametrization way) {
    Map<String, Reparametrization> more = new LinkedHashMap<>(ways);
    more.put(name, way);
    return new Symmetries(subject, rebuilt, more);
  }

  @Override
  public List<Finding> check() {
    return Check.all(ways.entrySet().stream()
        .map(way -> new Check(way.getKey(), () -> finding(way.getKey(), way.getValue())))
        .toArray(Check[]::new));
  }

  private Finding finding(String name, Reparametrization way) {
    if (subject.precision().isEmpty()) return Finding.notGiven(name, "precision or covariance");
    GaussianSubject after = rebuilt.apply(way);
    Matrix expected = way.precision(subject.precision().get());
    double rounding = Math.max(
        StatedPrecision.rounding(expected),
        StatedPrecision.rounding(subject.precision().get()));
    List<String> broken = new ArrayList<>();
    note(broken, "mean", difference(after.mean(), way.weights(subject.mean())), rounding);
    Matrix p = after.precision().orElse(Matrix.zeros(expected.rows(), expected.cols()));
    note(broken, "precision", difference(p.array(), expected.array()), rounding);
    subject
        .evidence()
        .ifPresent(before -> note(
            broken,
            "evidence",
            difference(
                new double[] {after.evidence().map(EvidenceClaim::logEvidence).orElse(Double.NaN)},
                new double[] {before.logEvidence()}),
            rounding));
    subject
        .predictive()
        .ifPresent(before -> note(
            broken,
            "predictive variance",
            difference(
                after.predictive().map(PredictiveClaim::variances).orElse(new double[0]),
                before.variances()),
            rounding));
    return Finding.of(
        name, broken.isEmpty(), broken.isEmpty() ? "kept" : String.join(", ", broken));
  }

  private static void note(List<String> broken, String what, double off, double rounding) {
    if (!(off <= rounding))
      broken.add(what + " off by " + off + ", at most " + rounding + " allowed");
  }

  private static double difference(double[] actual, double[] expected) {
    if (actual.length != expected.length) return Double.POSITIVE_INFINITY;
    double off = Arrays.max(Arrays.map(Arrays.minus(actual, expected), Math::abs));
    double scale = Arrays.max(Arrays.map(expected, Math::abs));
    return off / Math.max(scale, Double.MIN_NORMAL);
  }
}
