package org.laplace4j.propertytests.invariants;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One invariant by name, and how it is looked at. */
record Check(String invariant, Supplier<Finding> finding) {

  static List<Finding> all(Check... checks) {
    return Stream.of(checks).map(Check::run).toList();
  }

  private Finding run() {
    try {
      return finding.get();
    } catch (RuntimeException e) {
      return Finding.of(invariant, false, "the subject throws " + e);
    }
  }
}
