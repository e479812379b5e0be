package org.laplace4j.propertytests.reference;

import java.util.Optional;

/** Makes the posterior of a variant. */
public interface Fitter {
  /** Why this variant cannot be made yet; empty if it can. */
  Optional<String> missing(ReferenceCase of, ReferenceVariant variant);

  /** Why this quantity of a variant cannot be made yet; empty if it can. */
  default Optional<String> missing(ReferenceCase of, ReferenceVariant variant, String quantity) {
    return Optional.empty();
  }

  /** The posterior of a variant of which nothing is missing. */
  Fitted fit(ReferenceCase of, ReferenceVariant variant);
}
