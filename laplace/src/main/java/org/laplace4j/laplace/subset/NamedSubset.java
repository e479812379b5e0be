package org.laplace4j.laplace.subset;

import java.util.function.BiFunction;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.nn.Dataset;

/** A rule whose name messages can give. */
record NamedSubset(String name, BiFunction<Model<Tensor>, Dataset, WeightMask> rule)
    implements WeightSubset {

  @Override
  public WeightMask select(Model<Tensor> model, Dataset data) {
    return rule.apply(model, data);
  }

  /** For example {@code all}. */
  @Override
  public String toString() {
    return name;
  }
}
