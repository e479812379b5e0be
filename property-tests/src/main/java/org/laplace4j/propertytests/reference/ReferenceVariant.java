package org.laplace4j.propertytests.reference;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.laplace4j.interop.Json;

/**
 * One posterior of a case: which weights, which structure, which settings, and what the reference
 * says about it.
 *
 * @param name the prefix of its tensors
 * @param subset {@code all}, {@code last_layer} or {@code subnetwork}; another is kept
 * @param structure {@code full}, {@code diag}, {@code kron}, {@code gp} or {@code lowrank}; another
 *     is kept
 * @param backend what computed the curvature in the reference
 * @param priorPrecision δ, one for all elements; NaN if it is not one number
 * @param sigmaNoise σ, the standard deviation of the noise of a regression
 * @param temperature T, the power 1/T of the likelihood
 * @param arguments what the posterior was made with, by the reference's names
 * @param activeParameters the tensors whose gradients were on, if some were off
 * @param errors what failed in the reference, and how
 * @param wrong what is known to be wrong with it, if anything
 * @param quantities the names of its numbers, without the prefix
 */
public record ReferenceVariant(
    String name,
    String subset,
    String structure,
    String backend,
    double priorPrecision,
    double sigmaNoise,
    double temperature,
    Map<String, Json> arguments,
    Optional<List<String>> activeParameters,
    Map<String, String> errors,
    Optional<String> wrong,
    SortedSet<String> quantities) {

  /** A true Hessian may be indefinite; under this prior it has a posterior all the same. */
  private static final double DOMINANT = 1e12;

  private static final String POINTS = "subset";
  private static final String PRIOR_MEAN = "prior_mean";

  /** The prefix of numbers that dense algebra made, where the reference's are wrong. */
  static final String ORACLE = "oracle/";

  /** The name of what a case says about its network as a whole, under no variant. */
  static final String WHOLE_CASE = "-";

  /** What a case says under no variant, as a variant of this structure and this backend. */
  static ReferenceVariant ofCase(
      Json json, String structure, String backend, SortedSet<String> quantities)
      throws IOException {
    return new ReferenceVariant(
        WHOLE_CASE,
        "all",
        structure,
        backend,
        structure.equals("hessian") ? DOMINANT : json.get("prior_precision").number(),
        json.get("sigma_noise").number(),
        json.get("temperature").number(),
        Map.of(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        quantities);
  }

  static ReferenceVariant from(String name, Json json, SortedSet<String> quantities)
      throws IOException {
    var errors = new LinkedHashMap<String, String>();
    for (var error : json.get("errors").fields().entrySet()) {
      errors.put(error.getKey(), error.getValue().text());
    }
    Optional<Json> active = json.find("active_params");
    Optional<Json> wrong = json.find("wrong");
    return new ReferenceVariant(
        name,
        json.get("subset_of_weights").text(),
        json.get("hessian_structure").text(),
        json.get("backend").text(),
        number(json.get("arguments").get("prior_precision")),
        number(json.get("arguments").get("sigma_noise")),
        number(json.get("arguments").get("temperature")),
        json.get("arguments").fields(),
        active.isPresent() ? Optional.of(active.get().texts()) : Optional.empty(),
        errors,
        wrong.isPresent() ? Optional.of(wrong.get().text()) : Optional.empty(),
        quantities);
  }

  /**
   * The name in the file of one of the quantities; what the reference got wrong is under
   * {@code oracle}.
   */
  public String tensor(String quantity) {
    if (name.equals(WHOLE_CASE)) {
      return quantity;
    }
    return quantity.startsWith(ORACLE)
        ? ORACLE + name + "/" + quantity.substring(ORACLE.length())
        : name + "/" + quantity;
  }

  /** Whether the curvature is that of the empirical Fisher. */
  public boolean isEmpiricalFisher() {
    return backend.contains("EF");
  }

  /**
   * Whether the reference rounded its full matrix to single precision; for a subnetwork it takes
   * another way.
   */
  public boolean isRoundedToSinglePrecision() {
    return structure.equals("full")
        && backend.contains("Curvlinops")
        && !subset.equals("subnetwork");
  }

  /** Whether the posterior is one over functions, a Gaussian process. */
  public boolean isFunctional() {
    return structure.equals("gp");
  }

  /** Whether each output has a posterior of its own. */
  public boolean isIndependent() {
    return arguments.containsKey("independent_outputs");
  }

  /** Whether the Kronecker factors are those of KFAC-reduce. */
  public boolean isReduced() {
    return arguments.containsKey("asdl_fisher_kwargs");
  }

  /** The training points that the posterior is about, where it is not about all of them. */
  public Optional<int[]> points(ReferenceCase of) {
    boolean some = quantities.contains(POINTS);
    return some ? Optional.of(of.indices(tensor(POINTS))) : Optional.empty();
  }

  /** The training inputs that the posterior is about. */
  Inputs x(ReferenceCase of) {
    return points(of).map(of.x()::select).orElse(of.x());
  }

  /** The real targets of the same examples, (N, C). */
  double[] y(ReferenceCase of) {
    var y = new Inputs(of.tensors().doubles("y"), of.tensors().shape("y"));
    return points(of).map(y::select).orElse(y).values();
  }

  /**
   * What the reference multiplies every prior precision with: N/M, where it sees M of N points, so
   * that prior and data keep their proportion.
   */
  public double priorFactor(ReferenceCase of) {
    return points(of).map(points -> (double) of.x().count() / points.length).orElse(1.0);
  }

  /**
   * The parameters of which at least some elements are in the posterior, in the order of the case.
   */
  public List<String> parameters(ReferenceCase of) {
    List<String> names =
        activeParameters.orElseGet(() -> List.copyOf(of.parameters().keySet()));
    if (!subset.equals("last_layer")) {
      return names;
    }
    String last = layerOf(names.get(names.size() - 1));
    return names.stream().filter(name -> layerOf(name).equals(last)).toList();
  }

  /**
   * Where the posterior's elements lie in the flat vector of all parameters, in ascending order.
   */
  public int[] indices(ReferenceCase of) {
    if (subset.equals("subnetwork")) {
      return of.indices("subnet_indices");
    }
    var wanted = parameters(of);
    var indices = new ArrayList<Integer>();
    int at = 0;
    for (String name : of.parameters().keySet()) {
      int size = of.parameterSize(name);
      for (int i = at; wanted.contains(name) && i < at + size; i++) {
        indices.add(i);
      }
      at += size;
    }
    return indices.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The mean of the prior over the posterior's elements: a tensor of the case, or zero. */
  public double[] priorMean(ReferenceCase of) {
    int[] indices = indices(of);
    var mean = new double[indices.length];
    if (arguments.containsKey(PRIOR_MEAN)) {
      double[] whole = of.tensors().doubles(PRIOR_MEAN);
      Arrays.setAll(mean, i -> whole.length == mean.length ? whole[i] : whole[indices[i]]);
    }
    return mean;
  }

  /** The number of the posterior's elements in each parameter that has any. */
  public List<Integer> blocks(ReferenceCase of) {
    int[] indices = indices(of);
    var blocks = new ArrayList<Integer>();
    int end = 0;
    int counted = 0;
    for (String name : of.parameters().keySet()) {
      end += of.parameterSize(name);
      int before = counted;
      while (counted < indices.length && indices[counted] < end) {
        counted++;
      }
      if (counted > before) {
        blocks.add(counted - before);
      }
    }
    return blocks;
  }

  private static double number(Json value) throws IOException {
    return value.kind() == Json.Kind.NUMBER ? value.number() : Double.NaN;
  }

  private static String layerOf(String parameter) {
    return parameter.substring(0, Math.max(0, parameter.lastIndexOf('.')));
  }
}
