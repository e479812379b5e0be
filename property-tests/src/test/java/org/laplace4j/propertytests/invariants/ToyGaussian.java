package org.laplace4j.propertytests.invariants;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.DoubleStream;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.SymmetricEigen;

/**
 * N(μ, P⁻¹) over five of eight entries, and a sampler of it that may be wrong in a chosen way: one
 * that knows nothing of this library's posteriors.
 *
 * @param p P
 * @param map M, of which draws are made
 * @param stream the noise of (seed, index)
 * @param rest what is added to the entries that are not random
 */
record ToyGaussian(
    Matrix p,
    Matrix map,
    BiFunction<Long, Integer, double[]> stream,
    double[] shift,
    double rest,
    boolean tellsItsMap)
    implements GaussianSubject {
  private static final int[] ACTIVE = {0, 2, 3, 5, 6};
  private static final double[] VALUES = {1, -2, 0.5, 3, -0.0, 0.25, 7, 1e-300};

  /** A right one. */
  static ToyGaussian right() {
    Matrix p = precisionOfFive();
    Matrix upper = new Cholesky(p).solveUpper(Matrix.identity(5));
    return new ToyGaussian(p, upper, ToyGaussian::noise, new double[5], 0, true);
  }

  /** Eigenvalues from 0.4 to about 40, no eigenvector along an axis. */
  private static Matrix precisionOfFive() {
    SplittableRandom rng = new SplittableRandom(3);
    double[] entries = DoubleStream.generate(rng::nextGaussian).limit(25).toArray();
    Matrix vectors = new SymmetricEigen(Matrix.adopt(5, 5, entries).gram()).vectors();
    return vectors.scaleColumns(new double[] {0.4, 1, 3, 10, 40}).timesTranspose(vectors);
  }

  static double[] noise(long seed, int index) {
    SplittableRandom rng = new SplittableRandom(seed * 1_000_003 + index);
    return DoubleStream.generate(rng::nextGaussian).limit(5).toArray();
  }

  ToyGaussian mapping(Matrix other) {
    return new ToyGaussian(p, other, stream, shift, rest, tellsItsMap);
  }

  ToyGaussian streaming(BiFunction<Long, Integer, double[]> other) {
    return new ToyGaussian(p, map, other, shift, rest, tellsItsMap);
  }

  ToyGaussian shifted(double... by) {
    return new ToyGaussian(p, map, stream, by, rest, tellsItsMap);
  }

  ToyGaussian drawingTheRest() {
    return new ToyGaussian(p, map, stream, shift, 1e-16, tellsItsMap);
  }

  ToyGaussian keepingItsMapToItself() {
    return new ToyGaussian(p, map, stream, shift, rest, false);
  }

  SymmetricEigen eigen() {
    return new SymmetricEigen(p);
  }

  @Override
  public double[] mean() {
    return java.util.Arrays.stream(ACTIVE).mapToDouble(i -> VALUES[i]).toArray();
  }

  @Override
  public double[] draw(long seed, int index) {
    return Arrays.plus(Arrays.plus(mean(), shift), map.times(stream.apply(seed, index)));
  }

  @Override
  public Optional<Matrix> precision() {
    return Optional.of(p);
  }

  @Override
  public Optional<double[]> variances() {
    return Optional.of(new Cholesky(p).inverseDiagonal());
  }

  @Override
  public Optional<NoiseMap> noiseMap() {
    record Times(Matrix matrix) implements NoiseMap {
      @Override
      public int size() {
        return matrix.cols();
      }

      @Override
      public double[] times(double[] noise) {
        return matrix.times(noise);
      }
    }
    return tellsItsMap ? Optional.of(new Times(map)) : Optional.empty();
  }

  @Override
  public Optional<FrozenEntries> frozenEntries() {
    return Optional.of(new FrozenEntries(VALUES, ACTIVE, (seed, index) -> {
      double[] all = Arrays.map(VALUES, v -> v + rest);
      all[4] = rest == 0 ? VALUES[4] : all[4]; // −0 + 0 is 0
      double[] drawn = draw(seed, index);
      for (int i = 0; i < drawn.length; i++) all[ACTIVE[i]] = drawn[i];
      return all;
    }));
  }
}
