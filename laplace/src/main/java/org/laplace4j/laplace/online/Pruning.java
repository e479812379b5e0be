package org.laplace4j.laplace.online;

import java.util.LinkedHashMap;
import java.util.Map;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.laplace.LaplacePosterior;

/**
 * Which weights the evidence may do without: groups whose precision has grown so far beyond what
 * the data say of them that the prior alone holds them.
 *
 * <pre>
 *   γᵢ = 1 − δᵢ (P⁻¹)ᵢᵢ                  how much the data determine of θᵢ, 0 to 1
 *   a group G goes where  Σ γᵢ &lt; b |G|,  i ∈ G
 * </pre>
 *
 * <p>As δᵢ → ∞, γᵢ → 0, and the weight is its prior mean. Whether the evidence can do without all
 * of them together is left to who prunes, by the evidence of what remains.
 *
 * @param group what goes together
 * @param bound b, the mean γᵢ of a group below which it goes: 0.05 says that its precision is
 *     twenty times what the data add
 */
public record Pruning(Group group, double bound) {
  private static final double BOUND = 0.05;

  /**
   * Elements of one parameter tensor that go together. Rows and columns leave Kronecker factors
   * small; under single elements a Kronecker block becomes a dense one.
   */
  public enum Group {
    /** Each on its own: for a precision an element. */
    ELEMENT,
    /** Index i of axis 0: the weights into a unit. */
    ROW,
    /** Index j of the other axes: the weights from an input or a unit; a bias is one column. */
    COLUMN,
    /** All of a tensor: for a precision a tensor. */
    TENSOR
  }

  /** Checks that 0 &lt; b ≤ 1. */
  public Pruning {
    if (!(bound > 0 && bound <= 1)) {
      throw new IllegalArgumentException("Pruning: the bound on the mean γ of a group must be"
          + " greater than 0 and at most 1, got " + bound + ".");
    }
  }

  /** Single elements. */
  public static Pruning elements() {
    return new Pruning(Group.ELEMENT, BOUND);
  }

  /** Rows of each tensor: the weights into a unit. */
  public static Pruning rows() {
    return new Pruning(Group.ROW, BOUND);
  }

  /** Columns of each tensor: the weights from an input or a unit. */
  public static Pruning columns() {
    return new Pruning(Group.COLUMN, BOUND);
  }

  /** Whole tensors. */
  public static Pruning tensors() {
    return new Pruning(Group.TENSOR, BOUND);
  }

  /** The same under another bound. */
  public Pruning below(double b) {
    return new Pruning(group, b);
  }

  /** The elements to prune. */
  public WeightMask select(LaplacePosterior<?> posterior) {
    ParameterSpace space = posterior.space();
    double[] delta = posterior.prior().precisions(space);
    double[] variance = posterior.variances();
    Map<Parameter, ElementMask> doomed = new LinkedHashMap<>();
    for (ParameterSpace.Block block : space.blocks()) {
      int[] elements = block.mask().indices();
      Sums sums = new Sums(block.parameter().shape().size());
      for (int e = 0; e < elements.length; e++) {
        int i = block.offset() + e;
        sums.add(place(block.parameter(), elements[e]), 1 - delta[i] * variance[i]);
      }
      ElementMask going = ElementMask.where(
          block.parameter().shape(),
          e -> block.mask().contains(e) && sums.goes(place(block.parameter(), e), bound));
      doomed.put(block.parameter(), going);
    }
    return WeightMask.of(doomed);
  }

  private int place(Parameter parameter, int element) {
    int width = parameter.shape().rank() == 0 ? 1 : parameter.shape().drop(1).size();
    return switch (group) {
      case ELEMENT -> element;
      case ROW -> element / width;
      case COLUMN -> element % width;
      case TENSOR -> 0;
    };
  }

  /** Of each group its size and Σ γᵢ. */
  private record Sums(int[] size, double[] gamma) {
    Sums(int groups) {
      this(new int[groups], new double[groups]);
    }

    void add(int group, double gamma) {
      size[group]++;
      this.gamma[group] += gamma;
    }

    boolean goes(int group, double bound) {
      return gamma[group] < bound * size[group];
    }
  }
}
