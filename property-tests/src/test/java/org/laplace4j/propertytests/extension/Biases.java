package org.laplace4j.propertytests.extension;

import java.util.List;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.nn.Dataset;

/** A subset rule of one's own: every parameter that is called a bias. */
record Biases() implements WeightSubset {
  @Override
  public WeightMask select(Model<Tensor> model, Dataset data) {
    List<Parameter> biases = model.parameters().values().stream()
        .filter(parameter -> parameter.name().equals("bias"))
        .toList();
    return WeightMask.all(biases);
  }
}
