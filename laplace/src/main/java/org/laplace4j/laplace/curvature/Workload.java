package org.laplace4j.laplace.curvature;

import java.util.List;
import org.laplace4j.linalg.rows.FactoredRows;
import org.laplace4j.linalg.rows.KhatriRaoRows;
import org.laplace4j.linalg.rows.Rows;
import org.laplace4j.linalg.rows.SharedRows;

/**
 * What the cost of a structure depends on: the sizes of the data, of the network and of the space.
 *
 * @param examples N
 * @param batch the examples of the largest batch, or of the largest part of one that is pulled back
 *     at once
 * @param outputs C
 * @param columns K, what the source pulls back of one example
 * @param forward the operations of one example's forward pass
 * @param recorded the numbers that a pass records of one example
 * @param parts the parameters of the space
 */
public record Workload(
    long examples,
    long batch,
    int outputs,
    int columns,
    double forward,
    double recorded,
    List<Part> parts) {

  /** The same with another number of examples. */
  Workload withExamples(long count) {
    return new Workload(count, Math.min(batch, count), outputs, columns, forward, recorded, parts);
  }

  /**
   * The part of a space that belongs to one parameter: some elements of a weight of {@code rows} ×
   * {@code columns}, those that they touch.
   *
   * @param name the parameter's qualified name
   * @param elements how many are random
   * @param rows the rows touched
   * @param columns the columns touched; 1 where the parameter is not used as a weight
   * @param positions R, at how many places of an example the weight is applied
   * @param factored whether its gradients are kept as δ ⊗ a
   * @param rectangle whether the elements are all of the rows × columns
   * @param onePrecision whether they have one prior precision
   */
  public record Part(
      String name,
      double elements,
      double rows,
      double columns,
      double positions,
      boolean factored,
      boolean rectangle,
      boolean onePrecision) {

    /** The part whose elements have the given rows for one example. */
    public static Part of(String name, Rows example, boolean onePrecision) {
      Rows each = example instanceof SharedRows shared ? shared.each() : example;
      double positions = example instanceof SharedRows shared ? shared.positions() : 1;
      if (each instanceof FactoredRows weight) {
        KhatriRaoRows touched = weight.touched();
        boolean all = touched.size() == weight.size();
        return new Part(
            name,
            weight.size(),
            touched.delta().cols(),
            touched.a().cols(),
            positions,
            true,
            all,
            onePrecision);
      }
      return new Part(name, example.size(), example.size(), 1, 1, false, true, onePrecision);
    }

    /** The numbers that the rows of one example with so many columns keep. */
    double numbers(double pulledBack) {
      return factored ? positions * (pulledBack * rows + columns) : pulledBack * elements;
    }

    /**
     * The numbers that are alive where its factors are summed: of a whole weight at several
     * positions, such as the filters of a convolution, what a sweep leaves and at most the inputs
     * of each position; of others the rows, and as much again on the way to them.
     */
    double factorNumbers(double pulledBack) {
      return numbers(pulledBack) * (rectangle && positions > 1 ? 1 : 2);
    }

    /** The operations of J v or Jᵀ u for one example with so many columns. */
    double product(double pulledBack) {
      return factored
          ? 2 * positions * (rows * columns + pulledBack * rows)
          : 2 * pulledBack * elements;
    }
  }

  /** Copies the list. */
  public Workload {
    parts = List.copyOf(parts);
  }

  /** Θ. */
  public double elements() {
    return parts.stream().mapToDouble(Part::elements).sum();
  }

  /** The numbers that the rows of one example with so many columns keep. */
  double rowNumbers(double pulledBack) {
    return parts.stream().mapToDouble(part -> part.numbers(pulledBack)).sum();
  }

  /** The operations of J v or Jᵀ u for one example with so many columns. */
  double product(double pulledBack) {
    return parts.stream().mapToDouble(part -> part.product(pulledBack)).sum();
  }

  /** One pass over the data: forward, and K columns in reverse. */
  double passOperations() {
    return examples * forward * (1 + columns);
  }

  /** The largest batch: what is recorded, its rows, and as much again on the way to them. */
  double passNumbers() {
    return batch * (recorded + 2 * rowNumbers(columns));
  }

  /** The same where no more than the factors of the rows are summed. */
  double factorPassNumbers() {
    return batch
        * (recorded
            + parts.stream().mapToDouble(part -> part.factorNumbers(columns)).sum());
  }
}
