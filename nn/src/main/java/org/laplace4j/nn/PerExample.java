package org.laplace4j.nn;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;

/**
 * A positive number for each example; with no numbers at all, 1 for each.
 *
 * @param numbers (B), or empty
 */
record PerExample(double[] numbers) {
  /** 1 for every example, however many there are. */
  static final PerExample ONES = new PerExample(new double[0]);

  static PerExample of(String where, String what, int count, double[] numbers) {
    if (numbers.length != count) {
      throw new IllegalArgumentException(where + ": " + numbers.length + " numbers were given for "
          + count + " examples; give one an example.");
    }
    for (int n = 0; n < count; n++) {
      if (!(numbers[n] > 0) || Double.isInfinite(numbers[n])) {
        throw new IllegalArgumentException(where + ": the " + what + " of example " + n + " is "
            + numbers[n] + "; it must be positive and finite: leave out what must not count.");
      }
    }
    return new PerExample(numbers.clone());
  }

  static PerExample concat(List<PerExample> parts, int[] counts) {
    if (parts.stream().allMatch(PerExample::isOnes)) {
      return ONES;
    }
    return new PerExample(IntStream.range(0, counts.length)
        .mapToObj(i -> parts.get(i).values(counts[i]))
        .flatMapToDouble(part -> Arrays.stream(part.array()))
        .toArray());
  }

  boolean isOnes() {
    return numbers.length == 0;
  }

  PerExample select(int... indices) {
    return isOnes()
        ? this
        : new PerExample(Arrays.stream(indices).mapToDouble(n -> numbers[n]).toArray());
  }

  /** The numbers of {@code count} examples. */
  Tensor values(int count) {
    return isOnes() ? Tensor.ones(Shape.of(count)) : Tensor.vector(numbers);
  }
}
