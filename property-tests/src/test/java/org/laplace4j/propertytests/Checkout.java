package org.laplace4j.propertytests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of this checkout, as the tests of its documents see them. */
public final class Checkout {
  private static final Set<String> NOT_OURS = Set.of(".git", ".idea", ".vscode", "target");

  private Checkout() {}

  /** The folder of the parent pom.xml: tests run in the folder of their module. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException(
            "no folder above " + Path.of("").toAbsolutePath() + " holds mvnw");
      }
    }
    return folder;
  }

  /** Every file that is no build product, sorted. */
  static List<Path> files() {
    try (Stream<Path> entries = Files.list(root())) {
      return entries.flatMap(Checkout::below).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files whose names end so. */
  public static List<Path> files(String suffix) {
    return files().stream().filter(file -> file.toString().endsWith(suffix)).toList();
  }

  /** The main sources of the modules. */
  static List<Path> mainSources(String... modules) {
    return Stream.of(modules)
        .map(module -> root().resolve(module).resolve("src/main/java"))
        .flatMap(folder -> files(".java").stream().filter(file -> file.startsWith(folder)))
        .toList();
  }

  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read as UTF-8", e);
    }
  }

  private static Stream<Path> below(Path path) {
    if (NOT_OURS.contains(path.getFileName().toString())) return Stream.empty();
    if (!Files.isDirectory(path)) return Stream.of(path);
    try (Stream<Path> entries = Files.list(path)) {
      return entries.toList().stream().flatMap(Checkout::below);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
