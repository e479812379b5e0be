package org.laplace4j.laplace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.laplace4j.laplace.curvature.Cost;

/** Refuses, before it begins, a fit that cannot go into the heap, and says what could. */
final class HeapCheck {
  private HeapCheck() {}

  /**
   * Checks the chosen structure of a plan.
   *
   * @param lastLayer the plan of the same structure over the last layer, where there is another one
   */
  static void require(Plan plan, Supplier<Optional<Plan>> lastLayer) {
    require("Laplace.fit", plan, lastLayer);
  }

  /** The same of what else keeps curvatures. */
  static void require(String where, Plan plan, Supplier<Optional<Plan>> lastLayer) {
    if (plan.fits(plan.chosen())) {
      return;
    }
    Cost cost = plan.chosen().cost().orElseThrow();
    List<String> could = new ArrayList<>();
    plan.alternative().ifPresent(other -> could.add(other.structure() + need(other)));
    lastLayer
        .get()
        .filter(last -> last.fits(last.chosen()))
        .ifPresent(last -> could.add(
            last.chosen().structure() + " over WeightSubset.lastLayer()" + need(last.chosen())));
    throw new IllegalArgumentException(String.format(
        Locale.ROOT,
        "%s: Structure.%s over %,.0f elements needs %s of heap%s; there are %s. %s Laplace.plan shows what each"
            + " structure takes.",
        where,
        plan.chosen().structure(),
        plan.workload().elements(),
        Plan.bytes(cost.bytes()),
        cost.longestArray() <= Plan.LONGEST_ARRAY
            ? ""
            : String.format(Locale.ROOT, ", in an array of %,.0f numbers", cost.longestArray()),
        Plan.bytes(plan.heap()),
        could.isEmpty()
            ? "Nothing fits over these weights: select fewer."
            : String.join(", or ", could) + " would fit."));
  }

  /** For example {@code (1.5 GB)}. */
  private static String need(Plan.Choice choice) {
    return choice.cost().map(cost -> " (" + Plan.bytes(cost.bytes()) + ")").orElse("");
  }
}
