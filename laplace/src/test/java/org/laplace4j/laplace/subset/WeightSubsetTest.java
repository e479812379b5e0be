package org.laplace4j.laplace.subset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.layer.LoRALinear;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Prior;
import org.laplace4j.nn.train.Sgd;
import org.laplace4j.nn.train.SwagDiagonal;

class WeightSubsetTest {
  private static final Dataset DATA = Dataset.of(Tensor.zeros(Shape.of(1, 2)), Targets.labels(0));

  private final Linear first =
      Linear.of(Tensor.of(Shape.of(2, 2), 1, -5, 3, 2), Tensor.vector(0.5, -4));
  private final Linear second = Linear.of(Tensor.of(Shape.of(1, 2), 4, 0), Tensor.vector(-3));
  private final Sequential model = Sequential.of(first, Activation.tanh(), second);

  private WeightMask select(WeightSubset subset) {
    return subset.select(model, DATA);
  }

  @Test
  void allIsEveryElement() {
    assertThat(select(WeightSubset.all()).count()).isEqualTo(9);
  }

  @Test
  void theLastLayerIsTheLastWithParameters() {
    WeightMask mask =
        WeightSubset.lastLayer().select(Sequential.of(first, second, Activation.tanh()), DATA);
    assertThat(mask.get(second.weight()).isAll()).isTrue();
    assertThat(mask.get(second.bias()).isAll()).isTrue();
    assertThat(mask.count()).isEqualTo(3);
  }

  /** The base is frozen, so what is random of the layer is the adapter. */
  @Test
  void anAdapterIsOneLayerWithWhatItAdapts() {
    LoRALinear adapter = LoRALinear.of(second, 1, 1, new SplittableRandom(1));
    Sequential adapted = Sequential.of(first, Activation.tanh(), adapter);
    WeightMask mask = WeightSubset.lastLayer().select(adapted, DATA);
    assertThat(mask.get(adapter.a()).isAll()).isTrue();
    assertThat(mask.get(adapter.b()).isAll()).isTrue();
    assertThat(mask.get(first.weight()).count()).isZero();
    WeightMask trainable = WeightMask.trainable(adapted.parameters().values());
    assertThat(mask.intersection(trainable).count()).isEqualTo(2 + 1);
  }

  /** At x = (1, 1e-9) the gradients differ by 1e9, so their squares by more than a double has. */
  @Test
  void theLargestGradientsAreToldApartHoweverSmall() {
    Linear linear = Linear.of(Tensor.of(Shape.of(1, 3), 1, 1, 1), Tensor.vector(0));
    Dataset data = Dataset.of(
        Tensor.of(Shape.of(1, 3), 1e-10, 1e-9, 1e-11),
        Targets.values(Tensor.of(Shape.of(1, 1), 5)));
    WeightMask mask = WeightSubset.largestGradient(2, Gaussian.of(1)).select(linear, data);
    assertThat(mask.get(linear.bias()).count()).isOne();
    assertThat(mask.get(linear.weight()).indices()).containsExactly(1);
  }

  @Test
  void theLastLayerMayBeNested() {
    WeightMask mask = WeightSubset.lastLayer()
        .select(Sequential.of(first, Sequential.of(second, Activation.tanh())), DATA);
    assertThat(mask.count()).isEqualTo(3);
  }

  @Test
  void aModelWithoutLayersHasNoLastOne() {
    Model<Tensor> alone = new Model<>() {
      @Override
      public Tensor forward(Weights at, Tensor x) {
        return x;
      }

      @Override
      public Map<String, Parameter> parameters() {
        return Map.of();
      }
    };
    assertThatThrownBy(() -> WeightSubset.lastLayer().select(alone, DATA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("WeightSubset.named");
    assertThatThrownBy(() -> WeightSubset.lastLayer().select(Sequential.of(), DATA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no layer");
  }

  @Test
  void namesAreThoseOfTheParameters() {
    WeightMask mask = select(WeightSubset.named("0.bias", "2.weight"));
    assertThat(mask.get(first.bias()).isAll()).isTrue();
    assertThat(mask.get(second.weight()).isAll()).isTrue();
    assertThat(mask.count()).isEqualTo(4);
    assertThatThrownBy(() -> select(WeightSubset.named("1.weight")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.weight")
        .hasMessageContaining("[0.weight, 0.bias, 2.weight, 2.bias]");
  }

  /** The weight (2, 2) has elements 0 and 1 in row 0, 2 and 3 in row 1; a bias one a row. */
  @Test
  void rowsAreTheWeightsIntoUnits() {
    WeightMask unit =
        select(WeightSubset.rows("0.weight", 1).union(WeightSubset.rows("0.bias", 1)));
    assertThat(unit.get(first.weight()).indices()).containsExactly(2, 3);
    assertThat(unit.get(first.bias()).indices()).containsExactly(1);
    assertThat(unit.count()).isEqualTo(3);
    assertThat(
            select(WeightSubset.rows("0.weight", 1, 0, 1)).get(first.weight()).isAll())
        .isTrue();
    // Of the three elements one is frozen.
    first.weight().freeze(2);
    assertThat(Laplace.of(model, Gaussian.of(1))
            .over(WeightSubset.rows("0.weight", 1).union(WeightSubset.rows("0.bias", 1)))
            .fit(Dataset.of(
                Tensor.of(Shape.of(1, 2), 1, 2), Targets.values(Tensor.of(Shape.of(1, 1), 3))))
            .space()
            .size())
        .isEqualTo(2);
  }

  @Test
  void refusesRowsThatThereAreNot() {
    assertThatThrownBy(() -> select(WeightSubset.rows("1.weight", 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'1.weight'")
        .hasMessageContaining("[0.weight, 0.bias, 2.weight, 2.bias]");
    for (int row : new int[] {-1, 2}) {
      assertThatThrownBy(() -> select(WeightSubset.rows("0.weight", 0, row)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("row " + row)
          .hasMessageContaining("(2, 2), which has 2");
    }
    assertThatThrownBy(() -> WeightSubset.rows("0.weight"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
  }

  @Test
  void theLargestAreThoseOfLargestMagnitudeAndOfEqualsTheEarlier() {
    // 5; then 4 twice, of which the bias of the first layer comes before the second layer.
    WeightMask mask = select(WeightSubset.largestMagnitude(2));
    assertThat(mask.get(first.weight()).indices()).containsExactly(1);
    assertThat(mask.get(first.bias()).indices()).containsExactly(1);
    assertThat(mask.count()).isEqualTo(2);
  }

  @Test
  void frozenElementsAreNotAmongTheLargest() {
    first.weight().freeze(1);
    first.bias().freeze(1);
    WeightMask mask = select(WeightSubset.largestMagnitude(1));
    assertThat(mask.get(second.weight()).indices()).containsExactly(0);
    assertThatThrownBy(() -> select(WeightSubset.largestMagnitude(8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8")
        .hasMessageContaining("7");
  }

  @Test
  void aMaskIsTakenAsItIs() {
    WeightMask given = WeightMask.of(first.bias(), ElementMask.ofIndices(Shape.of(2), 1));
    assertThat(select(WeightSubset.of(given))).isSameAs(given);
    assertThat(WeightSubset.of(given)).hasToString("the 1 elements of a mask");
  }

  @Test
  void aRandomChoiceIsMadeOnce() {
    WeightSubset three = WeightSubset.random(3, new SplittableRandom(1));
    List<int[]> chosen = indices(select(three));
    assertThat(chosen.stream().mapToInt(each -> each.length).sum()).isEqualTo(3);
    assertThat(indices(select(three))).usingRecursiveComparison().isEqualTo(chosen);
  }

  /**
   * The output does not depend on what follows a dead unit: the first unit has weights 0 after it,
   * so only the prior moves its weights; under a vanishing prior they do not wander at all.
   */
  @Test
  void theLargestSwagVariancesAreOfTheWeightsThatWander() {
    Linear one = Linear.of(Tensor.of(Shape.of(2, 1), 0.5, 0.5), Tensor.vector(0, 0));
    Linear out = Linear.of(Tensor.of(Shape.of(1, 2), 0, 1), Tensor.vector(0));
    out.weight().freeze(0);
    Tensor x = Tensor.of(Shape.of(4, 1), -2, -1, 1, 2);
    Targets y = Targets.values(Tensor.of(Shape.of(4, 1), -3, 1, -1, 3));
    WeightSubset swag = WeightSubset.largestSwagVariance(
        4,
        Gaussian.of(1),
        Prior.isotropic(1e-12),
        new SwagDiagonal(Sgd.of(0.02), 5, 1),
        new SplittableRandom(1));
    Sequential model = Sequential.of(one, Activation.tanh(), out);
    WeightMask mask = swag.select(model, Dataset.of(x, y));
    assertThat(mask.get(one.weight()).indices()).containsExactly(1);
    assertThat(mask.get(one.bias()).indices()).containsExactly(1);
    assertThat(mask.get(out.weight()).indices()).containsExactly(1);
    assertThat(mask.get(out.bias()).isAll()).isTrue();
    assertThat(indices(swag.select(model, Dataset.of(x, y))))
        .usingRecursiveComparison()
        .isEqualTo(indices(mask));
  }

  private static List<int[]> indices(WeightMask mask) {
    return StreamSupport.stream(mask.parameters().spliterator(), false)
        .map(parameter -> mask.get(parameter).indices())
        .toList();
  }
}
