package org.laplace4j.propertytests.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.laplace4j.autodiff.DerivativeCheck;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Linearization;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.OutputOp;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.OutputRoots;
import org.laplace4j.linalg.rows.Rows;

/**
 * Whatever a model does with its parameters, and whichever elements are random: rows are the rows
 * of the Jacobian, the Jacobian is that of central differences, and frozen elements are not there.
 */
@Tag("scalar")
class InterfacesHoldProperties {
  // Sums of a few dozen products of numbers of order 1.
  private static final double ROUNDING = 1e-11;
  // Central differences of fourth order of compositions whose fifth derivatives reach 1e4.
  private static final double DIFFERENCE = 1e-8;

  /** A random mask over a model's parameters: each of them none, one row, all, or scattered. */
  private static WeightMask masks(Model<Tensor> model, Random random) {
    Map<Parameter, ElementMask> masks = new LinkedHashMap<>();
    for (Parameter p : model.parameters().values()) {
      masks.put(
          p,
          switch (random.nextInt(5)) {
            case 0 -> ElementMask.none(p.shape());
            case 1 -> ElementMask.all(p.shape());
            case 2 ->
              p.shape().rank() == 0
                  ? ElementMask.all(p.shape())
                  : ElementMask.rows(p.shape(), random.nextInt(p.shape().dim(0)));
            default -> ElementMask.where(p.shape(), i -> random.nextBoolean());
          });
    }
    return WeightMask.of(masks);
  }

  private static Linearization linearize(Model<Tensor> model, WeightMask mask, Tensor x) {
    return Linearization.of(model, ParameterSpace.of(model, mask), Weights.of(model), x);
  }

  @Property(tries = 400)
  void derivativesAreThoseOfCentralDifferencesToSecondOrder(
      @ForAll ParameterUse use, @ForAll @IntRange(min = 1, max = 3) int n, @ForAll Random random) {
    Model<Tensor> model = use.model(random);
    WeightMask mask = masks(model, random);
    Assume.that(mask.count() > 0);
    ParameterSpace space = ParameterSpace.of(model, mask);
    Tensor x = use.inputs(n, random);
    DerivativeCheck.of(model, space, Weights.of(model), x, random)
        .requireWithin(ROUNDING, DIFFERENCE);
  }

  @Property(tries = 400)
  void rowsAreTheColumnsTimesTheJacobianOfEachExample(
      @ForAll ParameterUse use,
      @ForAll @IntRange(min = 1, max = 4) int n,
      @ForAll @IntRange(min = 1, max = 3) int k,
      @ForAll Random random) {
    Model<Tensor> model = use.model(random);
    WeightMask mask = masks(model, random);
    Assume.that(mask.count() > 0);
    Linearization f = linearize(model, mask, use.inputs(n, random));
    Tensor columns = Tensors.signed(f.output().shape().prepend(k), random);
    Rows rows = f.rows(columns);
    assertThat(rows.examples()).isEqualTo(n);
    assertThat(rows.columns()).isEqualTo(k);
    int outputs = f.output().size() / n;
    Matrix jacobian = f.jacobian().reshape(n * outputs, f.space().size()).matrix();
    for (int example = 0; example < n; example++) {
      Matrix own = jacobian.rows(example * outputs, (example + 1) * outputs);
      for (int column = 0; column < k; column++) {
        double[] s =
            columns.slice(0, column, column + 1).slice(1, example, example + 1).array();
        assertThat(rows.dense().row(example * k + column))
            .containsExactly(own.transposeTimes(s), within(ROUNDING));
      }
    }
  }

  @Property(tries = 400)
  void rowsOfRootsThatAreNotWrittenOutAreThoseOfTheirColumns(
      @ForAll ParameterUse use,
      @ForAll @IntRange(min = 1, max = 4) int n,
      @ForAll @IntRange(min = 1, max = 2) int k,
      @ForAll Random random) {
    Model<Tensor> model = use.model(random);
    WeightMask mask = masks(model, random);
    Assume.that(mask.count() > 0);
    Linearization f = linearize(model, mask, use.inputs(n, random));
    Assume.that(f.output().shape().equals(Shape.of(n, 2)));
    OutputRoots roots = OutputRoots.of(
        Tensors.signed(Shape.of(n, k), random).matrix(),
        Tensors.signed(Shape.of(n, 2), random).matrix(),
        Tensors.signed(Shape.of(n, k), random).matrix());
    assertThat(f.rows(roots).dense().array())
        .containsExactly(f.rows(OutputOp.stacked(roots)).dense().array(), within(ROUNDING));
  }

  @Property(tries = 200)
  void frozenElementsAreAbsentAndTheOthersUnchanged(
      @ForAll ParameterUse use, @ForAll @IntRange(min = 1, max = 3) int n, @ForAll Random random) {
    Model<Tensor> model = use.model(random);
    WeightMask mask = masks(model, random);
    Assume.that(mask.count() > 0);
    Tensor x = use.inputs(n, random);
    Linearization all = linearize(model, WeightMask.all(model.parameters().values()), x);
    Linearization some = linearize(model, mask, x);
    int[] kept = positions(all.space(), mask);
    assertThat(some.space().size()).isEqualTo((int) mask.count()).isEqualTo(kept.length);

    Tensor columns = Tensors.signed(all.output().shape().prepend(2), random);
    Matrix whole = all.rows(columns).dense();
    assertThat(some.rows(columns).dense().array())
        .containsExactly(whole.selectColumns(kept).array(), within(ROUNDING));

    Tensor u = Tensors.signed(all.output().shape(), random);
    double[] gradient = all.pullback(u);
    double[] expected =
        java.util.stream.IntStream.of(kept).mapToDouble(i -> gradient[i]).toArray();
    assertThat(some.pullback(u)).containsExactly(expected, within(ROUNDING));

    freezeAllBut(model, mask);
    Linearization frozen = Linearization.of(model, ParameterSpace.of(model), Weights.of(model), x);
    assertThat(frozen.pullback(u)).containsExactly(some.pullback(u));
  }

  private static int[] positions(ParameterSpace space, WeightMask mask) {
    List<Integer> positions = new ArrayList<>();
    for (ParameterSpace.Block block : space.blocks()) {
      for (int index : mask.get(block.parameter()).indices()) {
        positions.add(block.offset() + index);
      }
    }
    return positions.stream().mapToInt(i -> i).toArray();
  }

  private static void freezeAllBut(Model<Tensor> model, WeightMask mask) {
    model.parameters().values().forEach(p -> p.setTrainable(mask.get(p)));
  }
}
