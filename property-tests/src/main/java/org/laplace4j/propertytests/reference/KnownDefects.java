package org.laplace4j.propertytests.reference;

import java.util.Optional;

/**
 * Numbers of the reference that nothing can be held against, told by structure, likelihood and
 * name.
 */
final class KnownDefects {
  private static final String LOW_RANK =
      "the reference's low rank is in single precision, its eigenvalues off by up to 4 % or two thirds: no comparison";
  private static final String TWICE = "the reference counts the data fit twice";

  private KnownDefects() {}

  /** What is wrong with this number, if anything. */
  static Optional<String> of(ReferenceCase of, ReferenceVariant variant, String quantity) {
    if (variant.structure().equals("lowrank")) {
      return Optional.of(LOW_RANK);
    }
    boolean evidence = quantity.startsWith("marglik") || quantity.startsWith("optimized/");
    if (!variant.isFunctional() || of.isClassification() || !evidence) {
      return Optional.empty();
    }
    String oracle = variant.tensor(ReferenceVariant.ORACLE + "evidence");
    if (!quantity.equals("marglik") || !of.tensors().contains(oracle)) {
      return Optional.of(TWICE);
    }
    double says = of.tensors().doubles(variant.tensor(quantity))[0];
    double dense = of.tensors().doubles(oracle)[0];
    return Optional.of(String.format("%s: it says %.6f, dense algebra %.6f", TWICE, says, dense));
  }
}
