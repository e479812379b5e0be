package org.laplace4j.examples;

import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;

/**
 * The compressive strength of concrete in MPa, by its recipe (seven amounts in kg/m³) and its age
 * in days, in two fixed parts.
 *
 * @param training 927 specimens
 * @param test 103 specimens
 */
record Concrete(Dataset training, Dataset test) {

  static Concrete load() {
    return new Concrete(part("training"), part("test"));
  }

  private static Dataset part(String name) {
    Csv csv = Csv.resource("concrete-" + name + ".csv.gz");
    return Dataset.of(csv.inputs(), Targets.values(csv.target()));
  }
}
