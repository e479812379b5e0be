package org.laplace4j.propertytests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents promise is there. */
class DocumentationTest {
  private static final Path ROOT = Checkout.root();

  private static final Pattern SHELL = Pattern.compile("(?s)```sh\\n(.*?)```");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  /** Folders that only one machine has, and a way out of the checkout. */
  private static final Pattern ELSEWHERE =
      Pattern.compile("(?<![\\w.:/-])/(home|Users|root|work)/\\w|\\.\\./[s]hared\\b");

  private static final Set<String> TEXT =
      Set.of("java", "md", "xml", "properties", "config", "json", "csv", "txt", "yml", "sh", "");

  @Test
  void everyCommandOfTheReadmeCanBeRun() {
    List<Path> commands = matches(SHELL, Checkout.text(ROOT.resolve("README.md")))
        .flatMap(block -> block.group(1).lines())
        .map(line -> line.strip().split("\\s")[0])
        .filter(word -> word.startsWith("bin/") || word.startsWith("./"))
        .map(word -> ROOT.resolve(word).normalize())
        .toList();
    assertThat(commands).isNotEmpty();
    assertThat(commands).filteredOn(command -> !Files.isExecutable(command)).isEmpty();
  }

  @Test
  void everyLauncherIsExecutable() {
    assertThat(Checkout.files())
        .filteredOn(file -> file.startsWith(ROOT.resolve("bin")))
        .filteredOn(file -> !file.endsWith("launch.sh") && !Files.isExecutable(file))
        .isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIs() {
    Path main = Path.of("src", "main", "java");
    Stream<Path> packages = Checkout.files(".java").stream()
        .filter(file -> ROOT.relativize(file).subpath(1, 4).equals(main))
        .map(Path::getParent)
        .distinct();
    assertThat(packages)
        .filteredOn(folder -> !Files.exists(folder.resolve("package-info.java")))
        .isEmpty();
  }

  @Test
  void everyLinkBetweenDocumentsLeadsSomewhere() {
    List<Path> targets =
        Checkout.files(".md").stream().flatMap(DocumentationTest::links).toList();
    assertThat(targets).isNotEmpty();
    assertThat(targets).filteredOn(target -> !Files.exists(target)).isEmpty();
  }

  @Test
  void noFileNamesAPlaceOutsideTheCheckout() {
    Stream<String> places = Checkout.files().stream()
        .filter(file -> TEXT.contains(extension(file)))
        .flatMap(file -> matches(ELSEWHERE, Checkout.text(file)).map(m -> file + ": " + m.group()));
    assertThat(places).isEmpty();
  }

  /** Regenerating the wrapper would lose what docs/decisions/0002-build.md says of it. */
  @Test
  void theWrapperChecksBothOfItsArchives() {
    String properties = Checkout.text(ROOT.resolve(".mvn/wrapper/maven-wrapper.properties"));
    assertThat(properties).contains("distributionSha256Sum=", "distributionTarGzSha256Sum=");
    assertThat(Checkout.text(ROOT.resolve("mvnw"))).contains("distributionTarGzSha256Sum");
  }

  private static Stream<MatchResult> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results();
  }

  private static Stream<Path> links(Path document) {
    return matches(LINK, Checkout.text(document))
        .map(link -> link.group(1).replaceFirst("#.*", ""))
        .filter(link -> !link.isEmpty() && !link.matches("[a-z]+:.*"))
        .map(link -> document.resolveSibling(link).normalize());
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString();
    return name.contains(".") ? name.substring(name.lastIndexOf('.') + 1) : "";
  }
}
