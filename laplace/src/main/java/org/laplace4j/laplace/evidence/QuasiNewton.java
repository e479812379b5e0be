package org.laplace4j.laplace.evidence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.laplace4j.linalg.Arrays;

/**
 * Maximises a smooth function in a box by limited-memory BFGS (Nocedal and Wright 2006, algorithm
 * 7.4) with backtracking, scaled by the concavity along each coordinate: logarithms of precisions
 * differ in it by orders of magnitude, since some hardly matter. A coordinate on an edge, where the
 * function would have it go on, is held there. A value that is not finite counts as worse than any
 * other, so neither the path nor the result can leave the finite numbers.
 */
final class QuasiNewton {
  private static final int MEMORY = 10;
  private static final int HALVINGS = 40;
  private static final double SUFFICIENT = 1e-4;

  /** A coordinate is a logarithm: one step changes no value by more than a factor e³. */
  private static final double LONGEST = 3;

  /** Flatter than this, a coordinate counts as this: a step has to end somewhere. */
  private static final double FLATTEST = 1e-6;

  /**
   * A value, its gradient, and how fast the gradient falls along each coordinate, about: minus the
   * diagonal of the Hessian, or what is known of it.
   */
  record Evaluation(double value, double[] gradient, double[] concavity) {
    /** Where nothing is known of how fast the gradient falls: along all coordinates alike. */
    Evaluation(double value, double[] gradient) {
      this(value, gradient, Arrays.map(gradient, g -> 1));
    }

    /** Worse than any other. */
    static Evaluation worst(int coordinates) {
      return new Evaluation(Double.NEGATIVE_INFINITY, new double[coordinates]);
    }
  }

  /** Where the ascent ended. */
  record Optimum(
      double[] at,
      double value,
      double gradientNorm,
      boolean converged,
      int edges,
      int evaluations,
      List<Double> path) {}

  private record Pair(double[] s, double[] y) {}

  private final Function<double[], Evaluation> function;
  private final double lower;
  private final double upper;
  private final double tolerance;
  private final int steps;
  private final Deque<Pair> pairs = new ArrayDeque<>();
  private int evaluations;

  QuasiNewton(
      Function<double[], Evaluation> function,
      double lower,
      double upper,
      double tolerance,
      int steps) {
    this.function = function;
    this.lower = lower;
    this.upper = upper;
    this.tolerance = tolerance;
    this.steps = steps;
  }

  Optimum maximise(double[] start) {
    double[] x = inBox(start);
    Evaluation here = evaluate(x);
    List<Double> path = new ArrayList<>(List.of(here.value));
    double norm = freeNorm(x, here.gradient);
    for (int iteration = 0; iteration < steps && norm > tolerance; iteration++) {
      double[] direction = direction(x, here);
      double[] next = x;
      Evaluation there = here;
      boolean rises = false;
      double step = 1;
      for (int halving = 0; halving < HALVINGS && !rises; halving++, step /= 2) {
        next = inBox(Arrays.plus(x, Arrays.scale(direction, step)));
        there = evaluate(next);
        double gain = Arrays.dot(here.gradient, Arrays.minus(next, x));
        rises = there.value >= here.value + SUFFICIENT * gain && there.value > here.value;
      }
      if (!rises && pairs.isEmpty()) {
        break; // not even the gradient leads upwards: the last bits are reached
      }
      if (!rises) {
        pairs.clear();
        continue;
      }
      remember(Arrays.minus(next, x), Arrays.minus(here.gradient, there.gradient));
      x = next;
      here = there;
      path.add(here.value);
      norm = freeNorm(x, here.gradient);
    }
    return new Optimum(
        x,
        here.value,
        norm,
        norm <= tolerance,
        edges(x, here.gradient),
        evaluations,
        List.copyOf(path));
  }

  private Evaluation evaluate(double[] x) {
    evaluations++;
    Evaluation found = function.apply(x);
    boolean finite = Double.isFinite(found.value)
        && Arrays.firstNonFinite(found.gradient) < 0
        && Arrays.firstNonFinite(found.concavity) < 0;
    return finite ? found : Evaluation.worst(x.length);
  }

  /**
   * The two-loop recursion on the free coordinates; the gradient where it does not lead upwards.
   */
  private double[] direction(double[] x, Evaluation here) {
    double[] gradient = here.gradient;
    double[] q = free(x, gradient, gradient);
    double[] alpha = new double[pairs.size()];
    int i = 0;
    for (Pair pair : pairs) { // newest first
      alpha[i] = Arrays.dot(pair.s, q) / Arrays.dot(pair.s, pair.y);
      q = Arrays.minus(q, Arrays.scale(pair.y, alpha[i++]));
    }
    double[] concavity = Arrays.map(here.concavity, c -> Math.max(c, FLATTEST));
    q = Arrays.dividedBy(q, concavity);
    if (!pairs.isEmpty()) {
      Pair newest = pairs.getFirst();
      double expected = Arrays.dot(newest.y, Arrays.dividedBy(newest.y, concavity));
      q = Arrays.scale(q, Arrays.dot(newest.s, newest.y) / expected);
    }
    for (Iterator<Pair> oldest = pairs.descendingIterator(); oldest.hasNext(); ) {
      Pair pair = oldest.next();
      double beta = Arrays.dot(pair.y, q) / Arrays.dot(pair.s, pair.y);
      q = Arrays.plus(q, Arrays.scale(pair.s, alpha[--i] - beta));
    }
    q = free(x, gradient, q);
    double[] up = Arrays.dot(q, gradient) > 0 ? q : free(x, gradient, gradient);
    double longest = 0;
    for (double component : up) {
      longest = Math.max(longest, Math.abs(component));
    }
    double limit = pairs.isEmpty() ? 1 : LONGEST;
    return longest > limit ? Arrays.scale(up, limit / longest) : up;
  }

  private void remember(double[] s, double[] y) {
    // Curvature that is not that of a maximum would make the next direction meaningless.
    if (Arrays.dot(s, y) > 1e-12 * Math.sqrt(Arrays.dot(s, s) * Arrays.dot(y, y))) {
      pairs.addFirst(new Pair(s, y));
      if (pairs.size() > MEMORY) {
        pairs.removeLast();
      }
    }
  }

  private boolean held(double x, double gradient) {
    return x <= lower && gradient < 0 || x >= upper && gradient > 0;
  }

  private double[] free(double[] x, double[] gradient, double[] v) {
    double[] kept = v.clone();
    for (int i = 0; i < x.length; i++) {
      kept[i] = held(x[i], gradient[i]) ? 0 : v[i];
    }
    return kept;
  }

  private double freeNorm(double[] x, double[] gradient) {
    double norm = 0;
    for (double component : free(x, gradient, gradient)) {
      norm = Math.max(norm, Math.abs(component));
    }
    return norm;
  }

  private int edges(double[] x, double[] gradient) {
    int count = 0;
    for (int i = 0; i < x.length; i++) {
      count += held(x[i], gradient[i]) ? 1 : 0;
    }
    return count;
  }

  private double[] inBox(double[] x) {
    return Arrays.map(x, v -> Math.min(upper, Math.max(lower, v)));
  }
}
