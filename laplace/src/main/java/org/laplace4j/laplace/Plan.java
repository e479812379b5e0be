package org.laplace4j.laplace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.laplace4j.laplace.curvature.Cost;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.curvature.Workload;

/**
 * What a Laplace approximation would take over the chosen weights, structure by structure: heap and
 * operations to fit, to make the posterior, to predict at one input, and to draw once. Nothing is
 * fitted for it: one example is pulled back to see the sizes.
 *
 * @param workload the sizes
 * @param choices the chosen structure first, then the library's others, from what keeps all of the
 *     curvature to what keeps least
 * @param heap the bytes that the JVM may use
 */
public record Plan(Workload workload, List<Choice> choices, double heap) {

  /** The most numbers that a Java array can have. */
  static final double LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private static final List<Structure> STRUCTURES = List.of(
      Structure.full(),
      Structure.functional(),
      Structure.blockDiagonal(),
      Structure.ekfac(),
      Structure.kroneckerWithJoinedBias(),
      Structure.kronecker(),
      Structure.lowRank(50),
      Structure.diagonal());

  /**
   * One structure.
   *
   * @param structure its name
   * @param cost what it takes, where it says
   */
  public record Choice(String structure, Optional<Cost> cost) {}

  static Plan of(Structure chosen, Workload workload, double heap) {
    return of(chosen, workload, heap, structure -> structure.cost(workload));
  }

  /** Of a fit beside which a curvature of each output is kept, one of them of the sizes given. */
  static Plan besideOutputs(Structure chosen, Workload whole, Workload output, double heap) {
    return of(
        chosen,
        whole,
        heap,
        structure -> structure
            .cost(whole)
            .flatMap(cost -> structure.cost(output).map(of -> cost.beside(whole.outputs(), of))));
  }

  private static Plan of(
      Structure chosen, Workload workload, double heap, Function<Structure, Optional<Cost>> cost) {
    List<Choice> choices = new ArrayList<>();
    choices.add(new Choice(chosen.toString(), cost.apply(chosen)));
    for (Structure structure : STRUCTURES) {
      if (!structure.toString().equals(chosen.toString())) {
        choices.add(new Choice(structure.toString(), cost.apply(structure)));
      }
    }
    return new Plan(workload, choices, heap);
  }

  /** Copies the list. */
  public Plan {
    choices = List.copyOf(choices);
  }

  /** The structure that was chosen. */
  public Choice chosen() {
    return choices.get(0);
  }

  /** Whether a structure goes into the heap; one that does not say what it takes is let try. */
  public boolean fits(Choice choice) {
    return choice
        .cost()
        .map(cost -> cost.bytes() <= heap && cost.longestArray() <= LONGEST_ARRAY)
        .orElse(true);
  }

  /**
   * The same for so many posteriors, all of which are kept: what each holds, times their number.
   */
  Plan kept(int posteriors) {
    return new Plan(
        workload,
        choices.stream()
            .map(choice ->
                new Choice(choice.structure(), choice.cost().map(cost -> cost.kept(posteriors))))
            .toList(),
        heap);
  }

  /** Of the other structures the one that keeps most of the curvature and goes into the heap. */
  public Optional<Choice> alternative() {
    return choices.stream().skip(1).filter(this::fits).findFirst();
  }

  /** A table: a line a structure, the chosen one marked, and which of them do not fit. */
  @Override
  public String toString() {
    StringBuilder table = new StringBuilder(String.format(
        Locale.ROOT,
        "%,.0f elements, N = %,d, C = %d, K = %d, a heap of %s",
        workload.elements(),
        workload.examples(),
        workload.outputs(),
        workload.columns(),
        bytes(heap)));
    table.append(line("structure", List.of("fit", "posterior", "a prediction", "a draw"), ""));
    for (Choice choice : choices) {
      String mark = choice == chosen() ? "* " : "  ";
      table.append(
          line(mark + choice.structure(), stages(choice), fits(choice) ? "" : "does not fit"));
    }
    return table.toString();
  }

  private static String line(String name, List<String> cells, String remark) {
    StringBuilder line = new StringBuilder(String.format("%n%-26s", name));
    cells.forEach(cell -> line.append(String.format(" %-18s", cell)));
    return line.append(remark).toString().stripTrailing();
  }

  private static List<String> stages(Choice choice) {
    return choice
        .cost()
        .map(c ->
            List.of(stage(c.fit()), stage(c.posterior()), stage(c.prediction()), stage(c.draw())))
        .orElse(List.of("unknown"));
  }

  private static String stage(Cost.Stage stage) {
    return bytes(stage.bytes()) + ", " + scaled(stage.operations()) + "flop";
  }

  /** For example {@code 1.5 GB}. */
  static String bytes(double count) {
    return scaled(count) + "B";
  }

  private static String scaled(double count) {
    String prefixes = " kMGTPE";
    int power = 0;
    double rest = count;
    while (rest >= 999.5 && power < prefixes.length() - 1) {
      rest /= 1000;
      power++;
    }
    String prefix = power == 0 ? "" : prefixes.substring(power, power + 1);
    return String.format(Locale.ROOT, rest < 9.95 ? "%.1f %s" : "%.0f %s", rest, prefix);
  }
}
