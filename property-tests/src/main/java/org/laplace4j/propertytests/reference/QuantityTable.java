package org.laplace4j.propertytests.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What each name in a case means, as a function of our posterior: one line a quantity.
 *
 * <p>Functions return what the reference would, so conversions are applied to ours.
 */
final class QuantityTable {
  /**
   * Sums of a few thousand terms, each rounded once, through one factorisation: six digits are left
   * for its condition.
   */
  private static final double EXACT = 1e-9;

  /**
   * The replay of up to 100 Adam steps, each of which divides by the root of a mean square that may
   * be tiny.
   */
  private static final double REPLAYED = 1e-6;

  /**
   * The same, where the reference adds a jitter of 1e-5 to a kernel: it enters the gradient of each
   * step.
   */
  private static final double REPLAYED_WITH_JITTER = 1e-5;

  /** Single precision keeps 6e-8 of a number. */
  private static final double SINGLE = 1e-7;

  /** The number of points in a joint covariance. */
  private static final int JOINT = 5;

  private static final String FORM = "(scalar|layerwise|diag)";

  /** A function of what is compared. */
  interface Reading {
    double[] of(Held held);
  }

  /**
   * A line of the table.
   *
   * @param name the names that it is for
   * @param reference what the reference says
   * @param ours what we say
   * @param tolerance the largest error that passes
   */
  record Quantity(Pattern name, Reading reference, Reading ours, double tolerance) {
    /** The tolerance in a variant, some of whose matrices are rounded. */
    double toleranceIn(ReferenceVariant variant) {
      if (variant.isFunctional() && tolerance == REPLAYED) {
        return REPLAYED_WITH_JITTER;
      }
      return variant.isRoundedToSinglePrecision() ? Math.max(tolerance, SINGLE) : tolerance;
    }
  }

  private final List<Quantity> lines = new ArrayList<>();

  QuantityTable() {
    exact("loss", h -> one(Conversions.loss(h.of(), h.variant(), h.fitted().logLikelihood())));
    exact(
        "log_likelihood",
        h -> one(h.fitted().logLikelihood()
            + Conversions.evidence(h.of(), h.variant(), h.variant().sigmaNoise())));

    exact("f_train", h -> h.fitted().outputs(h.of().x()));
    exact("ggn", Held::curvature);
    exact("hessian", Held::curvature);
    exact("ef", h -> Held.scaled(h.curvature(), h.of().isClassification() ? 1 : 0.5));

    exact("H", h -> h.variant().structure().equals("diag") ? h.curvatureDiagonal() : h.curvature());
    exact("H_diag", Held::curvatureDiagonal);
    exact("H_trace", h -> one(sum(h.curvatureDiagonal())));
    exact("H_frobenius", h -> one(norm(h.curvature())));
    exact("H_probe", h -> timesProbe(h.curvature(), h));
    compare("kron/(\\d+)/B", FactorPair::reference, FactorPair::ours, EXACT);
    compare(
        "kron/(\\d+)/B_eig",
        FactorPair::referenceEigenvalues,
        FactorPair::eigenvaluesOfOurs,
        EXACT);

    exact("posterior_precision_diag", h -> h.fitted().precisionDiagonal());
    exact("posterior_variance", h -> h.fitted().variances());
    exact("log_det_posterior_precision", h -> one(h.fitted().logDet()));
    exact("log_det_prior_precision", h -> one(h.fitted().priorLogDet()));
    exact("scatter", h -> one(h.fitted().priorQuadratic()));
    exact("square_norm", h -> one(squareNorm(h)));
    exact("log_prob", h -> one(h.fitted().logDensity(h.probePoint())));

    exact("marglik", h -> one(h.evidence(h.fitted(), h.variant().sigmaNoise())));
    exact("marglik_alt", QuantityTable::alternatives);
    exact("marglik_per_tensor", h -> one(h.evidence(h.perTensor(), h.variant().sigmaNoise())));
    exact("per_tensor/log_det_posterior_precision", h -> one(h.perTensor().logDet()));
    exact(
        "per_tensor/f_var_diag",
        h -> diagonals(h.perTensor().outputCovariances(h.predicted()), h.of().outputs()));

    exact("f_mu", h -> h.fitted().outputs(h.predicted()));
    exact("f_var", h -> h.fitted().outputCovariances(h.predicted()));
    exact("oracle/f_var", h -> h.fitted().outputCovariances(h.predicted()));
    exact("oracle/evidence", h -> one(FunctionSpace.linearizedEvidence(h)));
    exact("joint_cov", h -> h.fitted().jointCovariance(h.of().xTest().examples(0, JOINT)));
    exact("probit", h -> h.fitted().probabilities(h.predicted(), Fitted.Link.PROBIT));
    exact("bridge", h -> h.fitted().probabilities(h.predicted(), Fitted.Link.BRIDGE));
    exact(
        "bridge_norm", h -> h.fitted().probabilities(h.predicted(), Fitted.Link.NORMALIZED_BRIDGE));

    String optimized = "optimized/" + FORM + "/";
    compare(
        optimized + "prior_precision", Held::reference, h -> h.replay(form(h)).values(), REPLAYED);
    compare(
        optimized + "marglik",
        Held::reference,
        h -> one(h.evidence(h.replayed(form(h)), h.variant().sigmaNoise())),
        REPLAYED);
  }

  /** The lines, in the order in which they are printed. */
  List<Quantity> lines() {
    return List.copyOf(lines);
  }

  private void exact(String name, Reading ours) {
    compare(name, Held::reference, ours, EXACT);
  }

  private void compare(String name, Reading reference, Reading ours, double tolerance) {
    lines.add(new Quantity(Pattern.compile(name), reference, ours, tolerance));
  }

  private static Precisions.Form form(Held held) {
    return Precisions.Form.valueOf(held.group().toUpperCase(Locale.ROOT));
  }

  /**
   * (v − θ*)ᵀ P (v − θ*) from the two densities, so that it is the library's density that is
   * tested.
   */
  private static double squareNorm(Held held) {
    double atMean = held.fitted().logDensity(held.fitted().mean());
    return 2 * (atMean - held.fitted().logDensity(held.probePoint()));
  }

  private static double[] alternatives(Held held) {
    List<double[]> pairs = held.of().alternatives();
    var evidences = new double[pairs.size()];
    for (int i = 0; i < evidences.length; i++) {
      double sigma = pairs.get(i)[1];
      evidences[i] =
          held.evidence(held.fitted().with(Precisions.scalar(pairs.get(i)[0]), sigma), sigma);
    }
    return evidences;
  }

  private static double[] timesProbe(double[] h, Held held) {
    double[] probe = held.of().tensors().doubles("probe");
    int columns = held.of().tensors().shape("probe")[1];
    int n = (int) Math.round(Math.sqrt(h.length));
    var product = new double[n * columns];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        for (int j = 0; j < columns; j++) {
          product[i * columns + j] += h[i * n + k] * probe[k * columns + j];
        }
      }
    }
    return product;
  }

  /** The diagonals of blocks of shape (C, C). */
  private static double[] diagonals(double[] blocks, int c) {
    var diagonals = new double[blocks.length / c];
    for (int i = 0; i < diagonals.length; i++) {
      diagonals[i] = blocks[i * c + i % c];
    }
    return diagonals;
  }

  private static double sum(double[] x) {
    double sum = 0;
    for (double element : x) {
      sum += element;
    }
    return sum;
  }

  private static double norm(double[] x) {
    double sum = 0;
    for (double element : x) {
      sum += element * element;
    }
    return Math.sqrt(sum);
  }

  private static double[] one(double value) {
    return new double[] {value};
  }
}
