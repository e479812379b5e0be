package org.laplace4j.laplace.evidence;

import java.util.List;
import java.util.stream.DoubleStream;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.laplace.IndependentOutputs;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.NotPositiveDefiniteException;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * The ascent of the evidence of independent outputs over a prior that they share.
 *
 * <pre>
 *   ∂ log p(D) / ∂ log δᵢ = ½ Σ_c (1 − δᵢ (P_c⁻¹)ᵢᵢ) − ½ δᵢ (θ*ᵢ − μᵢ)²
 * </pre>
 */
record IndependentAscent<L extends Likelihood>(
    Hyperparameters form, IndependentOutputs<L> outputs) {

  TunedOutputs<L> tune() {
    LaplacePosterior<L> any = outputs.posteriors().get(0);
    List<double[]> starts = MarginalLikelihood.starts(form, any);
    double[] best = starts.get(0);
    double highest = Double.NEGATIVE_INFINITY;
    for (double[] coordinates : starts) {
      double value = evaluate(coordinates).value();
      if (value > highest) {
        best = coordinates;
        highest = value;
      }
    }
    QuasiNewton.Optimum optimum =
        new QuasiNewton(this::evaluate, -Ascent.EDGE, Ascent.EDGE, Ascent.TOLERANCE).maximise(best);
    double before = outputs.evidence().logMarginalLikelihood();
    IndependentOutputs<L> after = optimum.value() >= before ? at(optimum.at()) : outputs;
    TuningReport report = new TuningReport(
        before,
        after.evidence().logMarginalLikelihood(),
        after.effectiveParameters(),
        optimum.evaluations() + starts.size(),
        optimum.path(),
        optimum.gradientNorm(),
        optimum.converged(),
        optimum.edges());
    return new TunedOutputs<>(after, report);
  }

  private IndependentOutputs<L> at(double[] coordinates) {
    return outputs.withPrior(form.prior(outputs.posteriors().get(0), coordinates));
  }

  private QuasiNewton.Evaluation evaluate(double[] coordinates) {
    try {
      IndependentOutputs<L> there = at(coordinates);
      double[] gradient = new double[coordinates.length];
      double[] concavity = new double[coordinates.length];
      for (LaplacePosterior<L> posterior : there.posteriors()) {
        Arrays.addScaled(
            1, sums(posterior, EvidenceGradient.byLogPrecision(posterior)), gradient);
        Arrays.addScaled(
            1, sums(posterior, EvidenceGradient.concavityByLogPrecision(posterior)), concavity);
      }
      // Each posterior has counted how far θ* is from μ, which counts once.
      double extra = 0.5 * (there.posteriors().size() - 1);
      double[] pull = pull(there.posteriors().get(0));
      Arrays.addScaled(extra, pull, gradient);
      Arrays.addScaled(-extra, pull, concavity);
      return new QuasiNewton.Evaluation(
          there.evidence().logMarginalLikelihood(), gradient, concavity);
    } catch (NotPositiveDefiniteException tooSmall) {
      return QuasiNewton.Evaluation.worst(coordinates.length);
    }
  }

  /** Σ δᵢ (θ*ᵢ − μᵢ)² over the elements that share a precision. */
  private double[] pull(LaplacePosterior<L> posterior) {
    ParameterSpace space = posterior.space();
    double[] r = Arrays.minus(posterior.mean(), posterior.prior().mean(space));
    double[] squares = DoubleStream.of(r).map(each -> each * each).toArray();
    return sums(posterior, Arrays.times(posterior.prior().precisions(space), squares));
  }

  private double[] sums(LaplacePosterior<L> posterior, double[] v) {
    return form.sums(posterior.space(), v);
  }
}
