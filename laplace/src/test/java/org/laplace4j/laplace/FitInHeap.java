package org.laplace4j.laplace;

import java.util.Map;
import java.util.SplittableRandom;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.laplace.curvature.CurvatureSource;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.prior.Prior;

/** A fit that is not checked first, to be run in a heap of a size that is being tried. */
final class FitInHeap {
  private static final int OUTPUTS = 10;

  /** A structure, and sizes at which it is what takes the memory. */
  record Trial(Structure structure, int in, int hidden, int examples, int batch) {
    Sequential model() {
      SplittableRandom rng = new SplittableRandom(1);
      return Sequential.of(
          Linear.random(in, hidden, rng), Activation.tanh(), Linear.random(hidden, OUTPUTS, rng));
    }

    Dataset data() {
      SplittableRandom rng = new SplittableRandom(2);
      Tensor x =
          Tensor.adopt(Shape.of(examples, in), rng.doubles((long) examples * in).toArray());
      return Dataset.of(x, Targets.labels(rng.ints(examples, 0, OUTPUTS).toArray()), batch);
    }
  }

  static final Map<String, Trial> TRIALS = Map.of(
      "full", new Trial(Structure.full(), 40, 45, 200, 100),
      "kronecker", new Trial(Structure.kronecker(), 900, 40, 50, 25),
      "diagonal", new Trial(Structure.diagonal(), 400, 300, 3000, 1500),
      "functional", new Trial(Structure.functional(), 200, 100, 220, 110));

  private FitInHeap() {}

  /** Fits the trial of the given name. */
  public static void main(String[] arguments) {
    Trial trial = TRIALS.get(arguments[0]);
    Sequential model = trial.model();
    LaplacePosterior<Categorical> posterior = LaplacePosterior.fit(
        new LinearizedModel(model, ParameterSpace.of(model), Weights.of(model)),
        new Approximation<>(new Categorical(), CurvatureSource.ggn(), trial.structure(), 1),
        Prior.isotropic(1),
        trial.data());
    if (!Double.isFinite(posterior.evidence().logMarginalLikelihood())) {
      throw new AssertionError("the evidence is not finite");
    }
  }
}
