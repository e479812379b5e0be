package org.laplace4j.propertytests.reference;

import java.util.Arrays;

/**
 * What a network is evaluated at: values of shape (N, …), row-major, shared read-only by contract.
 */
public record Inputs(double[] values, int[] shape) {
  /** N. */
  public int count() {
    return shape[0];
  }

  /** The length of one example. */
  public int width() {
    return count() == 0 ? 0 : values.length / count();
  }

  /** Examples from one to before another. */
  public Inputs examples(int from, int to) {
    int[] part = shape.clone();
    part[0] = to - from;
    return new Inputs(Arrays.copyOfRange(values, from * width(), to * width()), part);
  }

  /** The examples with these numbers, in their order. */
  public Inputs select(int... numbers) {
    int[] part = shape.clone();
    part[0] = numbers.length;
    var selected = new double[numbers.length * width()];
    for (int n = 0; n < numbers.length; n++) {
      System.arraycopy(values, numbers[n] * width(), selected, n * width(), width());
    }
    return new Inputs(selected, part);
  }
}
