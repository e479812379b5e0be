package org.laplace4j.propertytests.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.laplace4j.propertytests.reference.Comparison.Verdict;

/**
 * A case, number for number.
 *
 * <p>Nothing here knows a case by its name: what cannot be compared yet is told by its structure,
 * its layers or the name of the quantity, and where the reference is wrong, by the same.
 */
public final class Agreement {
  /** Inputs of a comparison, and second halves of others. */
  private static final Pattern NOT_A_QUANTITY =
      Pattern.compile("per_tensor_prior|subset|kron/\\d+/A(_eig)?");

  private static final String RUNNING_MEAN =
      "the reference takes the mean loss over the grid so far; the loss itself is least at ";

  private static final String GRID_SEARCH = "gridsearch/prior_precision";
  private static final Pattern OPTIMIZED =
      Pattern.compile("optimized/(scalar|layerwise|diag)/marglik");

  /** Our tuner may stop this much below an evidence: rounding, not optimisation. */
  private static final double AS_HIGH = 1e-9;

  /** Dense algebra in plain loops takes seconds from here on. */
  private static final int LARGEST_EXPLAINED = 700;

  private final Fitter library;
  private final Fitter oracle = DenseOracle.fitter();
  private final QuantityTable table = new QuantityTable();

  /** Holds what this fitter makes against the reference. */
  public Agreement(Fitter library) {
    this.library = library;
  }

  /** All comparisons of a case, in the order of its variants. */
  public List<Comparison> of(ReferenceCase of) {
    var all = new ArrayList<Comparison>();
    for (ReferenceVariant variant : of.variants()) {
      all.addAll(of(of, variant));
    }
    return all;
  }

  private List<Comparison> of(ReferenceCase of, ReferenceVariant variant) {
    var lines = new ArrayList<Comparison>();
    if (variant.errors().containsKey("fit")) {
      lines.add(untested(
          of,
          variant,
          "fit",
          Verdict.DEFECT,
          "the reference failed: " + variant.errors().get("fit")));
      return lines;
    }
    variant
        .wrong()
        .ifPresent(wrong -> lines.add(untested(of, variant, "f_var", Verdict.DEFECT, wrong)));
    var names = new TreeSet<>(variant.quantities());
    names.removeIf(name -> NOT_A_QUANTITY.matcher(name).matches());
    for (String name : List.copyOf(names)) {
      Optional<String> defect = KnownDefects.of(of, variant, name);
      if (defect.isPresent()) {
        names.remove(name);
        lines.add(untested(of, variant, name, Verdict.DEFECT, defect.get()));
      }
    }
    Optional<String> missing = library.missing(of, variant);
    if (missing.isPresent()) {
      names.forEach(name -> lines.add(untested(of, variant, name, Verdict.NOT_YET, missing.get())));
      return lines;
    }
    Fitted fitted;
    try {
      fitted = library.fit(of, variant);
    } catch (RuntimeException e) {
      names.forEach(
          name -> lines.add(untested(of, variant, name, Verdict.FAIL, "the fit failed: " + e)));
      return lines;
    }
    for (QuantityTable.Quantity line : table.lines()) {
      for (String name : List.copyOf(names)) {
        Matcher match = line.name().matcher(name);
        if (match.matches()) {
          names.remove(name);
          lines.add(compared(line, new Held(of, variant, fitted, match.toMatchResult())));
        }
        if (OPTIMIZED.matcher(name).matches() && match.matches()) {
          lines.add(tuned(new Held(of, variant, fitted, match.toMatchResult())));
        }
      }
    }
    if (names.remove(GRID_SEARCH)) {
      lines.add(gridSearched(of, variant, fitted));
    }
    for (String name : names) {
      lines.add(untested(of, variant, name, Verdict.NOT_YET, "not known to the comparison"));
    }
    return lines;
  }

  private Comparison compared(QuantityTable.Quantity line, Held held) {
    String name = held.quantity().group();
    Optional<String> missing = library.missing(held.of(), held.variant(), name);
    if (missing.isPresent()) {
      return untested(held.of(), held.variant(), name, Verdict.NOT_YET, missing.get());
    }
    double tolerance = line.toleranceIn(held.variant());
    try {
      double[] ours = line.ours().of(held);
      double error = Comparison.error(ours, line.reference().of(held));
      if (error <= tolerance) {
        return new Comparison(
            held.of().name(), held.variant().name(), name, error, tolerance, Verdict.PASS, "");
      }
      return explained(line, held, ours, error, tolerance);
    } catch (RuntimeException e) {
      return untested(held.of(), held.variant(), name, Verdict.FAIL, e.toString());
    }
  }

  /**
   * Dense algebra decides a disagreement. Where the reference rounded its matrix, and from that
   * rounded matrix dense algebra gives the reference's number, while from the exact one it gives
   * ours, the reference is wrong.
   */
  private Comparison explained(
      QuantityTable.Quantity line, Held held, double[] ours, double error, double tolerance) {
    ReferenceCase of = held.of();
    ReferenceVariant variant = held.variant();
    String name = held.quantity().group();
    if (oracle.missing(of, variant).isPresent()
        || held.fitted().mean().length > LARGEST_EXPLAINED) {
      return new Comparison(of.name(), variant.name(), name, error, tolerance, Verdict.FAIL, "");
    }
    double[] reference = line.reference().of(held);
    DenseCurvature exact = DenseCurvature.of(of, variant);
    double oursToOracle = Comparison.error(ours, line.ours().of(heldBy(held, exact)));
    if (variant.isRoundedToSinglePrecision()
        && variant.quantities().contains("H")
        && oursToOracle <= line.tolerance()) {
      var rounded = new DenseCurvature(held.reference("H"), List.of(), exact.loss());
      double roundedToReference =
          Comparison.error(line.ours().of(heldBy(held, rounded)), reference);
      if (roundedToReference <= line.tolerance()) {
        String note = String.format(
            "its H is rounded to single precision: dense algebra is %.1e from it with that H, and %.1e from us with the exact one",
            roundedToReference, oursToOracle);
        return new Comparison(
            of.name(), variant.name(), name, error, tolerance, Verdict.DEFECT, note);
      }
    }
    String note = String.format(
        "dense algebra is %.1e from us and %.1e from the reference",
        oursToOracle, Comparison.error(line.ours().of(heldBy(held, exact)), reference));
    return new Comparison(of.name(), variant.name(), name, error, tolerance, Verdict.FAIL, note);
  }

  private static Held heldBy(Held held, DenseCurvature curvature) {
    return new Held(
        held.of(),
        held.variant(),
        DenseOracle.fitted(held.of(), held.variant(), curvature),
        held.quantity());
  }

  /** Our own tuner must reach an evidence at least as high as the reference's. */
  private Comparison tuned(Held held) {
    var form = Precisions.Form.valueOf(held.group().toUpperCase(Locale.ROOT));
    String name = "optimized/" + held.group() + "/tuned";
    Optional<String> missing = library.missing(held.of(), held.variant(), name);
    if (missing.isPresent()) {
      return untested(held.of(), held.variant(), name, Verdict.NOT_YET, missing.get());
    }
    try {
      // The reference's evidence has a jitter that moves its top, so there both are told by ours.
      boolean jitter = held.variant().isIndependent();
      double reference =
          jitter ? held.atReference(form).logMarginalLikelihood() : held.reference()[0];
      Fitted tuned = held.fitted().tuned(form);
      double ours = jitter
          ? tuned.logMarginalLikelihood()
          : held.evidence(tuned, held.variant().sigmaNoise());
      double shortfall = Math.max(0, reference - ours) / Math.max(1, Math.abs(reference));
      Verdict verdict = shortfall <= AS_HIGH ? Verdict.PASS : Verdict.FAIL;
      String note = String.format("evidence %.6f, the reference's %.6f", ours, reference);
      return new Comparison(
          held.of().name(), held.variant().name(), name, shortfall, AS_HIGH, verdict, note);
    } catch (RuntimeException e) {
      return untested(held.of(), held.variant(), name, Verdict.FAIL, e.toString());
    }
  }

  private Comparison gridSearched(ReferenceCase of, ReferenceVariant variant, Fitted fitted) {
    Optional<String> missing = library.missing(of, variant, GRID_SEARCH);
    if (missing.isPresent() || of.gridSearch().isEmpty()) {
      return untested(
          of, variant, GRID_SEARCH, Verdict.NOT_YET, missing.orElse("a grid of another form"));
    }
    Matcher match = Pattern.compile(GRID_SEARCH).matcher(GRID_SEARCH);
    match.matches();
    var held = new Held(of, variant, fitted, match.toMatchResult());
    try {
      GridSearch.Found found = of.gridSearch().get().search(held);
      double error = Comparison.error(new double[] {found.best()}, held.reference());
      double running = Comparison.error(new double[] {found.bestByRunningMean()}, held.reference());
      Verdict verdict =
          error <= AS_HIGH ? Verdict.PASS : running <= AS_HIGH ? Verdict.DEFECT : Verdict.FAIL;
      String note = verdict == Verdict.DEFECT ? RUNNING_MEAN + found.best() : "";
      return new Comparison(of.name(), variant.name(), GRID_SEARCH, error, AS_HIGH, verdict, note);
    } catch (RuntimeException e) {
      return untested(of, variant, GRID_SEARCH, Verdict.FAIL, e.toString());
    }
  }

  private static Comparison untested(
      ReferenceCase of, ReferenceVariant variant, String name, Verdict verdict, String note) {
    return new Comparison(of.name(), variant.name(), name, Double.NaN, Double.NaN, verdict, note);
  }
}
