package org.laplace4j.propertytests.invariants;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.SymmetricEigen;

/**
 * S draws against N(μ, P⁻¹), with statistics whose distribution is exactly known, each looked at
 * for being too large and too small. The invariants do not lean on each other: the mean is tested
 * whatever the covariance, the covariance whatever the mean, so that the one that is wrong is
 * named.
 *
 * <pre>
 *   θ̄ = Σ_s θ_s / S        Ĉ = Σ_s (θ_s − θ̄)(θ_s − θ̄)ᵀ / (S − 1)        w_s = Lᵀ (θ_s − θ̄), P = L Lᵀ
 *
 *   mean           (S − Θ) S (θ̄ − μ)ᵀ Ĉ⁻¹ (θ̄ − μ) / (Θ (S − 1))         F(Θ, S − Θ), Hotelling's T²
 *   covariance     Σ_s ‖w_s‖²                                            χ²((S − 1) Θ)
 *                  Σ_s (vᵀ w_s)² / ‖v‖²                                  χ²(S − 1)
 *                      v = the axes of θ, the eigenvectors of P, 16 random directions
 *                      the directions in which the first half of the draws spread most and least,
 *                      by the other half                                 χ²(S/2 − 1)
 *   independence   how many of (θ_2s − μ)ᵀ (θ_2s+1 − μ) are positive     Binomial(S/2, ½)
 *                  the same of draw s of two seeds                       Binomial(S, ½)
 *                  and no two draws are the same
 * </pre>
 *
 * <p>An invariant that is K such tests takes each at a level of {@link Invariants#FALSE_ALARM} / K
 * (Bonferroni), so it is not raised falsely more often than that, however the tests depend on each
 * other.
 */
final class DrawTests {
  private static final int RANDOM_DIRECTIONS = 16;

  private final GaussianSubject subject;
  private final long seed;
  private final int count;

  /** A statistic, and the probability of one as far out. */
  private record Test(String what, double p) {}

  DrawTests(GaussianSubject subject, long seed, int count) {
    this.subject = subject;
    this.seed = seed;
    this.count = count;
  }

  /** The draws of a seed less a vector, (S, Θ). */
  private Matrix draws(long from, double[] less) {
    double[] rows = new double[count * less.length];
    for (int s = 0; s < count; s++) {
      double[] r = Arrays.minus(subject.draw(from, s), less);
      System.arraycopy(r, 0, rows, s * less.length, less.length);
    }
    return Matrix.adopt(count, less.length, rows);
  }

  private static double[] average(Matrix rows) {
    double[] weights = new double[rows.rows()];
    java.util.Arrays.fill(weights, 1.0 / rows.rows());
    return rows.transposeTimes(weights);
  }

  /** The rows less their average. */
  private static Matrix centred(Matrix rows) {
    double[] ones = new double[rows.rows()];
    java.util.Arrays.fill(ones, 1);
    Matrix column = Matrix.adopt(rows.rows(), 1, ones);
    return rows.minus(column.times(Matrix.adopt(1, rows.cols(), average(rows))));
  }

  Finding mean() {
    Matrix r = draws(seed, subject.mean());
    int size = r.cols();
    if (count <= size) return Finding.notGiven(Invariants.MEAN, "more draws than entries");
    double[] off = average(r);
    Matrix spread = centred(r).gram().times(1.0 / (count - 1));
    double t2 = count * Arrays.dot(off, new Cholesky(spread).solve(off));
    double f = (count - size) * t2 / (size * (count - 1.0));
    return decide(
        Invariants.MEAN, List.of(new Test("Hotelling's F = " + f, Tails.f(f, size, count - size))));
  }

  Finding covariance() {
    Optional<Matrix> p = subject.precision();
    if (p.isEmpty()) return Finding.notGiven(Invariants.COVARIANCE, "precision or covariance");
    Cholesky l = new Cholesky(p.get());
    Matrix white = draws(seed, subject.mean()).times(l.lower());
    Matrix w = centred(white);
    int size = w.cols();
    List<Test> tests = new ArrayList<>();
    double all = Arrays.dot(w.array(), w.array());
    double degrees = (count - 1.0) * size;
    tests.add(
        new Test("all directions together" + ratio(all, degrees), Tails.chiSquare(all, degrees)));
    // aᵀ (θ − θ̄) = vᵀ w with v = L⁻¹ a.
    Matrix axes = l.solveLower(Matrix.identity(size));
    Matrix eigenvectors = l.solveLower(new SymmetricEigen(p.get()).vectors());
    for (int i = 0; i < size; i++) {
      tests.add(along("entry " + i, w, axes.column(i)));
      tests.add(along("eigenvector " + i + " of P", w, eigenvectors.column(i)));
    }
    SplittableRandom rng = new SplittableRandom(seed);
    for (int i = 0; i < RANDOM_DIRECTIONS; i++) {
      double[] v = DoubleStream.generate(rng::nextGaussian).limit(size).toArray();
      tests.add(along("random direction " + i, w, v));
    }
    Matrix first = centred(white.rows(0, count / 2));
    Matrix spread = new SymmetricEigen(first.gram()).vectors();
    Matrix other = centred(white.rows(count / 2, count));
    tests.add(along("the direction of least spread", other, spread.column(0)));
    tests.add(along("the direction of most spread", other, spread.column(size - 1)));
    return decide(Invariants.COVARIANCE, tests);
  }

  private static Test along(String what, Matrix w, double[] v) {
    double[] projections = w.times(v);
    double chiSquare = Arrays.dot(projections, projections) / Arrays.dot(v, v);
    double degrees = projections.length - 1;
    return new Test(what + ratio(chiSquare, degrees), Tails.chiSquare(chiSquare, degrees));
  }

  private static String ratio(double chiSquare, double degrees) {
    return ": the variance is " + chiSquare / degrees + " times the stated one";
  }

  Finding independence() {
    Optional<String> twin = twin();
    if (twin.isPresent()) return Finding.of(Invariants.INDEPENDENCE, false, twin.get());
    Matrix r = draws(seed, subject.mean());
    Matrix elsewhere = draws(seed + 1, subject.mean());
    int pairs = count / 2;
    return decide(
        Invariants.INDEPENDENCE,
        List.of(
            sameSide("neighbouring draws", pairs, s -> r.row(2 * s), s -> r.row(2 * s + 1)),
            sameSide("draws of two seeds", count, r::row, elsewhere::row)));
  }

  private static Test sameSide(
      String what, int pairs, IntFunction<double[]> one, IntFunction<double[]> other) {
    int positive = (int) IntStream.range(0, pairs)
        .filter(s -> Arrays.dot(one.apply(s), other.apply(s)) > 0)
        .count();
    return new Test(
        positive + " of " + pairs + " pairs of " + what + " lie on one side of the mean",
        Tails.fairCoin(positive, pairs));
  }

  /** The first draw that has been there before. */
  private Optional<String> twin() {
    Map<List<Double>, Integer> seen = new HashMap<>();
    for (int s = 0; s < count; s++) {
      List<Double> draw = java.util.Arrays.stream(subject.draw(seed, s)).boxed().toList();
      Integer before = seen.put(draw, s);
      if (before != null) return Optional.of("draws " + before + " and " + s + " are the same");
    }
    return Optional.empty();
  }

  /** The least likely of the tests decides. */
  private static Finding decide(String invariant, List<Test> tests) {
    Test worst = tests.get(0);
    for (Test test : tests) {
      if (!(test.p() >= worst.p())) worst = test;
    }
    double level = Invariants.FALSE_ALARM / tests.size();
    return Finding.of(
        invariant,
        worst.p() >= level,
        worst.what() + ", p = " + worst.p() + "; below " + level + " is refused");
  }
}
