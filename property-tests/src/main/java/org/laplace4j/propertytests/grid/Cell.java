package org.laplace4j.propertytests.grid;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.nn.Dataset;
import org.laplace4j.propertytests.invariants.Finding;
import org.laplace4j.propertytests.invariants.Finding.Outcome;
import org.laplace4j.propertytests.invariants.Invariants;

/** One combination of structure, subset, prior and likelihood. */
record Cell(Kept kept, Chosen chosen, Believed believed, Observed observed) {
  /** More than any cell has weights, so that the mean can be tested. */
  private static final int DRAWS = 64;

  /**
   * What became of a cell.
   *
   * @param mark one sign for the table
   * @param why what was refused or does not hold; empty for a cell that passed
   */
  record Verdict(Mark mark, String why) {}

  /** Signs of the table. */
  enum Mark {
    PASSED("✓"),
    REFUSED("r"),
    FAILED("✗");

    private final String sign;

    Mark(String sign) {
      this.sign = sign;
    }

    @Override
    public String toString() {
      return sign;
    }
  }

  static List<Cell> all() {
    List<Cell> cells = new ArrayList<>();
    for (Kept kept : Kept.values()) {
      for (Chosen chosen : Chosen.values()) {
        for (Observed observed : Observed.values()) {
          for (Believed believed : Believed.values()) {
            cells.add(new Cell(kept, chosen, believed, observed));
          }
        }
      }
    }
    return cells;
  }

  /** Fits and checks; what fit does not take is refused. */
  Verdict verdict() {
    return verdict(kept.structure());
  }

  /** The same for another structure that is to agree with this cell's oracle. */
  Verdict verdict(Structure structure) {
    SmallNetwork network =
        SmallNetwork.of(observed.outputs(), chosen == Chosen.ADAPTERS, observed.inputs());
    Dataset data = Dataset.of(observed.inputs(), observed.targets(), 4);
    ParameterSpace space =
        ParameterSpace.of(network.model(), chosen.subset().select(network.model(), data));
    LaplacePosterior<?> posterior;
    try {
      posterior = Laplace.of(network.model(), observed.likelihood())
          .over(chosen.subset())
          .structure(structure)
          .prior(believed.over(space))
          .fit(data);
    } catch (IllegalArgumentException e) {
      return new Verdict(Mark.REFUSED, e.getMessage());
    }
    DenseOracle oracle = new DenseOracle(network, observed, space);
    CellSubject subject = CellSubject.of(posterior, oracle, kept, Observed.normal(2, 3));
    String broken =
        Invariants.of(subject).draws(DRAWS).allowing(kept.relativeError()).check().stream()
            .filter(finding -> finding.outcome() != Outcome.PASSED)
            .map(Finding::toString)
            .collect(Collectors.joining("; "));
    return new Verdict(broken.isEmpty() ? Mark.PASSED : Mark.FAILED, broken);
  }

  @Override
  public String toString() {
    return kept + ", " + chosen + ", " + believed + ", " + observed;
  }
}
