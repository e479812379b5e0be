package org.laplace4j.propertytests.invariants;

import java.util.stream.IntStream;

/**
 * Where the weights of a hidden layer of U units lie in θ, and what can be done to the units
 * without a change of the network's function.
 *
 * <pre>  h = φ(W x + b), W (U, in)      y = V h + …, V (out, U)      all of them row-major  </pre>
 *
 * @param size Θ
 * @param in the width of x
 * @param units U
 * @param out the height of V
 * @param weight where W begins
 * @param bias where b begins
 * @param next where V begins
 */
public record HiddenUnits(int size, int in, int units, int out, int weight, int bias, int next) {

  /** Unit u becomes what unit {@code order[u]} was, whatever φ is. */
  public Reparametrization permuted(int... order) {
    require("permuted", order.length);
    int[] source = IntStream.range(0, size).toArray();
    for (int u = 0; u < units; u++) {
      source[bias + u] = bias + order[u];
      for (int i = 0; i < in; i++) source[weight + u * in + i] = weight + order[u] * in + i;
      for (int o = 0; o < out; o++) source[next + o * units + u] = next + o * units + order[u];
    }
    return new Reparametrization(source, ones());
  }

  /**
   * W and b of unit u times c_u &gt; 0, V over it: the same function where φ(c t) = c φ(t), as of
   * ReLU.
   */
  public Reparametrization rescaled(double... c) {
    require("rescaled", c.length);
    double[] scale = ones();
    for (int u = 0; u < units; u++) {
      scale[bias + u] = c[u];
      for (int i = 0; i < in; i++) scale[weight + u * in + i] = c[u];
      for (int o = 0; o < out; o++) scale[next + o * units + u] = 1 / c[u];
    }
    return new Reparametrization(IntStream.range(0, size).toArray(), scale);
  }

  private double[] ones() {
    double[] ones = new double[size];
    java.util.Arrays.fill(ones, 1);
    return ones;
  }

  private void require(String what, int given) {
    if (given != units) {
      throw new IllegalArgumentException("HiddenUnits." + what + ": there are " + units
          + " units, got " + given + " numbers; give one a unit.");
    }
  }
}
