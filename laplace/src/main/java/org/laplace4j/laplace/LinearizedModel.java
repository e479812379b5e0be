package org.laplace4j.laplace;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.laplace4j.autodiff.Linearization;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.linalg.rows.OutputRoots;
import org.laplace4j.linalg.rows.Rows;

/**
 * The model around θ*: f(θ*, x) + J(x) (θ − θ*), with θ in a space. A snapshot: the model's
 * parameters may change afterwards.
 *
 * @param model f
 * @param space where θ lives
 * @param thetaStar θ*, of every parameter
 */
public record LinearizedModel(Model<Tensor> model, ParameterSpace space, Weights thetaStar) {
  /**
   * Numbers that the stacked cotangents of one chunk of inputs may take: 16 MB, half of a usual
   * last cache.
   */
  private static final int CHUNK = 1 << 21;

  /** Or so many times the number of parameters, if that is more. */
  private static final long OF_PARAMETERS = 3;

  /** f(θ*, x), shape (B, C). */
  public Tensor outputs(Tensor x) {
    return model.forward(thetaStar, x);
  }

  /** θ*, the elements of the space, (Θ). */
  public double[] mean() {
    return space.gather(thetaStar);
  }

  /**
   * A function of the outputs (B, C) and of the rows of J, N = B and K = C, row n·C + c =
   * ∂f_c(xₙ)/∂θ, evaluated in chunks of inputs so that memory does not grow with their number.
   */
  public <T> List<T> chunked(Tensor x, BiFunction<Tensor, Rows, T> of) {
    return chunked(x, LinearizedModel::unitRows, of);
  }

  /** The same with the rows of one output c alone: K = 1, row n = ∂f_c(xₙ)/∂θ. */
  public <T> List<T> chunked(Tensor x, int output, BiFunction<Tensor, Rows, T> of) {
    return chunked(x, f -> unitRows(f, output), of);
  }

  private <T> List<T> chunked(
      Tensor x, Function<Linearization, Rows> rows, BiFunction<Tensor, Rows, T> of) {
    List<T> parts = new ArrayList<>();
    int n = x.shape().dim(0);
    int step = evenly(n, chunk(x));
    for (int from = 0; from < n; from += step) {
      parts.add(part(x.slice(0, from, Math.min(n, from + step)), rows, of));
    }
    return parts;
  }

  /**
   * How many inputs at a time, at most. The cotangents of an input are C times what is recorded of
   * it, or the units of all layers where most of it is not; those of all shall leave the cache
   * seldom, and be several times the parameters, which every chunk reads and packs for its
   * products, forward and in reverse.
   */
  int chunk(Tensor x) {
    Linearization one = Linearization.of(model, space, thetaStar, x.slice(0, 0, 1));
    long units = model.parameters().values().stream()
        .mapToLong(p -> p.shape().rank() > 0 ? p.shape().dim(0) : 1)
        .sum();
    long computed = Math.max(1, Math.max(units, one.recordedNumbers()));
    long cotangents = Math.max(1, one.output().shape().dim(-1)) * computed;
    return (int) Math.max(1, Math.max(CHUNK, OF_PARAMETERS * space.size()) / cotangents);
  }

  /**
   * The size of parts of n inputs, all about the same, of which none has more than {@code most}.
   */
  static int evenly(int n, int most) {
    int parts = Math.max(1, (n + most - 1) / most);
    return (n + parts - 1) / parts;
  }

  /** A function of the outputs and of the rows of J for all inputs at once. */
  public <T> T whole(Tensor x, BiFunction<Tensor, Rows, T> of) {
    return part(x, LinearizedModel::unitRows, of);
  }

  private <T> T part(Tensor x, Function<Linearization, Rows> rows, BiFunction<Tensor, Rows, T> of) {
    Linearization f = Linearization.of(model, space, thetaStar, x);
    return of.apply(f.output(), rows.apply(f));
  }

  /** The rows of every output: column k of every example is the k-th unit vector. */
  private static Rows unitRows(Linearization f) {
    Shape outputs = f.output().shape(); // (B, C)
    return f.rows(OutputRoots.units(outputs.dim(0), outputs.dim(1)));
  }

  /** The rows of one output. */
  private static Rows unitRows(Linearization f, int output) {
    Shape outputs = f.output().shape();
    if (output < 0 || output >= outputs.dim(1)) {
      throw new IllegalArgumentException("LinearizedModel.chunked: output " + output
          + " was asked of " + outputs.dim(1) + "; give 0 ≤ output < C.");
    }
    double[] unit = new double[outputs.size()];
    for (int n = 0; n < outputs.dim(0); n++) {
      unit[n * outputs.dim(1) + output] = 1;
    }
    return f.rows(Tensor.adopt(outputs.prepend(1), unit));
  }
}
