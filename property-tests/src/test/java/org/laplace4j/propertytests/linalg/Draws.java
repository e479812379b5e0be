package org.laplace4j.propertytests.linalg;

import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.SymmetricEigen;

/** Random numbers, matrices and masks, each a function of the generator alone. */
public final class Draws {

  private Draws() {}

  public static RandomGenerator generator(long seed) {
    return new Random(seed);
  }

  public static double[] normal(int n, RandomGenerator rng) {
    return rng.doubles(n).map(unused -> rng.nextGaussian()).toArray();
  }

  /** Within a factor of e² or so of one: far from singular. */
  public static double[] positive(int n, RandomGenerator rng) {
    return Arrays.map(normal(n, rng), Math::exp);
  }

  public static Matrix normal(int rows, int cols, RandomGenerator rng) {
    return Matrix.adopt(rows, cols, normal(rows * cols, rng));
  }

  /** The eigenvectors of G + Gᵀ. */
  public static Matrix orthogonal(int n, RandomGenerator rng) {
    Matrix g = normal(n, n, rng);
    return new SymmetricEigen(g.plus(g.transpose())).vectors();
  }

  /** One of the divisors of n. */
  public static int divisor(int n, RandomGenerator rng) {
    int[] divisors = IntStream.rangeClosed(1, n).filter(d -> n % d == 0).toArray();
    return divisors[rng.nextInt(divisors.length)];
  }

  /** From 1 to n of the numbers below n, ascending. */
  public static int[] mask(int n, RandomGenerator rng) {
    return subset(n, 1 + rng.nextInt(n), rng);
  }

  /** {@code count} of the numbers below n, ascending. */
  public static int[] subset(int n, int count, RandomGenerator rng) {
    var chosen = new int[count];
    for (int i = 0, taken = 0; taken < count; i++) {
      if (rng.nextInt(n - i) < count - taken) chosen[taken++] = i;
    }
    return chosen;
  }
}
