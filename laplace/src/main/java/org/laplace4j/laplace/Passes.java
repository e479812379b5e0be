package org.laplace4j.laplace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.Derivatives;
import org.laplace4j.autodiff.Linearization;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.laplace.curvature.CurvatureSource;
import org.laplace4j.laplace.curvature.GradientRows;
import org.laplace4j.laplace.curvature.Workload;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.rows.BlockRows;
import org.laplace4j.linalg.rows.Rows;
import org.laplace4j.nn.Batch;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Prior;

/**
 * Passes over the data at θ*: each batch is linearised, its columns s pulled back. The first pass
 * also sums up how well the model fits.
 */
final class Passes implements GradientRows {
  private final LinearizedModel model;
  private final Likelihood likelihood;
  private final CurvatureSource source;
  private final Dataset data;
  private final long first;
  private Optional<DataFit> fit = Optional.empty();
  private int chunk;

  /** Passes over data whose first example has the given number: 0, or more if others came first. */
  Passes(
      LinearizedModel model,
      Likelihood likelihood,
      CurvatureSource source,
      Dataset data,
      long first) {
    this.model = model;
    this.likelihood = likelihood;
    this.source = source;
    this.data = data;
    this.first = first;
  }

  @Override
  public ParameterSpace space() {
    return model.space();
  }

  @Override
  public void forEach(Consumer<BlockRows> consumer) {
    Optional<DataFit> sum = Optional.empty();
    long seen = first;
    for (int b = 0; b < data.batches().size(); b++) {
      for (Batch part : parts(b)) {
        Linearization f = linearize(b, part);
        DataFit own = DataFit.of(likelihood, f.output(), part.targets());
        sum = Optional.of(sum.map(before -> before.plus(own)).orElse(own));
        consumer.accept((BlockRows) rows(f, part, seen));
        seen += part.size();
      }
    }
    fit = sum;
  }

  /**
   * A batch, or parts of one whose cotangents would leave the cache between one layer and the next.
   */
  private List<Batch> parts(int b) {
    Batch batch = data.batches().get(b);
    int most = chunk(b);
    if (batch.size() <= most) {
      return List.of(batch);
    }
    int step = LinearizedModel.evenly(batch.size(), most);
    List<Batch> parts = new ArrayList<>();
    for (int from = 0; from < batch.size(); from += step) {
      parts.add(batch.select(
          IntStream.range(from, Math.min(batch.size(), from + step)).toArray()));
    }
    return parts;
  }

  private int chunk(int b) {
    if (chunk == 0) {
      try {
        chunk = model.chunk(data.batches().get(b).x());
      } catch (IllegalArgumentException e) {
        linearize(b);
        throw e;
      }
    }
    return chunk;
  }

  @Override
  public double[] times(double[] v) {
    double[] product = new double[v.length];
    long seen = first;
    for (int b = 0; b < data.batches().size(); b++) {
      Batch batch = data.batches().get(b);
      Linearization f = linearize(b);
      Tensor columns = columns(f, batch, seen); // (K, B, C)
      seen += batch.size();
      Tensor inner = columns.times(f.pushforward(v)).sum(true, -1); // (K, B, 1)
      Arrays.addScaled(1, f.pullback(columns.times(inner).sum(false, 0)), product);
    }
    return product;
  }

  @Override
  public double[] hessianTimes(double[] v) {
    double[] product = new double[v.length];
    for (Batch batch : data) {
      double[] part = Derivatives.hessianVectorProduct(
          model.space(), model.thetaStar(), at -> logDensity(at, batch), v);
      Arrays.addScaled(-1, part, product);
    }
    return product;
  }

  private Tensor logDensity(Weights at, Batch batch) {
    Tensor f = model.model().forward(at, batch.x());
    return batch.targets().weigh(likelihood.logDensities(f, batch.targets())).sum();
  }

  /** The sizes of all this, seen by pulling back one example. */
  Workload workload(Prior prior) {
    Batch example = data.batches().get(0).select(0);
    Linearization f = linearize(0, example);
    Tensor columns = columns(f, example, first);
    List<Rows> rows = ((BlockRows) f.rows(columns)).blocks();
    double[] precisions = prior.precisions(space());
    List<Workload.Part> parts = new ArrayList<>();
    double forward = 0;
    for (Parameter parameter : model.model().parameters().values()) {
      forward += 2.0 * parameter.shape().size();
    }
    for (int b = 0; b < rows.size(); b++) {
      ParameterSpace.Block block = space().blocks().get(b);
      double delta = precisions[block.offset()];
      boolean one = java.util.Arrays.stream(precisions, block.offset(), block.end())
          .allMatch(each -> each == delta);
      Workload.Part part = Workload.Part.of(block.name(), rows.get(b), one);
      parts.add(part);
      forward += 2.0 * (part.positions() - 1) * block.parameter().shape().size();
    }
    return new Workload(
        data.size(),
        Math.min(chunk(0), data.batches().stream().mapToInt(Batch::size).max().orElseThrow()),
        f.output().shape().dim(-1),
        columns.shape().dim(0),
        forward,
        f.recordedNumbers(),
        parts);
  }

  /**
   * Linearises at a part of a batch; what is wrong with it is said of the batch that it is from.
   */
  private Linearization linearize(int b, Batch part) {
    try {
      Linearization f = Linearization.of(model.model(), model.space(), model.thetaStar(), part.x());
      likelihood.check(f.output(), part.targets());
      return f;
    } catch (IllegalArgumentException e) {
      linearize(b);
      throw e;
    }
  }

  /** How well the model fits the data: from the last pass, or from one of its own. */
  DataFit fit() {
    if (fit.isEmpty()) {
      for (int b = 0; b < data.batches().size(); b++) {
        Batch batch = data.batches().get(b);
        Tensor f = checked(b, () -> model.outputs(batch.x()), UnaryOperator.identity());
        DataFit part = DataFit.of(likelihood, f, batch.targets());
        fit = Optional.of(fit.map(before -> before.plus(part)).orElse(part));
      }
    }
    return fit.orElseThrow();
  }

  private Linearization linearize(int b) {
    Tensor x = data.batches().get(b).x();
    return checked(
        b,
        () -> Linearization.of(model.model(), model.space(), model.thetaStar(), x),
        Linearization::output);
  }

  /** Evaluates batch b, and checks its outputs; what is wrong is said with the batch it is in. */
  private <T> T checked(int b, Supplier<T> evaluate, Function<T, Tensor> outputs) {
    Batch batch = data.batches().get(b);
    try {
      T evaluated = evaluate.get();
      likelihood.check(outputs.apply(evaluated), batch.targets());
      return evaluated;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Laplace.fit: batch " + b + " of " + data.batches().size() + ", inputs "
              + batch.x().shape() + " and " + batch.targets() + ": " + e.getMessage(),
          e);
    }
  }

  private Rows rows(Linearization f, Batch batch, long number) {
    Targets y = batch.targets();
    return source
        .roots(likelihood, f.output(), y)
        .map(roots -> f.rows(y.weighRoots(roots)))
        .orElseGet(() -> f.rows(columns(f, batch, number)));
  }

  private Tensor columns(Linearization f, Batch batch, long number) {
    Targets y = batch.targets();
    return y.weighRoots(source.columns(likelihood, f.output(), y, number));
  }
}
