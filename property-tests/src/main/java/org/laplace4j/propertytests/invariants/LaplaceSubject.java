package org.laplace4j.propertytests.invariants;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.WeightSamples;
import org.laplace4j.laplace.evidence.Evidence;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.SpdOperator;

/** A posterior of this library as the kit sees it: everything is given. */
public final class LaplaceSubject implements GaussianSubject {
  private final LaplacePosterior<?> posterior;
  private final Tensor x;

  private LaplaceSubject(LaplacePosterior<?> posterior, Tensor x) {
    this.posterior = posterior;
    this.x = x;
  }

  /** A posterior, and inputs (B, …) at which its predictive variances are looked at. */
  public static LaplaceSubject of(LaplacePosterior<?> posterior, Tensor x) {
    return new LaplaceSubject(posterior, x);
  }

  @Override
  public double[] mean() {
    return posterior.mean();
  }

  private WeightSamples samples(long seed, int count) {
    return posterior.samples(count, new SplittableRandom(seed));
  }

  @Override
  public double[] draw(long seed, int index) {
    return samples(seed, index + 1).active(index);
  }

  @Override
  public Optional<Batches> batches() {
    return Optional.of((seed, count) -> samples(seed, count).active());
  }

  @Override
  public Optional<Matrix> precision() {
    return Optional.of(posterior.precision().toDense());
  }

  @Override
  public Optional<double[]> variances() {
    return Optional.of(posterior.variances());
  }

  /** The operator's map of noise to draws. */
  private record Unwhitening(SpdOperator precision) implements NoiseMap {
    @Override
    public int size() {
      return precision.noiseSize();
    }

    @Override
    public double[] times(double[] noise) {
      return precision.unwhiten(noise);
    }
  }

  @Override
  public Optional<NoiseMap> noiseMap() {
    return Optional.of(new Unwhitening(posterior.precision()));
  }

  @Override
  public Optional<FrozenEntries> frozenEntries() {
    Set<Parameter> parameters =
        new LinkedHashSet<>(posterior.model().model().parameters().values());
    double[] values = parameters.stream()
        .flatMapToDouble(
            p -> java.util.Arrays.stream(posterior.model().thetaStar().get(p).array()))
        .toArray();
    IntStream.Builder active = IntStream.builder();
    int at = 0;
    for (Parameter p : parameters) {
      int from = at;
      posterior.space().block(p).ifPresent(block -> {
        ElementMask mask = block.mask();
        for (int i : mask.indices()) active.add(from + i);
      });
      at += p.shape().size();
    }
    return Optional.of(new FrozenEntries(
        values,
        active.build().toArray(),
        (seed, index) -> samples(seed, index + 1).all(index)));
  }

  @Override
  public Optional<double[]> priorPrecisions() {
    return Optional.of(posterior.prior().precisions(posterior.space()));
  }

  /** ψ(θ) = log p(D | θ*)/T + log p(θ*) − ½ (θ − θ*)ᵀ P (θ − θ*): what Laplace integrates. */
  @Override
  public Optional<EvidenceClaim> evidence() {
    double[] mean = mean();
    Evidence stated = posterior.evidence();
    double top = stated.logLikelihood() + posterior.prior().logDensity(posterior.space(), mean);
    Matrix p = posterior.precision().toDense();
    return Optional.of(new EvidenceClaim(stated.logMarginalLikelihood(), theta -> {
      double[] r = Arrays.minus(theta, mean);
      return top - Arrays.dot(r, p.times(r)) / 2;
    }));
  }

  @Override
  public Optional<PredictiveClaim> predictive() {
    Matrix j = posterior.model().whole(x, (f, rows) -> rows.dense());
    return Optional.of(new PredictiveClaim(
        j, posterior.predict(x, Predictive.outputs()).variances().array()));
  }

  @Override
  public String toString() {
    return posterior.space().size() + " weights, " + posterior.prior();
  }
}
