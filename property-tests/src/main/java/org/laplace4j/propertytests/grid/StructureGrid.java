package org.laplace4j.propertytests.grid;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.laplace4j.propertytests.grid.Cell.Mark;
import org.laplace4j.propertytests.grid.Cell.Verdict;

/**
 * Every structure × subset × prior × likelihood: prints the table of docs/matrix.md.
 *
 * <p>A line for each structure and subset, a column for each likelihood, in it a sign for each form
 * of prior. The exit status is 1 if a cell failed.
 */
public final class StructureGrid {
  /** What the counts begin with. */
  static final String FIRST_LINE = Cell.all().size() + " cells: ";

  private final Map<Cell, Verdict> verdicts;

  private StructureGrid(Map<Cell, Verdict> verdicts) {
    this.verdicts = verdicts;
  }

  /** Prints the table. */
  public static void main(String[] none) {
    System.exit(run(System.out));
  }

  static int run(PrintStream out) {
    StructureGrid grid = of();
    out.print(grid.table());
    return grid.count(Mark.FAILED) == 0 ? 0 : 1;
  }

  /** Checks every cell. */
  static StructureGrid of() {
    Map<Cell, Verdict> verdicts = new LinkedHashMap<>();
    Cell.all().forEach(cell -> verdicts.put(cell, cell.verdict()));
    return new StructureGrid(verdicts);
  }

  Map<Cell, Verdict> verdicts() {
    return verdicts;
  }

  long count(Mark mark) {
    return verdicts.values().stream().filter(verdict -> verdict.mark() == mark).count();
  }

  /** The counts, the table in Markdown, and below it why what did not pass did not. */
  String table() {
    StringBuilder text = new StringBuilder();
    text.append(FIRST_LINE + count(Mark.PASSED) + " passed, " + count(Mark.REFUSED) + " refused, "
        + count(Mark.FAILED) + " failed.\n\n");
    text.append("| structure | weights | " + joined(Observed.values(), " | ") + " |\n");
    text.append("|---|---|" + ":---:|".repeat(Observed.values().length) + "\n");
    for (Kept kept : Kept.values()) {
      for (Chosen chosen : Chosen.values()) {
        String signs = Stream.of(Observed.values())
            .map(observed -> signs(kept, chosen, observed))
            .collect(Collectors.joining(" | "));
        text.append("| " + kept + " | " + chosen + " | " + signs + " |\n");
      }
    }
    verdicts.forEach((cell, verdict) -> {
      if (verdict.mark() != Mark.PASSED) {
        text.append("\n" + verdict.mark() + " " + cell + ": " + verdict.why() + "\n");
      }
    });
    return text.toString();
  }

  private String signs(Kept kept, Chosen chosen, Observed observed) {
    return Stream.of(Believed.values())
        .map(believed -> new Cell(kept, chosen, believed, observed))
        .map(cell -> verdicts.get(cell).mark().toString())
        .collect(Collectors.joining());
  }

  private static String joined(Object[] values, String between) {
    return Stream.of(values).map(Object::toString).collect(Collectors.joining(between));
  }
}
