package org.laplace4j.propertytests.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Batch;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Standardizer;
import org.laplace4j.nn.Targets;

/** Batches and scales of random data. */
class DataProperties {
  /** Means of a few dozen numbers of size 1, in units of their deviation. */
  private static final double ROUNDING = 1e-12;

  private static Tensor normal(int n, int d, double offset, double scale, SplittableRandom rng) {
    double[] x = new double[n * d];
    java.util.Arrays.setAll(x, i -> offset + scale * rng.nextGaussian());
    return Tensor.adopt(Shape.of(n, d), x);
  }

  @Property
  void batchesOfAnySizeHoldTheExamplesInOrder(
      @ForAll @IntRange(min = 1, max = 30) int n,
      @ForAll @IntRange(min = 1, max = 40) int first,
      @ForAll @IntRange(min = 1, max = 40) int second,
      @ForAll long seed) {
    SplittableRandom rng = new SplittableRandom(seed);
    Tensor x = normal(n, 2, 0, 1, rng);
    Tensor y = normal(n, 3, 0, 1, rng);
    Dataset data = Dataset.of(x, Targets.values(y), first).rebatched(second);
    assertThat(data.whole().x().array()).isEqualTo(x.array());
    assertThat(data.whole().targets().values().array()).isEqualTo(y.array());
    assertThat(data.size()).isEqualTo(n);
    assertThat(data.batches()).hasSize((n + second - 1) / second);
    for (Batch batch : data.batches().subList(0, data.batches().size() - 1)) {
      assertThat(batch.size()).isEqualTo(second);
    }
  }

  @Property
  void standardisedFeaturesHaveMeanZeroAndVarianceOne(
      @ForAll @IntRange(min = 2, max = 30) int n,
      @ForAll @IntRange(min = 1, max = 4) int d,
      @ForAll long seed) {
    SplittableRandom rng = new SplittableRandom(seed);
    double scale = Math.exp(4 * rng.nextGaussian());
    Tensor x = normal(n, d, 10 * scale, scale, rng);
    Standardizer standardizer = Standardizer.fit(x);
    Tensor z = standardizer.apply(x);
    // x − m cancels: each of n differences keeps the rounding of x, in units of the scale.
    double cancelled = 0;
    for (double ratio : x.dividedBy(standardizer.scale()).array()) {
      cancelled = Math.max(cancelled, Math.abs(ratio));
    }
    double rounding = 4 * Math.ulp(1.0) * n * (1 + cancelled);
    assertThat(z.mean(false, 0).array()).containsExactly(new double[d], within(rounding));
    assertThat(z.square().mean(false, 0).array())
        .containsExactly(Tensor.ones(Shape.of(d)).array(), within(rounding));
    assertThat(standardizer.invert(z).minus(x).dividedBy(standardizer.scale()).array())
        .containsExactly(new double[n * d], within(rounding));
  }

  /** The variance of m + s z is s² times that of z; a covariance has it on its diagonal. */
  @Property
  void variancesAreTheDiagonalOfCovariances(
      @ForAll @IntRange(min = 1, max = 4) int d, @ForAll long seed) {
    SplittableRandom rng = new SplittableRandom(seed);
    Standardizer standardizer = Standardizer.fit(normal(10, d, 1, 3, rng));
    Tensor root = normal(d, d, 0, 1, rng);
    Tensor covariance = root.matmul(false, root, true);
    Tensor inverted = standardizer.invertCovariance(covariance.reshape(1, d, d)).reshape(d, d);
    // The covariance of diag(s) root ε, ε standard normal, multiplied out.
    Tensor scaled = root.times(standardizer.scale().reshape(d, 1));
    assertThat(inverted.array())
        .containsExactly(scaled.matmul(false, scaled, true).array(), within(100 * ROUNDING));
    Tensor variance = Tensor.vector(covariance.matrix().diagonal()).reshape(1, d);
    assertThat(standardizer.invertVariance(variance).array())
        .containsExactly(inverted.matrix().diagonal(), within(100 * ROUNDING));
  }
}
