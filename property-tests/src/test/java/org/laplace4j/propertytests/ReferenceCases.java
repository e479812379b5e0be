package org.laplace4j.propertytests;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** The cases that are kept with the tests. */
public final class ReferenceCases {
  private ReferenceCases() {}

  /** The folder of a case. */
  public static Path folder(String name) {
    try {
      return Path.of(ReferenceCases.class.getResource("/reference/README.md").toURI())
          .resolveSibling(name);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
