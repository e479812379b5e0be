package org.laplace4j.laplace.subset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.nn.Dataset;

/** The parameters with the given qualified names. */
record Named(List<String> names) implements WeightSubset {

  @Override
  public WeightMask select(Model<Tensor> model, Dataset data) {
    Map<String, Parameter> parameters = model.parameters();
    List<Parameter> selected = new ArrayList<>();
    for (String name : names) {
      Parameter parameter = parameters.get(name);
      if (parameter == null) {
        throw new IllegalArgumentException("WeightSubset.named: there is no parameter '" + name
            + "'; the model has " + parameters.keySet() + ".");
      }
      selected.add(parameter);
    }
    return WeightMask.all(selected);
  }
}
