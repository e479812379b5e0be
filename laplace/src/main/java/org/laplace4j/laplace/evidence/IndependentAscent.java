package org.laplace4j.laplace.evidence;

import java.util.List;
import org.laplace4j.laplace.IndependentOutputs;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.NotPositiveDefiniteException;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * The ascent of the evidence of independent outputs over a prior that they share; its gradient is
 * {@link EvidenceGradient#byLogPrecision(IndependentOutputs)}.
 */
record IndependentAscent<L extends Likelihood>(
    MarginalLikelihood tuner, IndependentOutputs<L> outputs) {

  TunedOutputs<L> tune() {
    LaplacePosterior<L> any = outputs.posteriors().get(0);
    List<double[]> starts = tuner.starts(any);
    double[] best = starts.get(0);
    double highest = Double.NEGATIVE_INFINITY;
    for (double[] coordinates : starts) {
      double value = evaluate(coordinates).value();
      if (value > highest) {
        best = coordinates;
        highest = value;
      }
    }
    QuasiNewton.Optimum optimum = new QuasiNewton(
            this::evaluate, -Ascent.EDGE, Ascent.EDGE, Ascent.TOLERANCE, tuner.mostSteps())
        .maximise(best);
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
    return outputs.withPrior(tuner.form().prior(outputs.posteriors().get(0), coordinates));
  }

  private QuasiNewton.Evaluation evaluate(double[] coordinates) {
    try {
      IndependentOutputs<L> there = at(coordinates);
      double[] gradient = sums(EvidenceGradient.byLogPrecision(there));
      double[] concavity = new double[coordinates.length];
      for (LaplacePosterior<L> posterior : there.posteriors()) {
        double[] one = sums(EvidenceGradient.concavityByLogPrecision(posterior));
        Arrays.addScaled(1, one, concavity);
      }
      return new QuasiNewton.Evaluation(
          there.evidence().logMarginalLikelihood(), gradient, concavity);
    } catch (NotPositiveDefiniteException tooSmall) {
      return QuasiNewton.Evaluation.worst(coordinates.length);
    }
  }

  private double[] sums(double[] v) {
    return tuner.form().sums(outputs.posteriors().get(0).space(), v);
  }
}
