package org.laplace4j.laplace.subset;

import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.nn.Dataset;

/**
 * Which weights are random: a rule that gives a mask for a model. The posterior is over the
 * selected elements that are trainable; all others stay at their values. Anyone may write a rule.
 */
public interface WeightSubset {

  /** The selected elements of the model's parameters. */
  WeightMask select(Model<Tensor> model, Dataset data);

  /** Every element. */
  static WeightSubset all() {
    return (model, data) -> WeightMask.all(model.parameters().values());
  }

  /** The parameters of the last layer that has any. */
  static WeightSubset lastLayer() {
    return new LastLayer();
  }

  /** The parameters with the given qualified names, such as {@code 2.weight}. */
  static WeightSubset named(String... names) {
    return new Named(java.util.List.of(names));
  }

  /**
   * The n trainable elements of largest magnitude over all parameters; ties go to the earlier
   * element.
   */
  static WeightSubset largestMagnitude(int n) {
    return new LargestMagnitude(n);
  }

  /** The elements of a mask that is already there. */
  static WeightSubset of(WeightMask mask) {
    return (model, data) -> mask;
  }
}
