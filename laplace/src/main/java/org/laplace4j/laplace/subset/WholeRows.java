package org.laplace4j.laplace.subset;

import java.util.List;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.nn.Dataset;

/** Rows of the parameter with the given qualified name: indices along its first axis. */
record WholeRows(String name, List<Integer> rows) implements WeightSubset {

  WholeRows {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "WeightSubset.rows: no row of '" + name + "' was given; give at least one.");
    }
  }

  @Override
  public WeightMask select(Model<Tensor> model, Dataset data) {
    Parameter parameter = model.parameters().get(name);
    if (parameter == null) {
      throw new IllegalArgumentException("WeightSubset.rows: there is no parameter '" + name
          + "'; the model has " + model.parameters().keySet() + ".");
    }
    Shape shape = parameter.shape();
    int count = shape.rank() == 0 ? 0 : shape.dim(0);
    for (int row : rows) {
      if (row < 0 || row >= count) {
        throw new IllegalArgumentException("WeightSubset.rows: row " + row + " was asked of '"
            + name + "' " + shape + ", which has " + count + ", counted from 0.");
      }
    }
    int[] chosen = rows.stream().mapToInt(Integer::intValue).toArray();
    return WeightMask.of(parameter, ElementMask.rows(shape, chosen));
  }
}
