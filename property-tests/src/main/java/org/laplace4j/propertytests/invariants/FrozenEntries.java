package org.laplace4j.propertytests.invariants;

import java.util.Arrays;

/**
 * All entries of which some are random: the others keep their values, bit for bit, in every draw.
 *
 * @param values every entry at the mean, (all)
 * @param active the places of the random ones, in the order of the subject's Θ
 * @param draws draws of every entry
 */
public record FrozenEntries(double[] values, int[] active, Draws draws) {

  /** A draw with every entry in it. */
  @FunctionalInterface
  public interface Draws {
    /** Draw {@code index} of the stream that a seed starts, (all). */
    double[] draw(long seed, int index);
  }

  /** Copies the arrays. */
  public FrozenEntries {
    values = values.clone();
    active = active.clone();
  }

  @Override
  public double[] values() {
    return values.clone();
  }

  @Override
  public int[] active() {
    return active.clone();
  }

  /** For example {@code 12 of 27 entries frozen}. */
  @Override
  public String toString() {
    return values.length - Arrays.stream(active).distinct().count() + " of " + values.length
        + " entries frozen";
  }
}
