package org.laplace4j.laplace;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.laplace.curvature.CurvatureSource;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Conv2d;
import org.laplace4j.nn.layer.Flatten;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.layer.MaxPool2d;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.prior.Prior;

/** A fit that is not checked first, to be run in a heap of a size that is being tried. */
final class FitInHeap {
  private static final int OUTPUTS = 10;

  /** A structure, and sizes of network and data at which it is what takes the memory. */
  record Trial(
      Structure structure,
      Function<RandomGenerator, Sequential> network,
      Shape input,
      int examples,
      int batch) {
    static Trial dense(Structure structure, int in, int hidden, int examples, int batch) {
      return new Trial(
          structure,
          rng -> Sequential.of(
              Linear.random(in, hidden, rng),
              Activation.tanh(),
              Linear.random(hidden, OUTPUTS, rng)),
          Shape.of(in),
          examples,
          batch);
    }

    /** Images of 96 × 96 pixels, of whose maps 4 × 4 numbers each are left. */
    static Trial convolution(
        Structure structure, int channels, int filters, int size, int examples) {
      int side = 96 - size + 1;
      return new Trial(
          structure,
          rng -> Sequential.of(
              Conv2d.random(channels, filters, size, 1, 0, rng),
              Activation.relu(),
              MaxPool2d.of(side / 4),
              new Flatten(),
              Linear.random(4 * 4 * filters, OUTPUTS, rng)),
          Shape.of(channels, 96, 96),
          examples,
          examples);
    }

    Sequential model() {
      return network.apply(new SplittableRandom(1));
    }

    Dataset data() {
      SplittableRandom rng = new SplittableRandom(2);
      Shape shape = input.prepend(examples);
      Tensor x = Tensor.adopt(shape, rng.doubles(shape.size()).toArray());
      return Dataset.of(x, Targets.labels(rng.ints(examples, 0, OUTPUTS).toArray()), batch);
    }
  }

  static final Map<String, Trial> TRIALS = Map.of(
      "full", Trial.dense(Structure.full(), 40, 45, 200, 100),
      "kronecker", Trial.dense(Structure.kronecker(), 900, 40, 50, 25),
      "kronecker of a convolution", Trial.convolution(Structure.kronecker(), 1, 32, 5, 8),
      "kronecker of many features", Trial.convolution(Structure.kronecker(), 45, 8, 3, 2),
      "diagonal", Trial.dense(Structure.diagonal(), 400, 300, 3000, 1500),
      "functional", Trial.dense(Structure.functional(), 200, 100, 220, 110));

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
