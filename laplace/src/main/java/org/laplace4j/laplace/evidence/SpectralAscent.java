package org.laplace4j.laplace.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * The precisions of highest evidence from eigenvalues alone: the evidence is a sum over groups of
 * elements that share a precision, each strictly concave in its logarithm, so every group is
 * climbed on its own ({@link SpectralGroup}), and one posterior is made at the end.
 */
final class SpectralAscent {
  private final Hyperparameters form;
  private final List<SpectralGroup> groups;

  private SpectralAscent(Hyperparameters form, List<SpectralGroup> groups) {
    this.form = form;
    this.groups = groups;
  }

  /** None where some group's eigenvalues cannot be had, or are coupled with another's. */
  static Optional<SpectralAscent> of(Hyperparameters form, LaplacePosterior<?> posterior) {
    ParameterSpace space = posterior.space();
    double[] mean = posterior.mean();
    double[] mu = posterior.prior().mean(space);
    List<SpectralGroup> groups = new ArrayList<>();
    int from = 0;
    for (int to : form.ends(space)) {
      Optional<double[]> eigenvalues = posterior.curvature().eigenvalues(from, to);
      if (eigenvalues.isEmpty()) {
        return Optional.empty();
      }
      double square = 0;
      for (int i = from; i < to; i++) {
        square += (mean[i] - mu[i]) * (mean[i] - mu[i]);
      }
      groups.add(new SpectralGroup(eigenvalues.get(), square));
      from = to;
    }
    return Optional.of(new SpectralAscent(form, groups));
  }

  /** By so many steps at most, all groups climbing together. */
  <K extends Likelihood> Tuned<K> tune(LaplacePosterior<K> before, int steps) {
    List<SpectralGroup.Top> tops = new ArrayList<>();
    double[] start = form.of(before);
    for (int g = 0; g < start.length; g++) {
      tops.add(groups.get(g).climb(start[g], Ascent.EDGE, Ascent.TOLERANCE, steps));
    }
    double[] at = tops.stream().mapToDouble(SpectralGroup.Top::at).toArray();
    LaplacePosterior<K> found = before.withPrior(form.prior(before, at));
    double evidence = before.evidence().logMarginalLikelihood();
    // What there was may be better than any optimum in the box: then it stays.
    boolean better = !(evidence > found.evidence().logMarginalLikelihood());
    LaplacePosterior<K> after = better ? found : before;
    double steepest =
        tops.stream().mapToDouble(SpectralGroup.Top::gradient).max().orElse(0);
    TuningReport report = new TuningReport(
        evidence,
        after.evidence().logMarginalLikelihood(),
        after.effectiveParameters(),
        tops.stream().mapToInt(top -> top.path().size()).max().orElse(0),
        path(before.evidence().logLikelihood(), tops),
        steepest,
        steepest <= Ascent.TOLERANCE,
        (int) tops.stream().filter(SpectralGroup.Top::onEdge).count());
    return new Tuned<>(after, report);
  }

  /** The best log evidence after each step, all groups climbing together. */
  private static List<Double> path(double logLikelihood, List<SpectralGroup.Top> tops) {
    int steps = tops.stream().mapToInt(top -> top.path().size()).max().orElse(0);
    double[] path = new double[steps];
    Arrays.fill(path, logLikelihood);
    for (SpectralGroup.Top top : tops) {
      int last = top.path().size() - 1;
      for (int step = 0; step < steps; step++) {
        path[step] += top.path().get(Math.min(step, last));
      }
    }
    return Arrays.stream(path).boxed().toList();
  }
}
