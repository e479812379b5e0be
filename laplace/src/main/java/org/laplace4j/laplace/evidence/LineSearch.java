package org.laplace4j.laplace.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The smallest value of a function of one number that need not be smooth: the best of a grid, then
 * golden section (Kiefer 1953) between the neighbours of the best. What is not finite is worse than
 * anything; of equals the first stays. The result is the best point that was seen, so neither noise
 * nor several valleys can make it worse than the grid.
 */
final class LineSearch {
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private final DoubleUnaryOperator function;
  private final List<Double> path = new ArrayList<>();
  private double bestAt = Double.NaN;
  private double best = Double.POSITIVE_INFINITY;
  private int evaluations;

  private LineSearch(DoubleUnaryOperator function) {
    this.function = function;
  }

  /**
   * What was found.
   *
   * @param at where
   * @param value infinite if no value was finite
   * @param width of the interval that was left
   * @param evaluations of the function
   * @param path the best finite value after each evaluation
   */
  record Minimum(double at, double value, double width, int evaluations, List<Double> path) {}

  /** Over the grid {@code from + i step}, i = 0 … steps, then down to an interval of a width. */
  static Minimum of(
      DoubleUnaryOperator function, double from, double step, int steps, double width) {
    LineSearch search = new LineSearch(function);
    int place = 0;
    for (int i = 0; i <= steps; i++) {
      place = search.improves(from + i * step) ? i : place;
    }
    double lower = from + Math.max(0, place - 1) * step;
    double upper = from + Math.min(steps, place + 1) * step;
    double left = search.refine(lower, upper, width);
    return new Minimum(
        search.bestAt, search.best, left, search.evaluations, List.copyOf(search.path));
  }

  private double refine(double from, double to, double width) {
    double lower = from;
    double upper = to;
    if (!Double.isFinite(best)) {
      return upper - lower;
    }
    double a = upper - GOLDEN * (upper - lower);
    double b = lower + GOLDEN * (upper - lower);
    double atA = value(a);
    double atB = value(b);
    while (upper - lower > width) {
      if (atA <= atB) {
        upper = b;
        b = a;
        atB = atA;
        a = upper - GOLDEN * (upper - lower);
        atA = value(a);
      } else {
        lower = a;
        a = b;
        atA = atB;
        b = lower + GOLDEN * (upper - lower);
        atB = value(b);
      }
    }
    return upper - lower;
  }

  private boolean improves(double x) {
    double before = best;
    value(x);
    return best < before;
  }

  private double value(double x) {
    evaluations++;
    double found = function.applyAsDouble(x);
    double value = Double.isFinite(found) ? found : Double.POSITIVE_INFINITY;
    if (value < best) {
      best = value;
      bestAt = x;
    }
    if (Double.isFinite(best)) {
      path.add(best);
    }
    return value;
  }
}
