package org.laplace4j.laplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.curvature.Cost;
import org.laplace4j.laplace.curvature.Curvature;
import org.laplace4j.laplace.curvature.GradientRows;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.curvature.Workload;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.prior.Prior;

class PlanTest {

  /** 300 → 150 → 4: 45,150 and 604 elements. */
  private static Sequential network() {
    SplittableRandom rng = new SplittableRandom(1);
    return Sequential.of(
        Linear.random(300, 150, rng), Activation.tanh(), Linear.random(150, 4, rng));
  }

  private static Dataset data() {
    return Dataset.of(Tensor.zeros(Shape.of(5, 300)), Targets.labels(0, 1, 2, 3, 0), 2);
  }

  private static Laplace<Categorical> laplace() {
    return Laplace.of(network(), new Categorical());
  }

  /** A structure that must not be asked for a curvature. */
  private record Costly(double bytes, double longestArray) implements Structure {
    @Override
    public Curvature curvature(GradientRows g) {
      throw new AssertionError("it was begun");
    }

    @Override
    public Optional<Cost> cost(Workload workload) {
      Cost.Stage stage = new Cost.Stage(bytes, 1);
      return Optional.of(new Cost(stage, stage, stage, stage, longestArray));
    }

    @Override
    public String toString() {
      return "costly";
    }
  }

  @Test
  void theWorkloadHasTheSizesOfDataNetworkAndSpace() {
    Workload w = laplace().plan(data()).workload();
    assertThat(w.examples()).isEqualTo(5);
    assertThat(w.batch()).isEqualTo(2);
    assertThat(w.outputs()).isEqualTo(4);
    assertThat(w.columns()).isEqualTo(3);
    assertThat(w.elements()).isEqualTo(45_754);
    assertThat(w.forward()).isEqualTo(2 * 45_754);
    assertThat(w.recorded()).isEqualTo(150 + 150 + 4);
    assertThat(w.parts().get(0))
        .isEqualTo(new Workload.Part("0.weight", 45_000, 150, 300, 1, true, true, true));
    assertThat(w.parts().get(1))
        .isEqualTo(new Workload.Part("0.bias", 150, 150, 1, 1, true, true, true));
  }

  @Test
  void aMaskAndAPriorShowInTheWorkload() {
    Plan plan = laplace()
        .over(WeightSubset.random(50, new SplittableRandom(3))
            .intersection(WeightSubset.named("0.weight")))
        .prior(Prior.isotropic(2))
        .plan(data());
    Workload.Part part = plan.workload().parts().get(0);
    assertThat(part.elements()).isBetween(40.0, 50.0);
    assertThat(part.rows()).isLessThanOrEqualTo(50);
    assertThat(part.rectangle()).isFalse();
    double[] precisions = new double[604];
    java.util.Arrays.setAll(precisions, i -> 1 + i);
    assertThat(laplace()
            .over(WeightSubset.lastLayer())
            .prior(Prior.diagonal(precisions))
            .plan(data())
            .workload()
            .parts())
        .allMatch(p -> p.rectangle() && !p.onePrecision());
  }

  /** H, P and its Cholesky factor, 604² numbers of 8 bytes each. */
  @Test
  void aFullPosteriorHoldsThreeMatrices() {
    Cost cost = laplace()
        .over(WeightSubset.lastLayer())
        .structure(Structure.full())
        .plan(data())
        .chosen()
        .cost()
        .orElseThrow();
    assertThat(cost.posterior().bytes()).isEqualTo(3 * 8 * 604.0 * 604);
    assertThat(cost.longestArray()).isEqualTo(604.0 * 604);
  }

  @Test
  void theTableHasALineForEachStructureWithTheChosenOneMarked() {
    Plan plan = laplace().structure(Structure.lowRank(7)).plan(data());
    List<String> lines = plan.toString().lines().toList();
    assertThat(lines.get(0)).contains("45,754 elements", "N = 5", "C = 4", "K = 3");
    assertThat(lines.get(1)).contains("structure", "fit", "posterior", "a prediction", "a draw");
    assertThat(lines.get(2)).startsWith("* lowRank(7)");
    assertThat(lines.subList(3, lines.size()))
        .hasSize(8)
        .allMatch(line -> line.startsWith("  ") && line.contains("flop"));
  }

  @Test
  void aUsersStructureThatDoesNotSayIsUnknownAndLetTry() {
    Structure own = g -> Structure.diagonal().curvature(g);
    Plan plan = laplace().structure(own).plan(data());
    assertThat(plan.chosen().cost()).isEmpty();
    assertThat(plan.fits(plan.chosen())).isTrue();
    assertThat(plan.toString().lines().toList().get(2)).contains("unknown");
    assertThat(laplace().structure(own).fit(data()).space().size()).isEqualTo(45_754);
  }

  @Test
  void theAlternativeKeepsMostOfWhatThereIsRoomFor() {
    Workload w = laplace().plan(data()).workload();
    assertThat(alternative(w, 1e12)).contains("full");
    assertThat(alternative(w, 1e8)).contains("functional");
    double joined = Structure.kroneckerWithJoinedBias().cost(w).orElseThrow().bytes();
    assertThat(alternative(w, joined)).contains("kroneckerWithJoinedBias");
    double diagonal = Structure.diagonal().cost(w).orElseThrow().bytes();
    assertThat(alternative(w, diagonal)).contains("diagonal");
    assertThat(alternative(w, diagonal - 1)).isEmpty();
  }

  private static Optional<String> alternative(Workload w, double heap) {
    return Plan.of(new Costly(heap + 1, 1), w, heap).alternative().map(Plan.Choice::structure);
  }

  @Test
  void aFitThatIsLargerThanTheHeapIsRefusedBeforeItBegins() {
    double twice = 2.0 * Runtime.getRuntime().maxMemory();
    Laplace<Categorical> tooLarge = laplace().structure(new Costly(twice, 1));
    assertThatThrownBy(() -> tooLarge.fit(data()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("costly")
        .hasMessageContaining("45,754")
        .hasMessageContaining(Plan.bytes(twice))
        .hasMessageContaining(Plan.bytes(twice / 2));
    assertThatThrownBy(() -> laplace().structure(new Costly(1, 3e9)).fit(data()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3,000,000,000");
  }

  /** 45,754² numbers are 17 GB in one array; the last layer's 604² are 3 MB. */
  @Test
  void aFullCurvatureThatDoesNotFitNamesTheStructureAndTheSubsetThatWould() {
    Plan small = Plan.of(Structure.full(), laplace().plan(data()).workload(), 1e9);
    Plan last =
        laplace().structure(Structure.full()).over(WeightSubset.lastLayer()).plan(data());
    assertThatThrownBy(() -> HeapCheck.require(small, () -> Optional.of(last)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("functional (")
        .hasMessageContaining("full over WeightSubset.lastLayer() (");
    assertThatThrownBy(() -> HeapCheck.require(
            Plan.of(Structure.full(), laplace().plan(data()).workload(), 1e3), Optional::empty))
        .hasMessageContaining("select fewer");
  }

  @Test
  void sizesArePrintedInTheNearestUnit() {
    assertThat(Plan.bytes(999)).isEqualTo("999 B");
    assertThat(Plan.bytes(1500)).isEqualTo("1.5 kB");
    assertThat(Plan.bytes(999_999)).isEqualTo("1.0 MB");
    assertThat(Plan.bytes(87.4e9)).isEqualTo("87 GB");
  }
}
