package org.laplace4j.nn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.Tensor;

/**
 * A network, or a part of one: a model from a tensor to a tensor, whose parameters are its own and
 * those of its children. Anyone may write a module: {@code forward} in tensor operations, and the
 * parameters or the children by name.
 */
public interface Module extends Model<Tensor> {

  /**
   * The parameters that this module holds itself, by name; none for a mere container or an
   * activation.
   */
  default Map<String, Parameter> ownParameters() {
    return Map.of();
  }

  /** The modules inside this one, by name, in the order in which they are applied. */
  default Map<String, Module> children() {
    return Map.of();
  }

  /**
   * All parameters, by qualified names such as {@code 2.weight}: own ones first, then each child's.
   */
  @Override
  default Map<String, Parameter> parameters() {
    Map<String, Parameter> all = new LinkedHashMap<>(ownParameters());
    children()
        .forEach((child, module) ->
            module.parameters().forEach((name, p) -> all.put(child + "." + name, p)));
    return all;
  }
}
