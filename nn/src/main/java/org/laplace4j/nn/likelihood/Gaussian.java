package org.laplace4j.nn.likelihood;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.rows.OutputRoots;
import org.laplace4j.nn.Targets;

/**
 * y = f + σ ∘ ε, ε standard normal; σ one number for all outputs, or one an output.
 *
 * <pre>
 *   log p(y | f) = −½ Σ_c ((y_c − f_c)²/σ_c² + log 2πσ_c²)
 *   score = (y − f)/σ²        Λ = diag(1/σ²) = S Sᵀ  with  S = diag(1/σ)
 * </pre>
 *
 * <p>σ is the standard deviation of the noise, in the units of the targets. Where the targets have
 * noises τₙ of their own ({@link Targets#withNoise}), that of example n is σ τₙ.
 */
public final class Gaussian implements Likelihood {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  private final double[] sigma;

  private Gaussian(double[] sigma) {
    for (int c = 0; c < sigma.length; c++) {
      if (!(sigma[c] > 0) || Double.isInfinite(sigma[c])) {
        throw new IllegalArgumentException(
            "Gaussian: the noise σ" + (sigma.length > 1 ? " of output " + c : "") + " is "
                + sigma[c] + "; a standard deviation must be positive and finite.");
      }
    }
    this.sigma = sigma;
  }

  /** One σ for all outputs. */
  public static Gaussian of(double sigma) {
    return new Gaussian(new double[] {sigma});
  }

  /** One σ an output, (C). */
  public static Gaussian perOutput(double... sigma) {
    if (sigma.length == 0) {
      throw new IllegalArgumentException("Gaussian.perOutput: no σ was given; give one an output.");
    }
    return new Gaussian(sigma.clone());
  }

  /** σ: of length 1 where it is the same for all outputs, else (C). */
  public double[] sigma() {
    return sigma.clone();
  }

  /** σ² of each of the C outputs. */
  public double[] variances(int outputs) {
    double[] all = new double[outputs];
    Arrays.setAll(all, c -> sigma[c % sigma.length] * sigma[c % sigma.length]);
    return all;
  }

  @Override
  public Tensor logDensities(Tensor f, Targets y) {
    Tensor variance = variances(f, y);
    Tensor z2 = y.values().minus(f).square().dividedBy(variance);
    return z2.plus(variance.log()).plus(LOG_TWO_PI).sum(false, -1).times(-0.5);
  }

  /**
   * Σₙ wₙ log p(yₙ | fₙ) from the sums of squared residuals, one an output, shape (C), where all τ
   * are 1.
   *
   * <pre>  −½ Σ_c (Σₙ wₙ r²_nc / σ_c² + W log 2πσ_c²),  W = Σₙ wₙ, which is N without weights
   * </pre>
   */
  public double logDensity(double[] residualSquares, double weight) {
    double[] variance = variances(residualSquares.length);
    double sum = 0;
    for (int c = 0; c < variance.length; c++) {
      sum += residualSquares[c] / variance[c] + weight * (LOG_TWO_PI + Math.log(variance[c]));
    }
    return -0.5 * sum;
  }

  @Override
  public Tensor score(Tensor f, Targets y) {
    return y.values().minus(f).dividedBy(variances(f, y));
  }

  /** σ² τ² of every target, or where all τ are 1, σ² of each output. */
  private Tensor variances(Tensor f, Targets y) {
    Tensor variances = Tensor.vector(variances(f.shape().dim(-1)));
    return y.hasNoise() ? y.noise().square().reshape(y.count(), 1).times(variances) : variances;
  }

  @Override
  public Tensor hessianRoot(Tensor f, Targets y) {
    return DiagonalRoot.written(root(f, y));
  }

  @Override
  public Optional<OutputRoots> outputRoots(Tensor f, Targets y) {
    return Optional.of(root(f, y));
  }

  private OutputRoots root(Tensor f, Targets y) {
    int c = f.shape().dim(1);
    double[] tau = y.noise().array();
    return DiagonalRoot.of(f.shape(), i -> 1 / (sigma[i % c % sigma.length] * tau[i / c]));
  }

  @Override
  public Targets draw(Tensor f, RandomGenerator rng) {
    double[] y = f.array().clone();
    int outputs = f.shape().dim(-1);
    for (int i = 0; i < y.length; i++) {
      y[i] += sigma[i % outputs % sigma.length] * rng.nextGaussian();
    }
    return Targets.values(Tensor.adopt(f.shape(), y));
  }

  @Override
  public Targets draw(Tensor f, Targets like, RandomGenerator rng) {
    if (!like.hasNoise()) {
      return draw(f, rng);
    }
    Tensor noise = draw(Tensor.zeros(f.shape()), rng).values();
    Tensor y = noise.times(like.noise().reshape(like.count(), 1)).plus(f);
    return Targets.values(y).withNoise(like.noise().array());
  }

  @Override
  public void check(Tensor f, Targets y) {
    LikelihoodChecks.shapes("Gaussian", f, y);
    LikelihoodChecks.values("Gaussian", f, y);
    if (sigma.length > 1 && sigma.length != f.shape().dim(1)) {
      throw new IllegalArgumentException("Gaussian: " + sigma.length + " noises were given for "
          + f.shape().dim(1) + " outputs; give one, or one an output.");
    }
  }

  /** For example {@code Gaussian[0.1]}. */
  @Override
  public String toString() {
    return "Gaussian" + Arrays.toString(sigma);
  }
}
