package org.laplace4j.laplace.curvature;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What is kept of the curvature H = Σ g gᵀ: all of it, its diagonal, Kronecker factors. Anyone may
 * write a structure: a function from the rows g of the data to a curvature.
 */
public interface Structure {

  /** The curvature of the given rows. */
  Curvature curvature(GradientRows g);

  /**
   * The power p in H ∝ σ⁻ᵖ for a Gaussian likelihood with one noise σ: that of the source, or 2 as
   * of the true Hessian of −log p(y | f).
   */
  default int noisePower(CurvatureSource source) {
    return isOfSource() ? source.noisePower() : 2;
  }

  /** Whether this structure is made of the rows of the source, and not of the true Hessian. */
  default boolean isOfSource() {
    return true;
  }

  /**
   * What this structure takes, where it can say: then a fit that would not go into the heap is
   * refused before it begins, and {@link org.laplace4j.laplace.Laplace#plan} shows the numbers.
   */
  default Optional<Cost> cost(Workload workload) {
    return Optional.empty();
  }

  /** Every entry of H: exact, Θ² numbers. */
  static Structure full() {
    return new NamedStructure("full", FullCurvature::of, StructureCosts::full);
  }

  /** The diagonal of H: Θ numbers. */
  static Structure diagonal() {
    return new NamedStructure("diagonal", DiagonalCurvature::of, StructureCosts::diagonal);
  }

  /** For each parameter B ⊗ A (KFAC): out² + in² numbers a weight. */
  static Structure kronecker() {
    return new NamedStructure("kronecker", KroneckerCurvature::of, StructureCosts::kronecker);
  }

  /**
   * B ⊗ A for each weight joined with its bias, by an input that is always one; other parameters as
   * in {@link #kronecker()}, which keeps all of them separate.
   */
  static Structure kroneckerWithJoinedBias() {
    return new NamedStructure(
        "kroneckerWithJoinedBias",
        JointKroneckerCurvature::of,
        StructureCosts::kroneckerWithJoinedBias);
  }

  /**
   * KFAC-reduce in place of KFAC-expand: a weight that is applied at several positions of an
   * example, as in convolutions, is taken as applied once, to their mean input and with the sum of
   * their δ. Another matrix, and a cheaper one; where no weight is shared the same.
   */
  static Structure kroneckerReduce() {
    return new NamedStructure(
        "kroneckerReduce", KroneckerCurvature::reduced, StructureCosts::kroneckerReduce);
  }

  /** Kronecker's eigenbases with measured second moments (EKFAC); two passes over the data. */
  static Structure ekfac() {
    return new NamedStructure("ekfac", EkfacCurvature::of, StructureCosts::ekfac);
  }

  /** The same with each weight joined with its bias, as in {@link #kroneckerWithJoinedBias()}. */
  static Structure ekfacWithJoinedBias() {
    return new NamedStructure(
        "ekfacWithJoinedBias", JointEkfacCurvature::of, StructureCosts::ekfacWithJoinedBias);
  }

  /** Every entry of H between elements of the same parameter: Σ_b Θ_b² numbers. */
  static Structure blockDiagonal() {
    return new NamedStructure(
        "blockDiagonal",
        g -> BlockDiagonalCurvature.of(g, ParameterGroups.each(g.space())),
        w -> StructureCosts.blockDiagonal(w, part -> part.name()));
  }

  /**
   * Every entry of H between elements of the same group of parameters, given by their names; each
   * parameter of the space belongs to one group. Parameters of the model without a random element
   * may be named too: the same groups do for any subset, and while weights are pruned.
   */
  static Structure blockDiagonal(List<List<String>> groups) {
    List<List<String>> kept = groups.stream().map(List::copyOf).toList();
    if (kept.isEmpty() || kept.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("Structure.blockDiagonal: the groups are " + kept
          + "; give at least one, each with at least one parameter.");
    }
    return new NamedStructure(
        "blockDiagonal(" + kept + ")",
        g -> BlockDiagonalCurvature.of(g, ParameterGroups.of(g.space(), kept)),
        w -> StructureCosts.blockDiagonal(w, part -> groupOf(part, kept)));
  }

  private static String groupOf(Workload.Part part, List<List<String>> groups) {
    return groups.stream()
        .filter(group -> group.contains(part.name()))
        .map(List::toString)
        .findFirst()
        .orElse(part.name());
  }

  /** The k leading eigenpairs of H, by Lanczos, without forming a row. */
  static Structure lowRank(int k) {
    if (k < 1) {
      throw new IllegalArgumentException(
          "Structure.lowRank: " + k + " eigenpairs were asked for; at least 1 is needed.");
    }
    return new NamedStructure(
        "lowRank(" + k + ")", g -> LowRankCurvature.of(g, k), w -> StructureCosts.lowRank(w, k));
  }

  /** The rows g themselves: exact, in function space; (N·K)² numbers. */
  static Structure functional() {
    return new NamedStructure("functional", FunctionalCurvature::of, StructureCosts::functional);
  }

  /**
   * The rows of {@code points} examples drawn at random, or of all where there are fewer: the
   * posterior of a subset of the data, which is never surer than that of all. Which are drawn does
   * not depend on the batches. The evidence still counts the fit of all data.
   */
  static Structure functional(int points, RandomGenerator rng) {
    if (points < 1) {
      throw new IllegalArgumentException(
          "Structure.functional: " + points + " points were asked for; at least 1 is needed.");
    }
    long key = rng.nextLong();
    return new NamedStructure(
        "functional(" + points + ")",
        g -> FunctionalCurvature.of(g, new PointSubset(points, key)),
        w -> StructureCosts.functional(w.withExamples(Math.min(points, w.examples()))));
  }

  /**
   * The k largest positive eigenpairs of the true Hessian, by Lanczos on Hessian-vector products,
   * whatever the source of curvature; its negative eigenvalues are reported.
   */
  static Structure lowRankHessian(int k) {
    return new LowRankTrueHessian(k);
  }

  /** Every entry of the true Hessian, whatever the source of curvature: small models only. */
  static Structure hessian() {
    return new TrueHessian();
  }
}
