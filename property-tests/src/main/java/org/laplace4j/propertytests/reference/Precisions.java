package org.laplace4j.propertytests.reference;

import java.util.Arrays;
import java.util.List;

/**
 * The precisions of a Gaussian prior: one for all elements, one a parameter tensor, or one an
 * element.
 *
 * @param values as many as the form asks for
 */
public record Precisions(Form form, double[] values) {
  /** How many elements share a precision. The names are those of the reference. */
  public enum Form {
    /** All of them. */
    SCALAR,
    /** Those of one parameter tensor. */
    LAYERWISE,
    /** None. */
    DIAG
  }

  /** One precision for every element. */
  public static Precisions scalar(double value) {
    return new Precisions(Form.SCALAR, new double[] {value});
  }

  /**
   * The number of elements that share each precision, where the parameter tensors have these sizes.
   */
  static int[] groups(Form form, List<Integer> blocks) {
    int size = blocks.stream().mapToInt(Integer::intValue).sum();
    return switch (form) {
      case SCALAR -> new int[] {size};
      case LAYERWISE -> blocks.stream().mapToInt(Integer::intValue).toArray();
      case DIAG -> ones(size);
    };
  }

  /** One precision an element, where the parameter tensors have these sizes. */
  double[] elements(List<Integer> blocks) {
    int[] groups = groups(form, blocks);
    if (groups.length != values.length) {
      throw new IllegalArgumentException("Precisions: " + groups.length
          + " are required for a prior of form " + form + ", " + values.length + " came");
    }
    var elements = new double[Arrays.stream(groups).sum()];
    int at = 0;
    for (int g = 0; g < groups.length; g++) {
      Arrays.fill(elements, at, at + groups[g], values[g]);
      at += groups[g];
    }
    return elements;
  }

  private static int[] ones(int count) {
    var ones = new int[count];
    Arrays.fill(ones, 1);
    return ones;
  }
}
