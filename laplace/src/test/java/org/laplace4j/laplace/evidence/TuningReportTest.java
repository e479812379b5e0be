package org.laplace4j.laplace.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TuningReportTest {

  @Test
  void aSuccessIsOneLine() {
    assertThat(new TuningReport(-12.5, -10.25, 3.14, 9, List.of(-12.5, -10.25), 1e-6, true, 0))
        .hasToString("log evidence -12.500 -> -10.250 in 9 evaluations, 3.1 effective parameters");
  }

  @Test
  void whatIsNotInOrderIsAppended() {
    assertThat(new TuningReport(-12.5, -10.25, 3.14, 9, List.of(), 0.5, false, 2).toString())
        .endsWith("; 2 value(s) on an edge of the range; not converged, gradient 0.5");
  }

  @Test
  void evidenceAddsItsTerms() {
    assertThat(new Evidence(-10, 4, 2).logMarginalLikelihood()).isEqualTo(-13);
  }
}
