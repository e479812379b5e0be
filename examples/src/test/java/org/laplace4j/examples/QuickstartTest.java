package org.laplace4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.laplace4j.examples.Quickstart.Answers;
import org.laplace4j.laplace.metric.ClassificationMetrics;
import org.laplace4j.laplace.predict.ClassProbabilities;

/** The quickstart as it is, and that what it says in the end is so. */
class QuickstartTest {
  @TempDir
  private static Path folder;

  private static String printed;
  private static Answers network;
  private static Answers lastLayer;
  private static Answers allWeights;

  @BeforeAll
  static void run() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<Answers> all =
        Quickstart.run(new PrintStream(out, true, StandardCharsets.UTF_8), folder.resolve("new"));
    printed = out.toString(StandardCharsets.UTF_8);
    network = all.get(0);
    lastLayer = all.get(1);
    allWeights = all.get(2);
  }

  private static int[] labels() {
    return Digits.load().test().whole().targets().labels();
  }

  private static double error(ClassProbabilities p) {
    return ClassificationMetrics.expectedCalibrationError(p, labels(), 15);
  }

  private static double nll(ClassProbabilities p) {
    return ClassificationMetrics.negativeLogLikelihood(p, labels());
  }

  @Test
  void theNetworkHasLearntTheDigits() {
    assertThat(ClassificationMetrics.accuracy(network.drawn(), labels())).isGreaterThan(0.93);
    assertThat(ClassificationMetrics.accuracy(allWeights.drawn(), labels())).isGreaterThan(0.93);
  }

  @Test
  void onDigitsAsDrawnTheNetworkIsCalibratedAndThePosteriorCautious() {
    assertThat(error(network.drawn())).isLessThan(0.05);
    assertThat(error(allWeights.drawn())).isGreaterThan(error(network.drawn()));
  }

  @Test
  void onMovedDigitsTheNetworkIsConfidentlyWrongAndThePosteriorIsNot() {
    assertThat(error(network.moved())).isGreaterThan(0.25);
    assertThat(error(allWeights.moved())).isLessThan(0.5 * error(network.moved()));
    assertThat(nll(allWeights.moved())).isLessThan(0.75 * nll(network.moved()));
    assertThat(nll(lastLayer.moved())).isBetween(nll(allWeights.moved()), nll(network.moved()));
  }

  @Test
  void theWholePosteriorTellsNonsenseFromDigits() {
    assertThat(allWeights.detection()).isGreaterThan(0.97).isGreaterThan(network.detection());
  }

  @Test
  void theReadmeShowsTheTableThatIsPrinted() throws IOException {
    List<String> table = printed
        .lines()
        .filter(line -> line.matches("(one network|Laplace,|  +DIGITS|  +accuracy).*"))
        .toList();
    assertThat(table).hasSize(5);
    Path readme = Path.of("").toAbsolutePath().resolveSibling("README.md");
    assertThat(Files.readString(readme)).contains(String.join("\n", table));
  }

  @Test
  void thePictureIsWhereItSays() throws IOException {
    Path file = folder.resolve("new").resolve("quickstart.png");
    assertThat(printed).contains(file.toString());
    BufferedImage image = ImageIO.read(Files.newInputStream(file));
    assertThat(image.getWidth()).isEqualTo(1600);
    // The colours of the three curves are there.
    int[] pixels = image.getRGB(0, 0, 1600, image.getHeight(), null, 0, 1600);
    assertThat(pixels)
        .contains(Picture.ORANGE.getRGB(), Picture.GREEN.getRGB(), Picture.BLUE.getRGB());
  }
}
