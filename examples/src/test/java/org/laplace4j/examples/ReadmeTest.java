package org.laplace4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code that the README shows compiles. */
class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("(?s)```java\\n(.*?)```");

  /** What a reader's editor would import. */
  private static final String IMPORTS = Stream.of(
          "java.util.SplittableRandom",
          "org.laplace4j.autodiff.Tensor",
          "org.laplace4j.laplace.*",
          "org.laplace4j.laplace.curvature.*",
          "org.laplace4j.laplace.evidence.*",
          "org.laplace4j.laplace.predict.*",
          "org.laplace4j.laplace.subset.*",
          "org.laplace4j.nn.*",
          "org.laplace4j.nn.layer.*",
          "org.laplace4j.nn.likelihood.*",
          "org.laplace4j.nn.prior.*",
          "org.laplace4j.nn.train.*",
          "static org.laplace4j.laplace.evidence.Tuner.marginalLikelihood")
      .map(name -> "import " + name + ";\n")
      .collect(Collectors.joining());

  private static String readme() throws IOException {
    return Files.readString(Path.of("").toAbsolutePath().resolveSibling("README.md"));
  }

  @Test
  void itsCodeCompiles(@TempDir Path classes) throws IOException {
    List<String> snippets =
        JAVA.matcher(readme()).results().map(result -> result.group(1)).toList();
    assertThat(snippets).hasSize(2);
    assertThat(errors(classes, "Dataset digits, Tensor x", snippets.get(0))).isEmpty();
    assertThat(errors(
            classes,
            "Sequential network, Dataset specimens, Standardizer mpa, Tensor x",
            snippets.get(1)))
        .isEmpty();
  }

  private static String errors(Path classes, String parameters, String statements) {
    String source = IMPORTS + "class Snippet { void run(" + parameters + ") {" + statements + "} }";
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter errors = new StringWriter();
    List<String> options = List.of(
        "-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    boolean compiled =
        compiler.getTask(errors, null, null, options, null, List.of(file)).call();
    return compiled ? "" : errors.toString();
  }
}
