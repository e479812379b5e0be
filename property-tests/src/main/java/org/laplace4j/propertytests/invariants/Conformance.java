package org.laplace4j.propertytests.invariants;

import java.util.List;
import java.util.stream.Collectors;

/** Some invariants of something given: to be looked at one by one, or required. */
public interface Conformance {

  /**
   * A finding for each invariant, always in the same order. Nothing is thrown: where the subject
   * throws, the invariant that asked it has failed.
   */
  List<Finding> check();

  /**
   * Requires that no invariant fails.
   *
   * @throws AssertionError with every finding, if one does
   */
  default void requireAll() {
    List<Finding> findings = check();
    if (findings.stream().anyMatch(f -> f.outcome() == Finding.Outcome.FAILED)) {
      throw new AssertionError(findings.stream()
          .map(Finding::toString)
          .collect(Collectors.joining("\n", "invariants do not hold:\n", "")));
    }
  }
}
