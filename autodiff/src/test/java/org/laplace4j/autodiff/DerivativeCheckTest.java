package org.laplace4j.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.DenseRows;
import org.laplace4j.linalg.rows.Rows;

@Tag("scalar")
class DerivativeCheckTest {
  // Sums of a few numbers of order 1.
  private static final double ROUNDING = 1e-12;
  // Central differences of fourth order, step 1e-3, of functions whose fifth derivatives are of
  // order 1.
  private static final double DIFFERENCE = 1e-9;

  private static final Tensor X = Tensor.of(Shape.of(2, 2), 0.5, -1.2, 0.3, 0.9);

  /** y = x³ with both slopes given, so that each can be wrong. */
  private record Cube(BinaryOperator<Tensor> jvpSlope, BinaryOperator<Tensor> vjpSlope)
      implements Op {
    @Override
    public Tensor forward(List<Tensor> in) {
      return in.get(0).square().times(in.get(0));
    }

    @Override
    public Tensor jvp(int i, List<Tensor> in, Tensor y, Tensor dot) {
      return dot.times(jvpSlope.apply(in.get(0), y));
    }

    @Override
    public Tensor vjp(int i, List<Tensor> in, Tensor y, Tensor bar) {
      return bar.times(vjpSlope.apply(in.get(0), y));
    }
  }

  private static Tensor slope(Tensor x, Tensor y) {
    return x.square().times(3);
  }

  /** y = x + x̄, with x̄ the mean over the examples. */
  private record Centred(boolean mixes, boolean stacks) implements Op {
    @Override
    public Tensor forward(List<Tensor> in) {
      return in.get(0).plus(in.get(0).mean(true, 0));
    }

    @Override
    public Tensor jvp(int i, List<Tensor> in, Tensor y, Tensor dot) {
      return dot.plus(dot.mean(true, 0));
    }

    @Override
    public Tensor vjp(int i, List<Tensor> in, Tensor y, Tensor bar) {
      return bar.plus(bar.mean(true, 0));
    }

    @Override
    public boolean mixesExamples(int i, List<Shape> in) {
      return mixes;
    }

    @Override
    public boolean stacks() {
      return stacks;
    }
  }

  /**
   * y = x + b for each example, whose rows are the cotangents times a factor, which should be 1.
   */
  private record Shift(double factor) implements Op {
    @Override
    public Tensor forward(List<Tensor> in) {
      return in.get(0).plus(in.get(1));
    }

    @Override
    public Tensor jvp(int i, List<Tensor> in, Tensor y, Tensor dot) {
      return dot.broadcastTo(y.shape());
    }

    @Override
    public Tensor vjp(int i, List<Tensor> in, Tensor y, Tensor bar) {
      return i == 0 ? bar : bar.sum(false, 0);
    }

    @Override
    public Optional<Rows> exampleRows(
        int i, List<Tensor> in, Tensor y, Tensor bars, ElementMask wanted) {
      int k = bars.shape().dim(0);
      int n = bars.shape().dim(1);
      Matrix rows = bars.swapAxes(0, 1).times(factor).reshape(n * k, 2).matrix();
      return i == 0 ? Optional.empty() : Optional.of(wanted.select(new DenseRows(rows, n, k)));
    }
  }

  private static DerivativeCheck check(Op op, Tensor... inputs) {
    return DerivativeCheck.of(op, List.of(inputs), new Random(1));
  }

  @Test
  void acceptsRightRules() {
    check(new Cube(DerivativeCheckTest::slope, DerivativeCheckTest::slope), X)
        .requireWithin(ROUNDING, DIFFERENCE);
    check(new Centred(true, false), X).requireWithin(ROUNDING, DIFFERENCE);
    check(new Shift(1), X, Tensor.vector(1, 2)).requireWithin(ROUNDING, DIFFERENCE);
  }

  @Test
  void findsAWrongJvp() {
    DerivativeCheck check = check(new Cube((x, y) -> x.square(), DerivativeCheckTest::slope), X);
    assertThat(check.adjoint()).isGreaterThan(0.01);
    assertThat(check.pushforward()).isGreaterThan(0.01);
    assertThat(check.pullback()).isLessThan(DIFFERENCE);
  }

  @Test
  void findsAWrongVjp() {
    DerivativeCheck check = check(new Cube(DerivativeCheckTest::slope, (x, y) -> x.square()), X);
    assertThat(check.adjoint()).isGreaterThan(0.01);
    assertThat(check.pullback()).isGreaterThan(0.01);
    assertThat(check.pushforward()).isLessThan(DIFFERENCE);
  }

  @Test
  void findsRulesThatAreRightOnceButNotTwice() {
    DerivativeCheck constant =
        check(new Cube((x, y) -> slope(x.detach(), y), (x, y) -> slope(x.detach(), y)), X);
    assertThat(constant.adjoint()).isLessThan(ROUNDING);
    assertThat(constant.pullback()).isLessThan(DIFFERENCE);
    assertThat(constant.secondDifference()).isGreaterThan(0.01);

    DerivativeCheck onlyVjp =
        check(new Cube((x, y) -> slope(x.detach(), y), DerivativeCheckTest::slope), X);
    assertThat(onlyVjp.adjoint()).isLessThan(ROUNDING);
    assertThat(onlyVjp.secondDifference()).isLessThan(DIFFERENCE);
    assertThat(onlyVjp.secondOrder()).isGreaterThan(0.01);
  }

  @Test
  void findsAnOpThatMixesExamplesWithoutSayingSo() {
    assertThat(check(new Centred(false, false), X).separation()).isGreaterThan(1e-4);
  }

  @Test
  void findsAnOpThatDoesNotStackThoughItSaysSo() {
    // The mean over axis 0 of stacked cotangents is the mean over the columns.
    assertThat(check(new Centred(true, true), X).stacking()).isGreaterThan(0.01);
  }

  @Test
  void findsWrongRowsOfExamples() {
    DerivativeCheck check = check(new Shift(2), X, Tensor.vector(1, 2));
    assertThat(check.exampleRows()).isGreaterThan(0.01);
    assertThat(check.adjoint()).isLessThan(ROUNDING);
  }

  @Test
  void namesTheRuleAndTheNumbersOfAFailure() {
    assertThatThrownBy(() -> check(new Cube((x, y) -> x, DerivativeCheckTest::slope), X)
            .requireWithin(ROUNDING, DIFFERENCE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("Cube", "(2, 2)", "adjoint", "1.0E-12");
  }

  @Test
  void aRuleThatIsNotANumberFails() {
    DerivativeCheck check =
        check(new Cube((x, y) -> x.times(Double.NaN), DerivativeCheckTest::slope), X);
    assertThatThrownBy(() -> check.requireWithin(ROUNDING, DIFFERENCE))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void checksAModelWithMasksRowsAndSeparation() {
    Parameter weight = Parameter.of("weight", Tensor.of(Shape.of(2, 2), 0.3, -0.4, 0.8, 0.1));
    weight.freeze(1);
    Parameter scale = Parameter.of("scale", Tensor.vector(1.1, 0.7));
    Model<Tensor> model = new Model<>() {
      @Override
      public Tensor forward(Weights at, Tensor x) {
        return x.matmul(false, at.get(weight), true).tanh().times(at.get(scale));
      }

      @Override
      public Map<String, Parameter> parameters() {
        return Map.of("weight", weight, "scale", scale);
      }
    };
    DerivativeCheck.of(model, ParameterSpace.of(model), Weights.of(model), X, new Random(3))
        .requireWithin(ROUNDING, DIFFERENCE);
  }
}
