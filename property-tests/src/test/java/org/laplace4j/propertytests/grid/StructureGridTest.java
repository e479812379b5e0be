package org.laplace4j.propertytests.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.propertytests.Checkout;
import org.laplace4j.propertytests.grid.Cell.Mark;
import org.laplace4j.propertytests.grid.Cell.Verdict;
import org.laplace4j.propertytests.invariants.Invariants;

/** No cell fails, docs/matrix.md is what is printed, and a cell that is wrong would fail. */
class StructureGridTest {
  private static final Path DOCUMENT = Checkout.root().resolve("docs/matrix.md");

  /** Where the document differs, target/matrix.md is what it should be. */
  @Test
  void noCellFailsAndTheDocumentIsWhatIsPrinted() throws IOException {
    StructureGrid grid = StructureGrid.of();
    String before = Files.readString(DOCUMENT);
    String head = before.substring(0, before.indexOf(StructureGrid.FIRST_LINE));
    String expected = head + grid.table();
    Files.writeString(Path.of("target", "matrix.md"), expected);
    assertThat(grid.verdicts())
        .hasSize(7 * 8 * 3 * 4)
        .allSatisfy((cell, verdict) -> assertThat(verdict.why()).as("%s", cell).isEmpty());
    assertThat(before).isEqualTo(expected);
  }

  /**
   * The oracle of each structure tells all others from it, but for the two that are the same
   * matrix.
   */
  @ParameterizedTest
  @EnumSource(Kept.class)
  void noStructurePassesForAnother(Kept kept) {
    Cell cell = new Cell(kept, Chosen.ALL, Believed.DIAGONAL, Observed.CATEGORICAL);
    for (Kept other : Kept.values()) {
      boolean same = other == kept || isExact(other) && isExact(kept);
      Verdict verdict = cell.verdict(other.structure());
      assertThat(verdict.mark())
          .as("%s as %s", other, kept)
          .isEqualTo(same ? Mark.PASSED : Mark.FAILED);
      if (!same) {
        assertThat(verdict.why())
            .contains(Invariants.PRECISION, Invariants.MAP, Invariants.EVIDENCE)
            .contains(Invariants.PREDICTIVE)
            .doesNotContain(Invariants.FROZEN, Invariants.SEED);
      }
    }
  }

  private static boolean isExact(Kept kept) {
    return kept == Kept.FULL || kept == Kept.FUNCTIONAL;
  }

  /** A part in a million of the curvature is noticed, by every oracle that does not iterate. */
  @ParameterizedTest
  @EnumSource(value = Kept.class, mode = EnumSource.Mode.EXCLUDE, names = "LOW_RANK")
  void aCurvatureThatIsOffByAMillionthIsCaught(Kept kept) {
    Cell cell = new Cell(kept, Chosen.RANDOM_TENTH, Believed.ISOTROPIC, Observed.BERNOULLI);
    assertThat(cell.verdict().mark()).isEqualTo(Mark.PASSED);
    Structure off = g -> kept.structure().curvature(g).times(1 + 1e-6);
    assertThat(cell.verdict(off).mark()).isEqualTo(Mark.FAILED);
  }

  @Test
  void whatFitDoesNotTakeIsRefusedInItsWords() {
    Structure refusing = g -> {
      throw new IllegalArgumentException("not over " + g.space().size() + " weights");
    };
    Cell cell = new Cell(Kept.FULL, Chosen.SINGLE_WEIGHT, Believed.LAYERWISE, Observed.GAUSSIAN_1);
    assertThat(cell.verdict(refusing)).isEqualTo(new Verdict(Mark.REFUSED, "not over 1 weights"));
  }
}
