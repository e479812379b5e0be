package org.laplace4j.propertytests.invariants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.laplace4j.propertytests.invariants.Invariants.BATCH;
import static org.laplace4j.propertytests.invariants.Invariants.COVARIANCE;
import static org.laplace4j.propertytests.invariants.Invariants.EVIDENCE;
import static org.laplace4j.propertytests.invariants.Invariants.FROZEN;
import static org.laplace4j.propertytests.invariants.Invariants.INDEPENDENCE;
import static org.laplace4j.propertytests.invariants.Invariants.MAP;
import static org.laplace4j.propertytests.invariants.Invariants.MEAN;
import static org.laplace4j.propertytests.invariants.Invariants.PRECISION;
import static org.laplace4j.propertytests.invariants.Invariants.PREDICTIVE;
import static org.laplace4j.propertytests.invariants.Invariants.SEED;
import static org.laplace4j.propertytests.invariants.Invariants.THREADS;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.propertytests.invariants.Finding.Outcome;

/**
 * Samplers that are wrong on purpose are caught by the invariant that names what is wrong, and by
 * no other.
 */
class WrongSamplersTest {
  private final ToyGaussian right = ToyGaussian.right();

  private static List<String> failed(GaussianSubject subject) {
    return names(Invariants.of(subject), Outcome.FAILED);
  }

  private static List<String> names(Invariants invariants, Outcome outcome) {
    return invariants.check().stream()
        .filter(finding -> finding.outcome() == outcome)
        .map(Finding::invariant)
        .toList();
  }

  /** 200 seeds × 3 tests at 1e-6: a false alarm among them once in 1,600 lists of seeds. */
  @Test
  void aRightSamplerPassesFromEverySeed() {
    LongStream.range(0, 200)
        .forEach(seed -> Invariants.of(right).seed(seed).draws(100).requireAll());
    assertThat(names(Invariants.of(right), Outcome.PASSED))
        .containsExactly(PRECISION, MAP, MEAN, COVARIANCE, INDEPENDENCE, FROZEN, SEED, THREADS);
    assertThat(names(Invariants.of(right), Outcome.NOT_GIVEN))
        .containsExactly(BATCH, EVIDENCE, PREDICTIVE);
  }

  /** P = L Lᵀ: z L⁻¹ has the covariance L⁻ᵀ L⁻¹, L⁻¹ z has another. */
  @Test
  void aForgottenTransposeIsCaught() {
    ToyGaussian wrong = right.mapping(new Cholesky(right.p()).solveLower(Matrix.identity(5)));
    assertThat(failed(wrong)).containsExactly(MAP, COVARIANCE);
    assertThat(failed(wrong.keepingItsMapToItself())).containsExactly(COVARIANCE);
  }

  @Test
  void eigenvaluesLeftOutAreCaught() {
    ToyGaussian wrong = right.mapping(right.eigen().vectors());
    assertThat(failed(wrong)).containsExactly(MAP, COVARIANCE);
    assertThat(failed(wrong.keepingItsMapToItself())).containsExactly(COVARIANCE);
  }

  @Test
  void oneDoubledVarianceIsCaughtWhereverItIs() {
    double[] roots = Arrays.map(right.eigen().values(), v -> 1 / Math.sqrt(v));
    for (int i = 0; i < 5; i++) {
      double[] doubled = roots.clone();
      doubled[i] *= Math.sqrt(2);
      ToyGaussian wrong = right.mapping(right.eigen().vectors().scaleColumns(doubled));
      assertThat(failed(wrong)).containsExactly(MAP, COVARIANCE);
      assertThat(failed(wrong.keepingItsMapToItself())).containsExactly(COVARIANCE);
      double[] rows = {1, 1, 1, 1, 1};
      rows[i] = Math.sqrt(2);
      assertThat(failed(right.mapping(right.map().scaleRows(rows))))
          .containsExactly(MAP, COVARIANCE);
    }
  }

  @Test
  void frozenEntriesThatAreDrawnAreCaughtToTheLastBit() {
    assertThat(failed(right.drawingTheRest())).containsExactly(FROZEN);
  }

  @Test
  void aSeedThatIsNotLookedAtIsCaught() {
    assertThat(failed(right.streaming((seed, index) -> ToyGaussian.noise(7, index))))
        .containsExactly(INDEPENDENCE, SEED);
  }

  @Test
  void aStreamThatStartsAgainIsCaught() {
    assertThat(failed(right.streaming((seed, index) -> ToyGaussian.noise(seed, index % 10))))
        .contains(INDEPENDENCE, SEED);
    assertThat(failed(right.streaming((seed, index) -> ToyGaussian.noise(seed, index % 1000))))
        .containsExactly(INDEPENDENCE);
  }

  /** Draws in pairs ±: the mean and every variance are right, but there are half as many draws. */
  @Test
  void drawsThatDependOnEachOtherAreCaught() {
    assertThat(failed(right.streaming((seed, index) ->
            Arrays.scale(ToyGaussian.noise(seed, index / 2), index % 2 == 0 ? 1 : -1))))
        .contains(INDEPENDENCE);
  }

  @Test
  void drawsThatDependOnWhatWasDrawnBeforeAreCaught() {
    AtomicInteger calls = new AtomicInteger();
    assertThat(failed(
            right.streaming((seed, index) -> ToyGaussian.noise(seed, calls.incrementAndGet()))))
        .contains(SEED, THREADS, FROZEN);
  }

  @Test
  void aWrongMeanIsCaught() {
    double deviation = Math.sqrt(right.variances().orElseThrow()[2]);
    assertThat(failed(right.shifted(0, 0, 0.3 * deviation, 0, 0))).contains(MEAN);
    assertThat(failed(right.shifted(0, 0, 0.3 * deviation, 0, 0))).doesNotContain(COVARIANCE, MAP);
  }

  @Test
  void aSubjectThatThrowsHasFailedAndNothingIsThrown() {
    GaussianSubject throwing = new GaussianSubject() {
      @Override
      public double[] mean() {
        return new double[] {0};
      }

      @Override
      public double[] draw(long seed, int index) {
        throw new IllegalStateException("no draw " + index);
      }
    };
    assertThat(failed(throwing)).containsExactly(MEAN, INDEPENDENCE, SEED, THREADS);
    assertThatThrownBy(() -> Invariants.of(throwing).requireAll())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(SEED)
        .hasMessageContaining("no draw 0");
  }

  /** One weight, P = 4, ψ(θ) = −3 − 2 (θ − 1)²: the integral is e⁻³ √(2π/4). */
  @Test
  void anEvidenceWithoutItsDeterminantIsCaught() {
    double top = -3;
    double evidence = top + Math.log(2 * Math.PI / 4) / 2;
    assertThat(claim(evidence).outcome()).isEqualTo(Outcome.PASSED);
    assertThat(claim(top + Math.log(2 * Math.PI) / 2).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(claim(evidence + 1e-6).outcome()).isEqualTo(Outcome.FAILED);
  }

  private static Finding claim(double evidence) {
    GaussianSubject one = new GaussianSubject() {
      @Override
      public double[] mean() {
        return new double[] {1};
      }

      @Override
      public double[] draw(long seed, int index) {
        return new double[] {1 + ToyGaussian.noise(seed, index)[0] / 2};
      }

      @Override
      public Optional<Matrix> covariance() {
        return Optional.of(Matrix.of(1, 1, new double[] {0.25}));
      }

      @Override
      public Optional<EvidenceClaim> evidence() {
        return Optional.of(
            new EvidenceClaim(evidence, theta -> -3 - 2 * (theta[0] - 1) * (theta[0] - 1)));
      }
    };
    return Invariants.of(one).check().stream()
        .filter(finding -> finding.invariant().equals(EVIDENCE))
        .findFirst()
        .orElseThrow();
  }
}
