package org.laplace4j.linalg.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sweep of rotations is a product of plane rotations, with the same bits on either kernels. */
class RotationTest {
  private static final int WIDTH = Kernels.ROTATED;

  @ParameterizedTest
  @CsvSource({"1,0", "5,2", "31,0", "32,0", "33,1", "100,3", "200,199"})
  void vectorsHaveTheBitsOfTheDefinition(int from, int to) {
    Random rng = new Random(from);
    double[] rows = rng.doubles((from + 2L) * WIDTH, -1, 1).toArray();
    double[] cosines = rng.doubles(from + 3, -1, 1).toArray();
    double[] sines = new double[cosines.length];
    java.util.Arrays.setAll(sines, i -> Math.sqrt(1 - cosines[i] * cosines[i]));
    double[] scalar = rows.clone();
    double[] simd = rows.clone();
    KernelProvider.named("scalar").rotate(scalar, from, to, cosines, sines, 2);
    KernelProvider.named("simd").rotate(simd, from, to, cosines, sines, 2);
    assertThat(simd).containsExactly(scalar);
    // The first rotation by hand: rows from − 1 and from.
    double below = rows[from * WIDTH];
    double above = rows[(from - 1) * WIDTH];
    assertThat(scalar[from * WIDTH]).isEqualTo(Math.fma(cosines[2], below, sines[2] * above));
  }
}
