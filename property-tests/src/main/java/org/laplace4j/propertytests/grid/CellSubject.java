package org.laplace4j.propertytests.grid;

import java.util.Optional;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.propertytests.invariants.Batches;
import org.laplace4j.propertytests.invariants.EvidenceClaim;
import org.laplace4j.propertytests.invariants.FrozenEntries;
import org.laplace4j.propertytests.invariants.GaussianSubject;
import org.laplace4j.propertytests.invariants.LaplaceSubject;
import org.laplace4j.propertytests.invariants.NoiseMap;
import org.laplace4j.propertytests.invariants.PredictiveClaim;

/**
 * A posterior of the library that is held to a dense precision: what it draws, predicts and says of
 * its evidence is its own, what it is to agree with is the oracle's.
 */
record CellSubject(
    LaplacePosterior<?> posterior, LaplaceSubject own, DenseOracle oracle, Matrix dense, Tensor x)
    implements GaussianSubject {

  /** Held to H + diag(δ) with the H of the oracle, at inputs x (B, 3). */
  static CellSubject of(LaplacePosterior<?> posterior, DenseOracle oracle, Kept kept, Tensor x) {
    double[] delta = posterior.prior().precisions(posterior.space());
    Matrix dense = oracle.curvature(kept).plusDiagonal(delta);
    return new CellSubject(posterior, LaplaceSubject.of(posterior, x), oracle, dense, x);
  }

  @Override
  public Optional<Matrix> precision() {
    return Optional.of(dense);
  }

  /** ψ(θ) = log p(D | θ*) + log p(θ*) − ½ (θ − θ*)ᵀ P (θ − θ*), all of it the oracle's. */
  @Override
  public Optional<EvidenceClaim> evidence() {
    double[] mean = mean();
    double[] delta = own.priorPrecisions().orElseThrow();
    double top = oracle.logLikelihood();
    double[] mu = posterior.prior().mean(posterior.space());
    for (int i = 0; i < mean.length; i++) {
      double r = mean[i] - mu[i];
      top += (Math.log(delta[i] / (2 * Math.PI)) - delta[i] * r * r) / 2;
    }
    double atTheMean = top;
    return Optional.of(new EvidenceClaim(posterior.evidence().logMarginalLikelihood(), theta -> {
      double[] r = Arrays.minus(theta, mean);
      return atTheMean - Arrays.dot(r, dense.times(r)) / 2;
    }));
  }

  @Override
  public Optional<PredictiveClaim> predictive() {
    return Optional.of(
        new PredictiveClaim(oracle.jacobian(x), own.predictive().orElseThrow().variances()));
  }

  @Override
  public double[] mean() {
    return own.mean();
  }

  @Override
  public double[] draw(long seed, int index) {
    return own.draw(seed, index);
  }

  @Override
  public Optional<double[]> variances() {
    return own.variances();
  }

  @Override
  public Optional<NoiseMap> noiseMap() {
    return own.noiseMap();
  }

  @Override
  public Optional<Batches> batches() {
    return own.batches();
  }

  @Override
  public Optional<FrozenEntries> frozenEntries() {
    return own.frozenEntries();
  }

  @Override
  public Optional<double[]> priorPrecisions() {
    return own.priorPrecisions();
  }
}
