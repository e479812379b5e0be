package org.laplace4j.propertytests;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.curvature.CurvatureSource;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Module;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.propertytests.reference.Fitted;
import org.laplace4j.propertytests.reference.Fitter;
import org.laplace4j.propertytests.reference.Inputs;
import org.laplace4j.propertytests.reference.Precisions;
import org.laplace4j.propertytests.reference.ReferenceCase;
import org.laplace4j.propertytests.reference.ReferenceVariant;

/** Makes the posterior of a variant as a user of the library would. */
final class LaplaceFitter implements Fitter {
  private static final Set<String> STRUCTURES = Set.of("full", "diag", "kron", "gp", "hessian");
  private static final Set<String> SUBSETS = Set.of("all", "last_layer", "subnetwork");
  private static final Set<String> ARGUMENTS = Set.of(
      "prior_precision",
      "sigma_noise",
      "temperature",
      "prior_mean",
      "subnetwork_indices",
      "n_subset",
      "independent_outputs",
      "asdl_fisher_kwargs");

  @Override
  public Optional<String> missing(ReferenceCase of, ReferenceVariant variant) {
    Set<String> layers = CaseNetwork.unknownLayers(of);
    Set<String> arguments = new TreeSet<>(variant.arguments().keySet());
    arguments.removeAll(ARGUMENTS);
    if (!Set.of("regression", "classification").contains(of.likelihood())) {
      return Optional.of("likelihood " + of.likelihood());
    }
    if (!layers.isEmpty()) {
      return Optional.of("layers " + layers);
    }
    if (!STRUCTURES.contains(variant.structure())) {
      return Optional.of("structure " + variant.structure());
    }
    if (!SUBSETS.contains(variant.subset())) {
      return Optional.of("subset " + variant.subset());
    }
    if (!arguments.isEmpty()) {
      return Optional.of("arguments " + arguments);
    }
    return Double.isNaN(variant.priorPrecision())
        ? Optional.of("a prior precision that is not one number")
        : Optional.empty();
  }

  @Override
  public Fitted fit(ReferenceCase of, ReferenceVariant variant) {
    Module model = CaseNetwork.of(of);
    variant
        .activeParameters()
        .ifPresent(active -> model.parameters().forEach((name, parameter) -> {
          if (!active.contains(name)) {
            parameter.freeze();
          }
        }));
    Tensor x = tensor(of.x());
    if (of.isClassification()) {
      Dataset data = data(of, variant, x, Targets.labels(of.indices("y")));
      Laplace<Categorical> laplace = laplace(of, variant, model, new Categorical());
      return variant.isIndependent()
          ? IndependentFitted.ofClasses(of, variant, laplace.fitIndependentOutputs(data))
          : LaplaceFitted.ofClasses(of, variant, laplace.fit(data));
    }
    Tensor y = Tensor.of(Shape.of(of.tensors().shape("y")), of.tensors().doubles("y"));
    Dataset data = data(of, variant, x, Targets.values(y));
    Laplace<Gaussian> laplace = laplace(of, variant, model, Gaussian.of(variant.sigmaNoise()));
    return variant.isIndependent()
        ? IndependentFitted.ofRegression(of, variant, laplace.fitIndependentOutputs(data))
        : LaplaceFitted.ofRegression(of, variant, laplace.fit(data));
  }

  static Tensor tensor(Inputs x) {
    return Tensor.of(Shape.of(x.shape()), x.values());
  }

  private static <L extends Likelihood> Laplace<L> laplace(
      ReferenceCase of, ReferenceVariant variant, Module model, L likelihood) {
    return Laplace.of(model, likelihood)
        .over(subset(of, variant, model))
        .structure(structure(variant))
        .curvature(source(variant))
        .prior(LaplaceFitted.prior(of, variant, Precisions.scalar(variant.priorPrecision())))
        .temperature(variant.temperature());
  }

  private static Dataset data(ReferenceCase of, ReferenceVariant variant, Tensor x, Targets y) {
    Dataset all = Dataset.of(x, y);
    return variant.points(of).map(all::select).orElse(all).rebatched(of.batchSize());
  }

  private static CurvatureSource source(ReferenceVariant variant) {
    if (variant.isEmpiricalFisher()) {
      return CurvatureSource.empiricalFisher();
    }
    // The reference's functional posterior leaves out what couples the outputs in Λ.
    return variant.isFunctional() ? CurvatureSource.diagonalGgn() : CurvatureSource.ggn();
  }

  private static Structure structure(ReferenceVariant variant) {
    return switch (variant.structure()) {
      case "full" -> Structure.full();
      case "diag" -> Structure.diagonal();
      case "kron" -> variant.isReduced() ? Structure.kroneckerReduce() : Structure.kronecker();
      case "hessian" -> Structure.hessian();
      case "gp" -> Structure.functional();
      default -> throw new IllegalArgumentException("structure " + variant.structure());
    };
  }

  private static WeightSubset subset(ReferenceCase of, ReferenceVariant variant, Module model) {
    return switch (variant.subset()) {
      case "all" -> WeightSubset.all();
      case "last_layer" -> WeightSubset.lastLayer();
      case "subnetwork" -> WeightSubset.of(mask(variant.indices(of), model));
      default -> throw new IllegalArgumentException("subset " + variant.subset());
    };
  }

  /** The elements with these places in the flat vector of all parameters. */
  private static WeightMask mask(int[] indices, Module model) {
    Map<Parameter, ElementMask> masks = new LinkedHashMap<>();
    int from = 0;
    for (Parameter parameter : model.parameters().values()) {
      int first = from;
      int size = parameter.shape().size();
      int[] own = Arrays.stream(indices)
          .map(i -> i - first)
          .filter(i -> i >= 0 && i < size)
          .toArray();
      masks.put(parameter, ElementMask.ofIndices(parameter.shape(), own));
      from += size;
    }
    return WeightMask.of(masks);
  }
}
