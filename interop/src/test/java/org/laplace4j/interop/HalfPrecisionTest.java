package org.laplace4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HalfPrecisionTest {
  @Test
  void knowsTheNumbersOfTheStandard() {
    assertThat(value(0x3c00)).isEqualTo(1.0);
    assertThat(value(0xc000)).isEqualTo(-2.0);
    assertThat(value(0x7bff)).isEqualTo(65504.0); // the largest, (2 − 2^-10) 2^15
    assertThat(value(0x0400)).isEqualTo(0x1p-14); // the smallest that is normal
    assertThat(value(0x0001)).isEqualTo(0x1p-24); // the smallest
    assertThat(value(0x8000)).isEqualTo(-0.0);
    assertThat(value(0xfc00)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(value(0x7e00)).isNaN();
  }

  @Test
  void risesWithTheBits() {
    for (int bits = 1; bits <= 0x7c00; bits++) {
      assertThat(value(bits)).isGreaterThan(value(bits - 1));
    }
  }

  private static double value(int bits) {
    return HalfPrecision.toDouble((short) bits);
  }
}
