package org.laplace4j.examples;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.examples.Picture.Anchor;
import org.laplace4j.examples.Plot.Axis;
import org.laplace4j.examples.Quickstart.Answers;
import org.laplace4j.laplace.metric.ReliabilityCurve;
import org.laplace4j.laplace.predict.ClassProbabilities;
import org.laplace4j.nn.Batch;

/**
 * What the quickstart changed: whether confidence means what it says, whether entropy tells digits
 * from nonsense, and what became of the network's most confident mistakes.
 */
final class QuickstartPicture {
  private static final List<Color> COLOURS = List.of(Picture.ORANGE, Picture.GREEN, Picture.BLUE);
  private static final Color DRAWN = Picture.sheer(Picture.INK, 0.55);
  private static final Color SCRAMBLED = Picture.sheer(new Color(0xCC, 0x79, 0xA7), 0.8);
  private static final int BINS = 10;
  private static final int MISTAKES = 8;

  private final Picture picture = new Picture(1600, 1080);
  private final List<Answers> all;
  private final Batch test;

  private QuickstartPicture(List<Answers> all, Batch test) {
    this.all = all;
    this.test = test;
  }

  /** The answers of the network alone first, those of the whole posterior last. */
  static Picture of(List<Answers> all, Batch test) {
    QuickstartPicture drawing = new QuickstartPicture(all, test);
    Answers map = all.get(0);
    Answers laplace = all.get(all.size() - 1);
    List<ClassProbabilities> drawn = all.stream().map(Answers::drawn).toList();
    List<ClassProbabilities> moved = all.stream().map(Answers::moved).toList();
    drawing.legend();
    drawing.reliability(0, "Digits as drawn", drawn);
    drawing.reliability(1, "Moved by one pixel", moved);
    drawing.entropies(2, map);
    drawing.entropies(3, laplace);
    drawing.mistakes(
        540,
        "The network's most confident mistakes on digits as drawn",
        test.x(),
        map.drawn(),
        laplace.drawn());
    drawing.mistakes(
        825,
        "… and on the same digits moved by one pixel",
        Digits.moved(test.x()),
        map.moved(),
        laplace.moved());
    return drawing.picture;
  }

  private void legend() {
    double left = 80;
    for (int i = 0; i < all.size(); i++) {
      picture.fill(new Rectangle2D.Double(left, 20, 24, 18), COLOURS.get(i));
      picture.text(all.get(i).from(), left + 32, 36, 21, Anchor.LEFT, Picture.INK);
      left += 72 + Lettering.width(all.get(i).from(), 21);
    }
  }

  private Rectangle2D frame(int column) {
    return new Rectangle2D.Double(80 + 395 * column, 105, 310, 310);
  }

  /** A dot's area is the number of images in its bin. */
  private void reliability(int column, String title, List<ClassProbabilities> predictions) {
    Plot plot = new Plot(
        picture,
        frame(column),
        title,
        new Axis("confidence", 0, 1, 0.2),
        new Axis("accuracy", 0, 1, 0.2));
    plot.line(new double[] {0, 1}, new double[] {0, 1}, Picture.GREY, 1.5, 6, 5);
    for (int i = 0; i < predictions.size(); i++) {
      List<ReliabilityCurve.Bin> bins =
          ReliabilityCurve.of(predictions.get(i), test.targets().labels(), BINS).bins().stream()
              .filter(bin -> bin.count() > 0)
              .toList();
      double[] x = bins.stream().mapToDouble(ReliabilityCurve.Bin::confidence).toArray();
      double[] y = bins.stream().mapToDouble(ReliabilityCurve.Bin::accuracy).toArray();
      plot.line(x, y, Picture.sheer(COLOURS.get(i), 0.5), 2);
      for (int m = 0; m < x.length; m++) {
        plot.dot(x[m], y[m], COLOURS.get(i), 2 + 1.5 * Math.sqrt(bins.get(m).count()));
      }
    }
  }

  private void entropies(int column, Answers answers) {
    Plot plot = new Plot(
        picture,
        frame(column),
        "Entropy: " + answers.from(),
        new Axis("entropy of the prediction, nats", 0, 2.4, 0.4),
        new Axis("part of the images", 0, 0.8, 0.2));
    plot.histogram(answers.drawn().entropies(), 24, DRAWN);
    plot.histogram(answers.scrambled().entropies(), 24, SCRAMBLED);
    plot.legend(0.7, "digits as drawn", DRAWN);
    plot.legend(0.7, "scrambled pixels", SCRAMBLED);
    plot.note(0.7, String.format(Locale.ROOT, "AUROC %.3f", answers.detection()));
  }

  private void mistakes(
      double top, String title, Tensor images, ClassProbabilities map, ClassProbabilities laplace) {
    picture.text(title, 80, top, 23, Anchor.LEFT, Picture.INK);
    int[] labels = test.targets().labels();
    int[] taken = map.labels();
    List<Integer> mistakes = IntStream.range(0, labels.length)
        .filter(n -> taken[n] != labels[n])
        .boxed()
        .sorted(Comparator.comparingDouble(n -> -map.probabilities().get(n, taken[n])))
        .limit(MISTAKES)
        .toList();
    for (int i = 0; i < mistakes.size(); i++) {
      int n = mistakes.get(i);
      double left = 80 + 187 * i;
      image(images.slice(0, n, n + 1).array(), left, top + 20);
      String sentence = digit(labels[n]) + " taken for " + digit(taken[n]);
      picture.text(sentence, left, top + 170, 17, Anchor.LEFT, Picture.INK);
      share(left, top + 182, map.probabilities().get(n, taken[n]), Picture.ORANGE);
      share(left, top + 206, laplace.probabilities().get(n, taken[n]), Picture.BLUE);
    }
  }

  private static String digit(int digit) {
    return (digit == 8 ? "an " : "a ") + digit;
  }

  private void image(double[] ink, double left, double top) {
    double pixel = 16;
    for (int i = 0; i < ink.length; i++) {
      int row = i / Digits.SIDE;
      int column = i % Digits.SIDE;
      int grey = (int) Math.round(255 * (1 - ink[i]));
      picture.fill(
          new Rectangle2D.Double(left + pixel * column, top + pixel * row, pixel, pixel),
          new Color(grey, grey, grey));
    }
    double side = pixel * Digits.SIDE;
    picture.stroke(new Rectangle2D.Double(left, top, side, side), Picture.GREY, 1);
  }

  /** A probability as a bar. */
  private void share(double left, double top, double probability, Color colour) {
    double whole = 120;
    picture.fill(new Rectangle2D.Double(left, top, whole, 18), Picture.FAINT);
    picture.fill(new Rectangle2D.Double(left, top, whole * probability, 18), colour);
    String percent = String.format(Locale.ROOT, "%.0f %%", 100 * probability);
    picture.text(percent, left + whole + 6, top + 16, 18, Anchor.LEFT, colour);
  }
}
