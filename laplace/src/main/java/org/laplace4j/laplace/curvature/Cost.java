package org.laplace4j.laplace.curvature;

/**
 * What a structure takes, estimated before anything is allocated.
 *
 * @param fit the passes over the data: the most that is alive at once
 * @param posterior from the curvature to a precision that can be asked: the most alive at once, the
 *     curvature included
 * @param prediction the distribution of the outputs at one input, beside the posterior
 * @param draw one draw of the weights, beside the posterior
 * @param longestArray the numbers of the longest array, which Java limits whatever the heap
 */
public record Cost(Stage fit, Stage posterior, Stage prediction, Stage draw, double longestArray) {

  /**
   * What one stage takes.
   *
   * @param bytes of heap
   * @param operations in floating point: a multiplication and an addition are two
   */
  public record Stage(double bytes, double operations) {

    /** So many numbers of eight bytes. */
    static Stage ofNumbers(double numbers, double operations) {
      return new Stage(Double.BYTES * numbers, operations);
    }
  }

  /** That of so many posteriors that are made one after the other and all kept. */
  public Cost kept(int posteriors) {
    return new Cost(
        new Stage(
            fit.bytes() + (posteriors - 1) * posterior.bytes(), posteriors * fit.operations()),
        new Stage(posteriors * posterior.bytes(), posteriors * posterior.operations()),
        prediction,
        draw,
        longestArray);
  }

  /**
   * The same while so many curvatures of another cost are kept. One of them is at most half of what
   * its posterior would take, as that has the precision too.
   */
  public Cost beside(int curvatures, Cost each) {
    double kept = curvatures * each.posterior.bytes() / 2;
    return new Cost(
        new Stage(fit.bytes() + kept, fit.operations()),
        new Stage(posterior.bytes() + kept, posterior.operations()),
        prediction,
        draw,
        longestArray);
  }

  /** The bytes of heap that a fit needs. */
  public double bytes() {
    return Math.max(fit.bytes(), posterior.bytes());
  }
}
