package org.laplace4j.laplace.subset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.nn.Dataset;

/** The parameters whose qualified names begin with a module's. */
record InsideModules(List<String> names) implements WeightSubset {

  @Override
  public WeightMask select(Model<Tensor> model, Dataset data) {
    Map<String, Parameter> parameters = model.parameters();
    List<Parameter> selected = new ArrayList<>();
    for (String module : names) {
      int before = selected.size();
      parameters.forEach((name, parameter) -> {
        if (name.startsWith(module + ".")) {
          selected.add(parameter);
        }
      });
      if (selected.size() == before) {
        throw new IllegalArgumentException("WeightSubset.modules: no parameter is inside a module '"
            + module + "'; the model has " + parameters.keySet() + ".");
      }
    }
    return WeightMask.all(selected);
  }
}
