package org.laplace4j.autodiff;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a model is evaluated: an immutable assignment of a tensor to each parameter. The optimum
 * θ*, a posterior sample, or tracked tensors are all weights, so sampling and differentiating
 * change no model.
 */
public final class Weights {
  private final Map<Parameter, Tensor> values;

  private Weights(Map<Parameter, Tensor> values) {
    this.values = values;
  }

  /** The values that the parameters have now: a snapshot. */
  public static Weights of(Collection<Parameter> parameters) {
    Map<Parameter, Tensor> values = new LinkedHashMap<>();
    parameters.forEach(p -> values.put(p, p.value()));
    return new Weights(values);
  }

  /** The values that a model's parameters have now: a snapshot. */
  public static Weights of(Model<?> model) {
    return of(model.parameters().values());
  }

  /** The tensor of a parameter. */
  public Tensor get(Parameter parameter) {
    Tensor value = values.get(parameter);
    if (value == null) {
      throw new IllegalArgumentException(
          "Weights.get: the parameter " + parameter + " is not among the " + values.size()
              + " of these weights; take them from the model that is evaluated.");
    }
    return value;
  }

  /** These weights with other tensors for some parameters, of the same shapes. */
  public Weights with(Map<Parameter, Tensor> replaced) {
    Map<Parameter, Tensor> merged = new LinkedHashMap<>(values);
    replaced.forEach((parameter, value) -> {
      if (!value.shape().equals(get(parameter).shape())) {
        throw new IllegalArgumentException("Weights.with: '" + parameter.name() + "' has shape "
            + parameter.shape() + ", got " + value.shape() + ".");
      }
      merged.put(parameter, value);
    });
    return new Weights(merged);
  }

  /** Writes these values into the parameters. */
  public void store() {
    values.forEach(Parameter::set);
  }
}
