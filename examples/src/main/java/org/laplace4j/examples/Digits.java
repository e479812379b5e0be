package org.laplace4j.examples;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;

/**
 * Handwritten digits of 8 × 8 pixels, from 0 (paper) to 1 (ink), in three fixed parts of which none
 * has an image of another.
 *
 * @param training what the network learns from, 1257 images
 * @param validation what settings are chosen by, 270 images
 * @param test what is only looked at in the end, 270 images
 */
record Digits(Dataset training, Dataset validation, Dataset test) {
  static final int SIDE = 8;
  private static final double INK = 16;

  static Digits load() {
    return new Digits(part("training"), part("validation"), part("test"));
  }

  private static Dataset part(String name) {
    Csv csv = Csv.resource("digits-" + name + ".csv.gz");
    return Dataset.of(csv.inputs().times(1 / INK), Targets.labels(csv.labels()));
  }

  /** The images (B, 64) one pixel further to the right: still digits, but not like those learnt. */
  static Tensor moved(Tensor images) {
    int count = images.shape().dim(0);
    return images
        .reshape(count, SIDE, SIDE)
        .slice(2, 0, SIDE - 1)
        .pad(2, 1, 0)
        .reshape(count, SIDE * SIDE);
  }

  /** The images (B, 64) with their pixels in one fixed random order: no digits any more. */
  static Tensor scrambled(Tensor images) {
    double[] keys = new SplittableRandom(1).doubles(SIDE * SIDE).toArray();
    int[] order = IntStream.range(0, keys.length)
        .boxed()
        .sorted(Comparator.comparingDouble(pixel -> keys[pixel]))
        .mapToInt(pixel -> pixel)
        .toArray();
    return images.gather(1, order);
  }
}
