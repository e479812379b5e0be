package org.laplace4j.nn.layer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.nn.Module;

/**
 * y = Σᵢ fᵢ(x): branches that see the same input, and whose outputs of the same shape are added.
 */
public final class Add implements Module {
  private final Map<String, Module> branches;

  private Add(Map<String, Module> branches) {
    this.branches = branches;
  }

  /**
   * The sum of the given branches, added in the map's order; the names qualify those of the
   * parameters.
   */
  public static Add of(Map<String, ? extends Module> branches) {
    if (branches.isEmpty()) {
      throw new IllegalArgumentException("Add.of: 0 branches were given; at least one is needed.");
    }
    return new Add(Collections.unmodifiableMap(new LinkedHashMap<>(branches)));
  }

  /** A residual block, x + f(x); parameters are called {@code name.…}. */
  public static Add residual(String name, Module f) {
    Map<String, Module> branches = new LinkedHashMap<>();
    branches.put(name, f);
    if (branches.put("identity", Sequential.of()) != null) {
      throw new IllegalArgumentException(
          "Add.residual: the name 'identity' is that of the branch x; give f another one.");
    }
    return of(branches);
  }

  @Override
  public Map<String, Module> children() {
    return branches;
  }

  @Override
  public Tensor forward(Weights at, Tensor x) {
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    branches.forEach((name, branch) -> outputs.put(name, branch.forward(at, x)));
    checkSameShape(outputs);
    return outputs.values().stream().reduce(Tensor::plus).orElseThrow();
  }

  /**
   * Shapes that merely broadcast are a mistake here: a residual of width 1 would be added to every
   * feature.
   */
  private static void checkSameShape(Map<String, Tensor> outputs) {
    if (outputs.values().stream().map(Tensor::shape).distinct().count() > 1) {
      Map<String, String> shapes = new LinkedHashMap<>();
      outputs.forEach((name, output) -> shapes.put(name, output.shape().toString()));
      throw new IllegalArgumentException(
          "Add: the branches must have outputs of the same shape, got " + shapes + ".");
    }
  }

  /** For example {@code Add{f=[Linear 4 → 4, tanh], identity=[]}}. */
  @Override
  public String toString() {
    return "Add" + branches;
  }
}
