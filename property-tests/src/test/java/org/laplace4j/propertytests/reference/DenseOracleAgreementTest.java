package org.laplace4j.propertytests.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.laplace4j.propertytests.ReferenceCases;
import org.laplace4j.propertytests.reference.Comparison.Verdict;

/**
 * Dense algebra and the reference agree, so the comparison itself, with its conversions, is right.
 */
class DenseOracleAgreementTest {
  @ParameterizedTest
  @ValueSource(strings = {"reg-2out", "cls-tanh-mlp"})
  void denseAlgebraAgreesWithTheReference(String name) throws IOException {
    List<Comparison> lines =
        new Agreement(DenseOracle.fitter()).of(ReferenceCase.read(ReferenceCases.folder(name)));

    assertThat(lines).noneMatch(line -> line.verdict() == Verdict.FAIL);
    // A dozen variants of some thirty quantities each.
    assertThat(lines).filteredOn(line -> line.verdict() == Verdict.PASS).hasSizeGreaterThan(400);
  }

  @Test
  void aWrongPosteriorFails() throws IOException {
    ReferenceCase of = ReferenceCase.read(ReferenceCases.folder("reg-2out"));

    List<Comparison> lines = new Agreement(doublingPriors()).of(of);

    assertThat(lines)
        .filteredOn(line -> line.variant().equals("all-diag") && line.verdict() == Verdict.FAIL)
        .extracting(Comparison::quantity)
        .contains("posterior_variance", "scatter", "marglik", "f_var", "joint_cov", "log_prob")
        .doesNotContain("H", "loss", "f_mu");
    assertThat(lines)
        .filteredOn(line -> line.variant().equals("all-diag") && line.quantity().equals("marglik"))
        .singleElement()
        .satisfies(line -> assertThat(line.note())
            .matches("dense algebra is .*e-0[1-3] from us and .*e-1[4-9] from the reference"));
  }

  @Test
  void aFitThatBreaksFailsItsOwnLinesOnly() throws IOException {
    ReferenceCase of = ReferenceCase.read(ReferenceCases.folder("reg-2out"));

    List<Comparison> lines = new Agreement(breakingOn("all-diag")).of(of);

    assertThat(lines)
        .filteredOn(line -> line.variant().equals("all-diag"))
        .allMatch(line -> line.verdict() == Verdict.FAIL && line.note().contains("out of luck"));
    assertThat(lines)
        .anyMatch(line -> line.variant().equals("ll-diag") && line.verdict() == Verdict.PASS);
  }

  private static Fitter doublingPriors() {
    return diagonalOnly((of, variant) -> DenseOracle.fitter()
        .fit(of, variant)
        .with(Precisions.scalar(2 * variant.priorPrecision()), variant.sigmaNoise()));
  }

  private static Fitter breakingOn(String name) {
    return diagonalOnly((of, variant) -> {
      if (variant.name().equals(name)) {
        throw new IllegalStateException("out of luck");
      }
      return DenseOracle.fitter().fit(of, variant);
    });
  }

  private interface Fit {
    Fitted of(ReferenceCase of, ReferenceVariant variant);
  }

  private static Fitter diagonalOnly(Fit fit) {
    return new Fitter() {
      @Override
      public Optional<String> missing(ReferenceCase of, ReferenceVariant variant) {
        return variant.name().endsWith("l-diag") ? Optional.empty() : Optional.of("not diagonal");
      }

      @Override
      public Fitted fit(ReferenceCase of, ReferenceVariant variant) {
        return fit.of(of, variant);
      }
    };
  }
}
