package org.laplace4j.benchmarks;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.laplace4j.interop.Json;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.nn.Module;

/**
 * A posterior to make of a workload.
 *
 * @param subset which weights are random: {@code all}, {@code last_layer} or {@code subnetwork}
 * @param structure what is kept of the curvature, such as {@code kron}
 * @param examples of the training data that are fitted
 * @param draws of weights
 * @param largest how many weights of the largest magnitude a subnetwork has
 * @param onlineEpochs how many epochs of training by the marginal likelihood are timed, if any
 * @param active the parameters that are trainable, all where there are none
 */
record Variant(
    String subset,
    String structure,
    int examples,
    int draws,
    OptionalInt largest,
    OptionalInt onlineEpochs,
    Set<String> active) {

  static Variant from(Json json) throws IOException {
    Optional<Json> active = json.find("active_params");
    return new Variant(
        json.get("subset_of_weights").text(),
        json.get("hessian_structure").text(),
        json.get("n_fit").integer(),
        json.get("samples").integer(),
        integer(json, "subnet_largest_magnitude"),
        integer(json, "marglik_training_epochs"),
        active.isPresent() ? new LinkedHashSet<>(active.get().texts()) : Set.of());
  }

  private static OptionalInt integer(Json json, String field) throws IOException {
    Optional<Json> found = json.find(field);
    return found.isPresent() ? OptionalInt.of(found.get().integer()) : OptionalInt.empty();
  }

  /** What of it is not known here. */
  Optional<String> unknown() {
    if (!Set.of("full", "diag", "kron", "ekfac").contains(structure)) {
      return Optional.of("structure " + structure);
    }
    boolean known = subset.equals("all")
        || subset.equals("last_layer")
        || subset.equals("subnetwork") && largest.isPresent();
    return known ? Optional.empty() : Optional.of("subset " + subset);
  }

  /** Freezes what is not active. */
  void freeze(Module network) {
    if (!active.isEmpty()) {
      network.parameters().forEach((name, parameter) -> {
        if (!active.contains(name)) {
          parameter.freeze();
        }
      });
    }
  }

  Structure kept() {
    return switch (structure) {
      case "full" -> Structure.full();
      case "diag" -> Structure.diagonal();
      case "ekfac" -> Structure.ekfac();
      default -> Structure.kronecker();
    };
  }

  WeightSubset random() {
    return switch (subset) {
      case "last_layer" -> WeightSubset.lastLayer();
      case "subnetwork" -> WeightSubset.largestMagnitude(largest.orElseThrow());
      default -> WeightSubset.all();
    };
  }
}
