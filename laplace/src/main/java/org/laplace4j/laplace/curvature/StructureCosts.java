package org.laplace4j.laplace.curvature;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.laplace4j.laplace.curvature.Cost.Stage;
import org.laplace4j.laplace.curvature.Workload.Part;

/**
 * What the structures take. Bytes are those of the arrays that are alive at once, to a factor of
 * about two; operations are those of the leading terms.
 */
final class StructureCosts {
  /** Rows are multiplied out in chunks of 16 MiB, two at a time. */
  private static final double CHUNKS = 2 * (1 << 21);

  /**
   * Of n³: 4/3 to tridiagonal form, up to 8/3 for its eigenvectors by halves, 2 to turn them back.
   */
  private static final double EIGEN = 6;

  /** Where a masked Kronecker product is not multiplied out: its preconditioner's rank. */
  private static final double PRECONDITIONER = 256;

  private static final double MOST_OF_PRECONDITIONER = 1 << 24;

  /** And the products of one solve by conjugate gradients: some tens to some hundreds. */
  private static final double PRODUCTS = 100;

  /** Up to so many elements a draw is a product with L⁻¹. */
  private static final double INVERTED = 2048;

  private StructureCosts() {}

  /**
   * The sum; then H, P and its Cholesky factor; then the inverse of that, which predictions share.
   */
  static Cost full(Workload w) {
    double n = w.elements();
    double c = w.outputs();
    double blocks = sum(w, part -> part.elements() * part.elements());
    double contracted = sum(w, part -> gram(part, w.columns()));
    return new Cost(
        Stage.ofNumbers(
            w.passNumbers() + n * n + CHUNKS,
            w.passOperations() + w.examples() * (contracted + w.columns() * (n * n - blocks))),
        Stage.ofNumbers(3 * n * n, n * n * n / 3),
        Stage.ofNumbers(n * n + 3 * c * n + w.rowNumbers(c), reverse(w) + c * n * n),
        Stage.ofNumbers(4 * n + inverted(n), n * n),
        n * n);
  }

  /** The numbers of an L⁻¹ that draws of so few elements keep. */
  private static double inverted(double n) {
    return n <= INVERTED ? n * n : 0;
  }

  /** JᵀJ of one example: the columns contracted first, where that is less. */
  private static double gram(Part part, double columns) {
    double square = part.elements() * part.elements();
    return part.factored() && part.positions() == 1
        ? Math.min(columns * square, square / 2 + columns * part.rows() * part.rows())
        : columns * square;
  }

  /** The same, group by group. */
  static Cost blockDiagonal(Workload w, Function<Part, String> groups) {
    Map<String, List<Part>> byGroup = w.parts().stream()
        .collect(Collectors.groupingBy(groups, LinkedHashMap::new, Collectors.toList()));
    List<Double> sizes =
        byGroup.values().stream().map(parts -> total(parts, Part::elements)).toList();
    double squares = sizes.stream().mapToDouble(n -> n * n).sum();
    double cubes = sizes.stream().mapToDouble(n -> n * n * n).sum();
    double largest = sizes.stream().mapToDouble(n -> n).max().orElse(0);
    double own = sum(w, part -> part.elements() * part.elements());
    double contracted = sum(w, part -> gram(part, w.columns()));
    double c = w.outputs();
    return new Cost(
        Stage.ofNumbers(
            w.passNumbers() + 2 * squares + CHUNKS,
            w.passOperations() + w.examples() * (contracted + w.columns() * (squares - own))),
        Stage.ofNumbers(2 * squares + largest * largest, cubes / 3),
        Stage.ofNumbers(3 * c * largest + w.rowNumbers(c), reverse(w) + c * squares),
        Stage.ofNumbers(
            4 * w.elements() + sizes.stream().mapToDouble(n -> inverted(n)).sum(), squares),
        largest * largest);
  }

  /** Θ products with the true Hessian, each about four passes; their sum, transposed and halved. */
  static Cost hessian(Workload w) {
    Cost full = full(w);
    double n = w.elements();
    return new Cost(
        Stage.ofNumbers(
            4 * n * n + 4 * w.batch() * w.recorded(), n * w.examples() * w.forward() * 8),
        full.posterior(),
        full.prediction(),
        full.draw(),
        n * n);
  }

  static Cost diagonal(Workload w) {
    double n = w.elements();
    double c = w.outputs();
    return new Cost(
        Stage.ofNumbers(
            w.passNumbers() + 3 * n,
            w.passOperations() + w.examples() * sum(w, p -> squares(p, w))),
        Stage.ofNumbers(5 * n, 2 * n),
        Stage.ofNumbers(3 * w.rowNumbers(c), reverse(w) + c * w.product(c)),
        Stage.ofNumbers(4 * n, 4 * n),
        n);
  }

  private static double squares(Part part, Workload w) {
    return part.positions() == 1 ? part.product(1) : w.columns() * part.product(1);
  }

  /** Summed factors; then a basis for each, or a dense block where there is none. */
  static Cost kronecker(Workload w) {
    return kronecker(w, w.factorPassNumbers());
  }

  /** The same of rows that are summed over their positions, which takes them made. */
  static Cost kroneckerReduce(Workload w) {
    return kronecker(w, w.passNumbers());
  }

  private static Cost kronecker(Workload w, double passNumbers) {
    double factors = sum(w, StructureCosts::factors);
    return new Cost(
        Stage.ofNumbers(
            passNumbers + 3 * factors, w.passOperations() + w.examples() * factorSums(w)),
        Stage.ofNumbers(
            2 * factors
                + basisWork(w)
                + sum(w, StructureCosts::kept)
                + 2 * most(w, StructureCosts::dense),
            sum(w, StructureCosts::decomposition)),
        Stage.ofNumbers(
            3 * w.rowNumbers(w.outputs()) + denseRows(w),
            reverse(w) + sum(w, p -> quadratic(p, w.outputs()))),
        Stage.ofNumbers(
            4 * w.elements() + 2 * most(w, Part::elements), sum(w, StructureCosts::draw)),
        Math.max(most(w, StructureCosts::dense), most(w, StructureCosts::factors)));
  }

  /** Each weight with its bias as one wider weight, as if they had one precision. */
  static Cost kroneckerWithJoinedBias(Workload w) {
    return kronecker(withJoinedBiases(w));
  }

  static Cost ekfacWithJoinedBias(Workload w) {
    return ekfac(withJoinedBiases(w));
  }

  private static Workload withJoinedBiases(Workload w) {
    List<Part> joined = new ArrayList<>();
    for (Part part : w.parts()) {
      int last = joined.size() - 1;
      if (last >= 0 && isBiasOf(part, joined.get(last))) {
        joined.set(last, withBias(joined.get(last), part));
      } else {
        joined.add(part);
      }
    }
    return new Workload(
        w.examples(), w.batch(), w.outputs(), w.columns(), w.forward(), w.recorded(), joined);
  }

  private static boolean isBiasOf(Part bias, Part weight) {
    return weight.factored()
        && bias.factored()
        && weight.rectangle()
        && weight.positions() == 1
        && bias.positions() == 1
        && bias.columns() == 1
        && bias.rows() == weight.rows();
  }

  private static Part withBias(Part weight, Part bias) {
    return new Part(
        weight.name(),
        weight.elements() + bias.elements(),
        weight.rows(),
        weight.columns() + 1,
        1,
        true,
        true,
        weight.onePrecision() && bias.onePrecision());
  }

  /** Kronecker's factors and bases, and the moments in them from a second pass. */
  static Cost ekfac(Workload w) {
    Cost kronecker = kronecker(w, w.passNumbers());
    double moments = sum(w, p -> p.rows() * p.columns());
    double rotations = sum(w, p -> quadratic(p, w.columns()));
    return new Cost(
        new Stage(
            kronecker.fit().bytes()
                + Double.BYTES * (sum(w, StructureCosts::factors) + basisWork(w) + 2 * moments),
            kronecker.fit().operations()
                + kronecker.posterior().operations()
                + w.passOperations()
                + w.examples() * rotations),
        new Stage(
            kronecker.posterior().bytes() + Double.BYTES * 2 * moments,
            sum(w, StructureCosts::factors)),
        kronecker.prediction(),
        kronecker.draw(),
        kronecker.longestArray());
  }

  private static boolean hasBasis(Part part) {
    return part.rectangle() && part.onePrecision();
  }

  private static boolean isDense(Part part) {
    return !hasBasis(part) && Places.isDenseAffordable(part.elements());
  }

  private static double factors(Part part) {
    return part.rows() * part.rows() + part.columns() * part.columns();
  }

  private static double factorSums(Workload w) {
    return sum(
        w, p -> p.positions() * (w.columns() * p.rows() * p.rows() + p.columns() * p.columns()));
  }

  /** The decomposition of the largest factor takes four more of its size. */
  private static double basisWork(Workload w) {
    return 4 * most(w, p -> Math.pow(Math.max(p.rows(), p.columns()), 2));
  }

  /** The numbers of a block that is multiplied out. */
  private static double dense(Part part) {
    return isDense(part) ? part.elements() * part.elements() : 0;
  }

  /** The eigenvalues S, a Cholesky factor, or two roots of the preconditioner. */
  private static double kept(Part part) {
    if (isDense(part)) {
      return dense(part);
    }
    return hasBasis(part)
        ? part.elements()
        : 2 * Math.min(PRECONDITIONER * part.elements(), MOST_OF_PRECONDITIONER)
            + part.rows() * part.columns();
  }

  private static double decomposition(Part part) {
    return isDense(part)
        ? Math.pow(part.elements(), 3) / 3
        : EIGEN * (Math.pow(part.rows(), 3) + Math.pow(part.columns(), 3));
  }

  /** J P⁻¹ Jᵀ of one example with so many columns: rotated and multiplied, or solved. */
  private static double quadratic(Part part, double pulledBack) {
    if (!hasBasis(part)) {
      return pulledBack * solve(part);
    }
    double rotated = 2
        * part.positions()
        * (pulledBack * part.rows() * part.rows() + part.columns() * part.columns());
    return rotated + pulledBack * part.product(pulledBack);
  }

  /** A triangular solve, or conjugate gradients. */
  private static double solve(Part part) {
    return isDense(part)
        ? part.elements() * part.elements()
        : PRODUCTS * 2 * part.rows() * part.columns() * (part.rows() + part.columns());
  }

  private static double denseRows(Workload w) {
    return 3 * w.outputs() * most(w, p -> hasBasis(p) ? 0 : p.elements());
  }

  private static double draw(Part part) {
    return hasBasis(part) ? 2 * part.elements() * (part.rows() + part.columns()) : solve(part);
  }

  /** Lanczos with room for k and as many as half of them, at least 20, twice gone through. */
  static Cost lowRank(Workload w, int rank) {
    double n = w.elements();
    double k = Math.min(rank, n);
    double basis = Math.min(n, k + Math.max(20, k / 2));
    double c = w.outputs();
    double product = w.examples() * w.forward() * 5;
    return new Cost(
        Stage.ofNumbers(
            w.batch() * 2 * w.recorded() + (basis + k + 6) * n,
            2 * basis * (product + 4 * basis * n)),
        Stage.ofNumbers(4 * k * n + 5 * n, 2 * k * k * n),
        Stage.ofNumbers(k * n + 3 * w.rowNumbers(c), reverse(w) + 2 * c * k * n),
        Stage.ofNumbers(6 * n, 6 * k * n),
        basis * n);
  }

  /** Both ends of the spectrum, by products with the true Hessian: about eight passes each. */
  static Cost lowRankHessian(Workload w, int rank) {
    Cost low = lowRank(w, rank);
    double products = low.fit().operations() * 2 * 8 / 5;
    double bytes =
        low.fit().bytes() + Double.BYTES * (4 * w.batch() * w.recorded() + rank * w.elements());
    return new Cost(
        new Stage(bytes, products),
        low.posterior(),
        low.prediction(),
        low.draw(),
        low.longestArray());
  }

  /** The rows of all examples; then their kernel matrix, M = N K, and what leads to its factor. */
  static Cost functional(Workload w) {
    double m = (double) w.examples() * w.columns();
    double rows = w.examples() * sum(w, p -> compact(p, w.columns()));
    double c = w.outputs();
    double kernel =
        m * m * sum(w, p -> p.factored() && p.positions() == 1 ? p.rows() : p.elements());
    return new Cost(
        Stage.ofNumbers(w.passNumbers() + 2 * rows, w.passOperations()),
        Stage.ofNumbers(2 * rows + 4 * m * m + CHUNKS, kernel + m * m * m / 3),
        Stage.ofNumbers(
            4 * c * m + w.rowNumbers(c) + CHUNKS, reverse(w) + 2 * c * kernel / m + c * m * m),
        Stage.ofNumbers(
            6 * w.elements() + 3 * m, 4 * w.examples() * w.product(w.columns()) + 2 * m * m),
        m * m);
  }

  /** The fewer of the rows' numbers and of the rows multiplied out. */
  private static double compact(Part part, double columns) {
    return Math.min(part.numbers(columns), columns * part.elements());
  }

  /** The forward pass at one input, and C columns in reverse. */
  private static double reverse(Workload w) {
    return w.forward() * (1 + w.outputs());
  }

  private static double sum(Workload w, ToDoubleFunction<Part> of) {
    return total(w.parts(), of);
  }

  private static double total(List<Part> parts, ToDoubleFunction<Part> of) {
    return parts.stream().mapToDouble(of).sum();
  }

  private static double most(Workload w, ToDoubleFunction<Part> of) {
    return w.parts().stream().mapToDouble(of).max().orElse(0);
  }
}
