package org.laplace4j.autodiff;

import static org.laplace4j.autodiff.DerivativeCheck.direction;
import static org.laplace4j.autodiff.DerivativeCheck.error;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.laplace4j.linalg.rows.Rows;

/**
 * The checks of what an op says of itself: that it stacks, which rows its examples have, and that
 * it keeps examples apart.
 */
final class OpCheck {
  private static final int COLUMNS = 3;

  private final Op op;
  private final List<Tensor> in;
  private final Tensor out;
  private final Tensor bars;
  private final RandomGenerator rng;

  OpCheck(Op op, List<Tensor> inputs, RandomGenerator rng) {
    this.op = op;
    this.in = Tensor.detached(inputs);
    this.out = op.forward(in);
    Shape stacked = out.shape().prepend(COLUMNS);
    this.bars = Tensor.adopt(stacked, direction(stacked.size(), rng));
    this.rng = rng;
  }

  double stacking() {
    double worst = 0;
    for (int i = 0; i < in.size() && op.stacks(); i++) {
      Tensor together = op.vjp(i, in, out, bars);
      requireShape(
          "stacked vjp of input " + i, together.shape(), in.get(i).shape().prepend(COLUMNS));
      List<Tensor> each = new ArrayList<>();
      for (int k = 0; k < COLUMNS; k++) {
        each.add(op.vjp(i, in, out, bar(k)).reshape(in.get(i).shape().prepend(1)));
      }
      worst = Math.max(worst, error(together.array(), Tensor.concat(0, each).array()));
    }
    return worst;
  }

  /** All elements, and half of them drawn at random. */
  double exampleRows() {
    double worst = 0;
    for (int i = 0; i < in.size(); i++) {
      Shape shape = in.get(i).shape();
      worst = Math.max(worst, exampleRows(i, ElementMask.all(shape)));
      worst = Math.max(worst, exampleRows(i, ElementMask.where(shape, e -> rng.nextBoolean())));
    }
    return worst;
  }

  private double exampleRows(int i, ElementMask wanted) {
    if (wanted.isNone()) {
      return 0;
    }
    Optional<Rows> rows = op.exampleRows(i, others(i), out, bars, wanted);
    return rows.isEmpty() ? 0 : error(rows.get().dense().array(), singleRows(i, wanted));
  }

  /** Row (n, k) is the vjp of cotangent k with all examples but n set to zero. */
  private double[] singleRows(int i, ElementMask wanted) {
    int width = wanted.count();
    int n = out.shape().dim(0);
    double[] single = new double[n * COLUMNS * width];
    for (int row = 0; row < n * COLUMNS; row++) {
      Tensor bar = Examples.only(bar(row % COLUMNS), row / COLUMNS);
      double[] gradient = wanted.gather(op.vjp(i, in, out, bar).array());
      System.arraycopy(gradient, 0, single, row * width, width);
    }
    return single;
  }

  /**
   * The inputs as the engine gives them: all but input i marked as data where they have the axis of
   * examples.
   */
  private List<Tensor> others(int i) {
    List<Tensor> marked = new ArrayList<>(in);
    for (int j = 0; j < in.size(); j++) {
      if (j != i && sharesExamples(j)) {
        marked.set(j, in.get(j).asData());
      }
    }
    return marked;
  }

  private boolean sharesExamples(int j) {
    Shape shape = in.get(j).shape();
    return shape.rank() > 0
        && out.shape().rank() > 0
        && shape.dim(0) == out.shape().dim(0);
  }

  /** An input that has rows of its own does not depend on the data, so it is not moved. */
  double separation() {
    List<Shape> shapes = in.stream().map(Tensor::shape).toList();
    double worst = 0;
    for (int i = 0; i < in.size(); i++) {
      if (sharesExamples(i)
          && out.shape().dim(0) > 1
          && !op.mixesExamples(i, shapes)
          && op.exampleRows(i, others(i), out, bars, ElementMask.all(in.get(i).shape()))
              .isEmpty()) {
        int changed = rng.nextInt(out.shape().dim(0));
        List<Tensor> moved = new ArrayList<>(in);
        moved.set(i, Examples.moved(in.get(i), changed, rng));
        Tensor other = op.forward(moved);
        worst = Math.max(
            worst,
            error(
                Examples.without(other, changed).array(),
                Examples.without(out, changed).array()));
      }
    }
    return worst;
  }

  private Tensor bar(int k) {
    return bars.slice(0, k, k + 1).reshape(out.shape());
  }

  private void requireShape(String what, Shape got, Shape required) {
    if (!got.equals(required)) {
      throw new IllegalStateException("DerivativeCheck: the " + what + " of the op '" + op.label()
          + "' has the shape " + got + ", it must be " + required
          + "; correct the rule, or say that the op does not stack.");
    }
  }
}
