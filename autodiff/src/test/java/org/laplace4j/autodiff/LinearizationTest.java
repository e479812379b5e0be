package org.laplace4j.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.BlockRows;
import org.laplace4j.linalg.rows.DenseRows;
import org.laplace4j.linalg.rows.KhatriRaoRows;
import org.laplace4j.linalg.rows.Rows;
import org.laplace4j.linalg.rows.SelectedRows;

@Tag("scalar")
class LinearizationTest {
  // Sums of a few products of numbers of order 1.
  private static final double ROUNDING = 1e-13;

  private final Parameter w = Parameter.of("w", Tensor.of(Shape.of(2, 3), 1, -1, 2, 0.5, 3, -2));
  private final Parameter b = Parameter.of("b", Tensor.vector(0.1, 0.2));
  private final Tensor x = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);

  /** A model of w and b. */
  private record Formula(List<Parameter> used, BiFunction<Weights, Tensor, Tensor> f)
      implements Model<Tensor> {
    @Override
    public Tensor forward(Weights at, Tensor x) {
      return f.apply(at, x);
    }

    @Override
    public Map<String, Parameter> parameters() {
      Map<String, Parameter> parameters = new LinkedHashMap<>();
      used.forEach(p -> parameters.put(p.name(), p));
      return parameters;
    }
  }

  private Linearization linearize(BiFunction<Weights, Tensor, Tensor> f) {
    return linearize(WeightMask.all(List.of(w, b)), f);
  }

  private Linearization linearize(WeightMask mask, BiFunction<Weights, Tensor, Tensor> f) {
    Model<Tensor> model = new Formula(List.of(w, b), f);
    return Linearization.of(model, ParameterSpace.of(model, mask), Weights.of(model), x);
  }

  private Tensor affine(Weights at, Tensor input) {
    return input.affine(at.get(w), at.get(b));
  }

  private static Rows block(Rows rows, int at) {
    return ((BlockRows) rows).blocks().get(at);
  }

  private static void assertRowsAreJacobian(Linearization f) {
    Shape output = f.output().shape();
    int c = output.size() / output.dim(0);
    // Column k is output k of every example, so row (n, k) is row (n, k) of the Jacobian.
    double[] units = new double[c * output.size()];
    for (int k = 0; k < c; k++) {
      for (int n = 0; n < output.dim(0); n++) {
        units[k * output.size() + n * c + k] = 1;
      }
    }
    assertThat(f.rows(Tensor.of(output.prepend(c), units)).dense().array())
        .containsExactly(f.jacobian().array(), within(ROUNDING));
  }

  @Test
  void rowsOfAnAffineModelAreItsInputsAndOnes() {
    Linearization f = linearize(this::affine);
    // y₁ of example (1, 2, 3): its row is (1, 2, 3, 0, 0, 0 | 1, 0).
    Rows rows = f.rows(Tensor.of(Shape.of(1, 2, 2), 1, 0, 1, 0));
    assertThat(rows.dense().row(0)).containsExactly(1, 2, 3, 0, 0, 0, 1, 0);
    assertThat(rows.dense().row(1)).containsExactly(4, 5, 6, 0, 0, 0, 1, 0);
    assertThat(f.pullback(Tensor.of(Shape.of(2, 2), 1, 0, 1, 0)))
        .containsExactly(5, 7, 9, 0, 0, 0, 2, 0);
    assertThat(f.pushforward(new double[] {1, 0, 0, 0, 1, 0, 0, 10}).array())
        .containsExactly(1, 12, 4, 15);
  }

  @Test
  void rowsKeepTheirFactorsUnderAMask() {
    ElementMask scattered = ElementMask.ofIndices(w.shape(), 0, 4);
    Tensor columns = Tensor.ones(Shape.of(1, 2, 2));
    assertThat(block(linearize(this::affine).rows(columns), 0)).isInstanceOf(KhatriRaoRows.class);
    Rows some = linearize(WeightMask.of(w, scattered), this::affine).rows(columns);
    assertThat(block(some, 0)).isInstanceOf(SelectedRows.class);
    assertThat(some.dense().array()).containsExactly(1, 2, 4, 5);
    ElementMask rectangle = ElementMask.rectangle(w.shape(), new int[] {1}, new int[] {0, 2});
    Rows smaller = linearize(WeightMask.of(w, rectangle), this::affine).rows(columns);
    assertThat(block(smaller, 0)).isInstanceOf(KhatriRaoRows.class);
    assertThat(smaller.dense().array()).containsExactly(1, 3, 4, 6);
  }

  @Test
  void rowsKeepTheirFactorsThroughElementsThatOnlyMove() {
    BiFunction<Weights, Tensor, Tensor> reshaped =
        (at, input) -> input.affine(at.get(w).reshape(6).reshape(2, 3), at.get(b));
    Linearization f = linearize(reshaped);
    assertThat(block(f.rows(Tensor.ones(Shape.of(1, 2, 2))), 0)).isInstanceOf(KhatriRaoRows.class);
    assertRowsAreJacobian(f);
  }

  @Test
  void aMaskDoesNotChangeTheFormOfRows() {
    // Of two slices only one leads into the space, yet the parameter is used in parts.
    Tensor columns = Tensor.ones(Shape.of(1, 2, 1));
    BiFunction<Weights, Tensor, Tensor> sliced =
        (at, input) -> input.matmul(false, at.get(w).slice(0, 1, 2), true);
    Rows all = linearize(sliced).rows(columns);
    Rows some =
        linearize(WeightMask.of(w, ElementMask.rows(w.shape(), 1)), sliced).rows(columns);
    assertThat(block(all, 0)).isInstanceOf(DenseRows.class);
    assertThat(block(some, 0)).isInstanceOf(DenseRows.class);
    assertThat(some.dense().row(0)).containsExactly(1, 2, 3);
    assertThat(all.dense().row(0)).containsExactly(0, 0, 0, 1, 2, 3, 0, 0);
  }

  @Test
  void aTransposedWeightHasItsOwnElementsInOrder() {
    Linearization f = linearize((at, input) -> input.matmul(at.get(w).transpose()));
    // The model is x Wᵀ, so the rows are those of the affine model without its bias.
    assertThat(f.rows(Tensor.of(Shape.of(1, 2, 2), 1, 0, 1, 0)).dense().row(0))
        .containsExactly(1, 2, 3, 0, 0, 0, 0, 0);
    assertRowsAreJacobian(f);
  }

  @Test
  void manyExamplesAreMultipliedOutInChunks() {
    // 400 examples of a derived (60, 60) weight are more numbers than one chunk holds.
    Parameter left = Parameter.of("left", Tensor.full(Shape.of(60, 1), 0.1));
    Parameter right = Parameter.of("right", Tensor.full(Shape.of(1, 60), 0.2));
    Model<Tensor> model = new Formula(
        List.of(left, right),
        (at, input) -> input.matmul(at.get(left).matmul(at.get(right))).sum(true, 1));
    Random random = new Random(1);
    Tensor input = Tensor.adopt(Shape.of(400, 60), random.doubles(400 * 60).toArray());
    Linearization f = Linearization.of(model, ParameterSpace.of(model), Weights.of(model), input);
    Rows rows = f.rows(Tensor.ones(Shape.of(1, 400, 1)));
    // f = Σᵢⱼ xᵢ lᵢ rⱼ: ∂f/∂lᵢ = xᵢ Σ r = 12 xᵢ and ∂f/∂rⱼ = Σᵢ xᵢ lᵢ = 0.1 Σ x.
    for (int n : new int[] {0, 399}) {
      double[] row = rows.dense().row(n);
      double total = input.slice(0, n, n + 1).sum().item();
      assertThat(row[7]).isCloseTo(12 * input.get(n, 7), within(1e-11));
      assertThat(row[60 + 7]).isCloseTo(0.1 * total, within(1e-11));
    }
  }

  @Test
  void aParameterThatIsNotUsedHasZeroRowsThatCostLittle() {
    Linearization f = linearize((at, input) -> input.times(at.get(b).sum()));
    Rows rows = f.rows(Tensor.ones(Shape.of(1, 2, 3)));
    assertThat(block(rows, 0).dense().array()).containsOnly(0.0).hasSize(12);
    assertThat(block(rows, 0).storedNumbers()).isEqualTo(2 * 2 + 2 * 3); // N·K·out + N·in
    assertRowsAreJacobian(f);
  }

  @Test
  void aModelThatUsesNoneOfTheSpaceHasZeroDerivatives() {
    Linearization f = linearize(WeightMask.of(w, ElementMask.all(w.shape())), (at, input) -> input);
    assertThat(f.pushforward(new double[6]).array()).containsOnly(0.0);
    assertThat(f.pullback(Tensor.ones(x.shape()))).containsOnly(0.0);
    assertThat(f.rows(Tensor.ones(x.shape().prepend(1))).dense().array()).containsOnly(0.0);
  }

  @Test
  void opsThatMixExamplesAreRefusedByName() {
    Tensor columns = Tensor.ones(Shape.of(1, 2, 2));
    assertRefused(
        columns, "sum", (at, x) -> affine(at, x).sum(true, 0).broadcastTo(Shape.of(2, 2)));
    assertRefused(columns, "sum", (at, x) -> affine(at, x).minus(affine(at, x).mean(true, 0)));
    assertRefused(columns, "SwapAxes", (at, x) -> affine(at, x).transpose());
    assertRefused(columns, "Gather", (at, x) -> affine(at, x).gather(0, 1, 0));
    assertRefused(columns, "MatMul", (at, x) -> affine(at, x).matmul(false, affine(at, x), true));
    assertRefused(columns, "Reshape", (at, x) -> affine(at, x).reshape(1, 2, 2).reshape(2, 2));
    // (2, 1, 2) + (2, 2) repeats the second along a new axis 0 of the same length.
    assertRefused(
        columns,
        "add",
        (at, x) -> affine(at, x).reshape(2, 1, 2).plus(affine(at, x)).sum(false, 1));
  }

  private void assertRefused(Tensor columns, String op, BiFunction<Weights, Tensor, Tensor> f) {
    Linearization mixing = linearize(f);
    assertThatThrownBy(() -> mixing.rows(columns))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'" + op + "'", "mixes");
    assertThat(mixing.pullback(Tensor.ones(mixing.output().shape()))).hasSize(8);
  }

  @Test
  void dataMayBeMixedBeforeTheyMeetAParameter() {
    assertRowsAreJacobian(linearize((at, input) -> affine(at, input.minus(input.mean(true, 0)))));
  }

  /** y = x ∘ s − the mean over the examples: a user's op that does not say that it mixes. */
  private record Centre() implements Op {
    @Override
    public Tensor forward(List<Tensor> in) {
      Tensor scaled = in.get(0).times(in.get(1));
      return scaled.minus(scaled.mean(true, 0));
    }

    @Override
    public Tensor jvp(int i, List<Tensor> in, Tensor y, Tensor dot) {
      Tensor scaled = dot.times(in.get(1 - i));
      return scaled.minus(scaled.mean(true, 0));
    }

    @Override
    public Tensor vjp(int i, List<Tensor> in, Tensor y, Tensor bar) {
      Tensor scaled = bar.minus(bar.mean(true, 0)).times(in.get(1 - i));
      return i == 0 ? scaled : scaled.sum(false, 0);
    }
  }

  @Test
  void anOpThatMixesWithoutSayingSoIsFoundWhereExamplesAreRecordedAlone() {
    Linearization f =
        linearize((at, input) -> Tensor.apply(new Centre(), input.slice(1, 0, 2), at.get(b)));
    assertThatThrownBy(() -> f.rows(Tensor.ones(Shape.of(1, 2, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("example 0", "among all 2");
  }

  /** y = x + b with rows of a wrong width. */
  private record WrongRows() implements Op {
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
      return Optional.of(new DenseRows(Matrix.zeros(2, 5), 2, 1));
    }
  }

  @Test
  void rowsOfAWrongShapeAreRefusedByName() {
    Linearization f =
        linearize((at, input) -> Tensor.apply(new WrongRows(), input.slice(1, 0, 2), at.get(b)));
    assertThatThrownBy(() -> f.rows(Tensor.ones(Shape.of(1, 2, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'WrongRows'", "2 wanted", "5");
  }

  @Test
  void columnsMustFitTheOutputAndBeAtLeastOne() {
    Linearization f = linearize(this::affine);
    assertThatThrownBy(() -> f.rows(Tensor.ones(Shape.of(2, 2)))).hasMessageContaining("(2, 2)");
    assertThatThrownBy(() -> f.rows(Tensor.ones(Shape.of(1, 2, 3)))).hasMessageContaining("(2, 3)");
    assertThatThrownBy(() -> f.rows(Tensor.ones(Shape.of(0, 2, 2))))
        .hasMessageContaining("(0, 2, 2)");
    assertThatThrownBy(() -> f.pullback(Tensor.ones(Shape.of(2)))).hasMessageContaining("(2, 2)");
    assertThatThrownBy(() -> f.pushforward(new double[7])).hasMessageContainingAll("7", "8");
    Linearization scalar = linearize((at, input) -> affine(at, input).sum());
    assertThatThrownBy(() -> scalar.rows(Tensor.ones(Shape.of(1)))).hasMessageContaining("()");
  }

  @Test
  void aParameterWhoseValueCameFromDataIsNotData() {
    Parameter centre =
        Parameter.of("centre", Tensor.of(Shape.of(2, 3), 1, 1, 1, 1, 1, 1).asData());
    Model<Tensor> model = new Formula(
        List.of(w, b, centre),
        (at, input) -> input.affine(at.get(w).minus(at.get(centre)), at.get(b)));
    ParameterSpace space = ParameterSpace.of(model, WeightMask.all(List.of(w)));
    assertRowsAreJacobian(Linearization.of(model, space, Weights.of(model), x));
  }

  @Test
  void aMaskedGradientOfALossIsTheMaskedWholeGradient() {
    Model<Tensor> model = new Formula(List.of(w, b), this::affine);
    ParameterSpace all = ParameterSpace.of(model);
    ElementMask mask = ElementMask.ofIndices(w.shape(), 1, 5);
    ParameterSpace some = ParameterSpace.of(model, WeightMask.of(w, mask));
    double[] whole = Derivatives.gradient(
        all, Weights.of(model), at -> affine(at, x).square().sum());
    assertThat(Derivatives.gradient(
            some, Weights.of(model), at -> affine(at, x).square().sum()))
        .containsExactly(new double[] {whole[1], whole[5]}, within(1e-11));
  }

  @Test
  void ggnVectorProductIsJTransposeLambdaJ() {
    Linearization f = linearize((at, input) -> affine(at, input).tanh());
    double[] v = {1, 2, 3, 4, 5, 6, 7, 8};
    Matrix j = f.jacobian().reshape(4, 8).matrix();
    double[] lambda = {1, 2, 3, 4};
    double[] expected = j.transposeTimes(org.laplace4j.linalg.Arrays.times(lambda, j.times(v)));
    double[] product =
        Derivatives.ggnVectorProduct(f, u -> u.times(Tensor.of(Shape.of(2, 2), lambda)), v);
    assertThat(product).containsExactly(expected, within(1e-12));
  }

  @Test
  void aLossMustBeAScalar() {
    Model<Tensor> model = new Formula(List.of(w, b), this::affine);
    assertThatThrownBy(() ->
            Derivatives.gradient(ParameterSpace.of(model), Weights.of(model), at -> affine(at, x)))
        .hasMessageContaining("(2, 2)");
  }
}
