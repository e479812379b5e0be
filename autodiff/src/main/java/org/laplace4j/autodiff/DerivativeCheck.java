package org.laplace4j.autodiff;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Whether the derivatives of an op or of a model are right: every rule against another way to the
 * same numbers, in random directions.
 *
 * <pre>
 *   adjoint            ⟨u, J v⟩ = ⟨Jᵀu, v⟩
 *   pushforward        J v = d/dε f(x + ε v)                                  by central differences
 *   pullback           Jᵀu = ∇⟨u, f⟩, one element after the other             by central differences
 *   secondOrder        H v for H = ∇²⟨u, f⟩: jvp of vjp = vjp of vjp = vjp of jvp
 *   secondDifference   H v = d/dε ∇⟨u, f⟩(x + ε v)                            by central differences
 *   stacking           K cotangents at once = one after the other
 *   exampleRows        row (n, k) = Jᵀ of cotangent k that is zero but at example n
 *   separation         changing one example leaves the output of the others
 * </pre>
 *
 * <p>Each number is the worst error max|a − b| / max(1, max|b|); what does not apply (an op that
 * does not stack) is 0. Give inputs of order 1, at least 0.01 away from kinks and poles. An op of
 * one's own is tested so:
 *
 * <pre>{@code
 * record Cube() implements Op {
 *   public Tensor forward(List<Tensor> in) {
 *     return in.get(0).square().times(in.get(0));
 *   }
 *   public Tensor jvp(int i, List<Tensor> in, Tensor y, Tensor dot) {
 *     return in.get(0).square().times(3).times(dot);
 *   }
 *   public Tensor vjp(int i, List<Tensor> in, Tensor y, Tensor bar) {
 *     return in.get(0).square().times(3).times(bar);
 *   }
 * }
 * DerivativeCheck.of(new Cube(), List.of(Tensor.vector(0.5, -1.2)), new Random(1)).requireWithin(1e-12, 1e-8);
 * }</pre>
 *
 * @param subject what was checked
 * @param adjoint pushforward against pullback, to rounding
 * @param pushforward J v against differences
 * @param pullback Jᵀu against differences
 * @param secondOrder the three orders of two sweeps against each other, to rounding
 * @param secondDifference the second derivative against differences
 * @param stacking stacked against looped cotangents, to rounding
 * @param exampleRows structured rows against single pullbacks, to rounding
 * @param separation how much an output changes with an example that it must not depend on, to
 *     rounding
 */
public record DerivativeCheck(
    String subject,
    double adjoint,
    double pushforward,
    double pullback,
    double secondOrder,
    double secondDifference,
    double stacking,
    double exampleRows,
    double separation) {

  /** Checks an op at the given inputs, with derivatives in all of them. */
  public static DerivativeCheck of(Op op, List<Tensor> inputs, RandomGenerator rng) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      parameters.put("input " + i, Parameter.of("input " + i, inputs.get(i)));
    }
    Model<Tensor> model = new OpAlone(op, parameters);
    MapCheck map = new MapCheck(
        model, ParameterSpace.of(model), Weights.of(model), Tensor.zeros(Shape.of(1)), rng);
    OpCheck rules = new OpCheck(op, inputs, rng);
    return new DerivativeCheck(
        "the op '" + op.label() + "' at " + inputs.stream().map(Tensor::shape).toList(),
        map.adjoint(),
        map.pushforward(),
        map.pullback(),
        map.secondOrder(),
        map.secondDifference(),
        rules.stacking(),
        rules.exampleRows(),
        rules.separation());
  }

  /**
   * Checks a model at the given weights and inputs x, axis 0 of which is the axis of examples.
   *
   * @throws IllegalArgumentException if an op of the model mixes examples
   */
  public static DerivativeCheck of(
      Model<Tensor> model, ParameterSpace space, Weights at, Tensor x, RandomGenerator rng) {
    MapCheck map = new MapCheck(model, space, at, x, rng);
    return new DerivativeCheck(
        "the model with parameters " + model.parameters().keySet() + " at " + x.shape(),
        map.adjoint(),
        map.pushforward(),
        map.pullback(),
        map.secondOrder(),
        map.secondDifference(),
        0,
        map.exampleRows(),
        map.separation());
  }

  /**
   * Returns this check if its errors are within two tolerances: one where both sides are sums of
   * the same numbers, and one where one side is a central difference (about 1e-12 and 1e-8 at
   * inputs of order 1).
   *
   * @throws IllegalStateException naming what failed, with the numbers
   */
  public DerivativeCheck requireWithin(double rounding, double difference) {
    require("adjoint: ⟨u, J v⟩ and ⟨Jᵀu, v⟩", adjoint, rounding);
    require("pushforward: jvp and central differences", pushforward, difference);
    require("pullback: vjp and central differences", pullback, difference);
    require("secondOrder: jvp of vjp, vjp of vjp and vjp of jvp", secondOrder, rounding);
    require(
        "secondDifference: second derivatives and central differences",
        secondDifference,
        difference);
    require("stacking: stacked and looped cotangents", stacking, rounding);
    require("exampleRows: the rows and single pullbacks", exampleRows, rounding);
    require(
        "separation: outputs before and after another example changed, where mixesExamples is false,",
        separation,
        rounding);
    return this;
  }

  private void require(String what, double error, double tolerance) {
    if (!(error <= tolerance)) {
      throw new IllegalStateException(
          "DerivativeCheck of " + subject + ": " + what + " differ by " + error + ", at most "
              + tolerance + " is allowed; correct the rule, or check away from kinks and poles.");
    }
  }

  /** max|a − b| / max(1, max|b|); NaN where a number is. */
  static double error(double[] a, double[] b) {
    double largest = 1;
    double worst = 0;
    for (int i = 0; i < b.length; i++) {
      largest = Math.max(largest, Math.abs(b[i]));
      worst = Math.max(worst, Math.abs(a[i] - b[i]));
    }
    return worst / largest;
  }

  /** Numbers uniform in [−1, 1]. */
  static double[] direction(int n, RandomGenerator rng) {
    double[] v = new double[n];
    java.util.Arrays.setAll(v, i -> 2 * rng.nextDouble() - 1);
    return v;
  }

  /** An op as a model whose parameters are the op's inputs; it takes no data. */
  private record OpAlone(Op op, Map<String, Parameter> parameters) implements Model<Tensor> {
    @Override
    public Tensor forward(Weights at, Tensor x) {
      return Tensor.apply(op, parameters.values().stream().map(at::get).toList());
    }
  }
}
