package org.laplace4j.examples;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.examples.Example2ErrorBars.Results;
import org.laplace4j.examples.Plot.Axis;
import org.laplace4j.laplace.metric.RegressionMetrics;
import org.laplace4j.laplace.predict.NormalPrediction;
import org.laplace4j.nn.Batch;
import org.laplace4j.nn.Dataset;

/** Error bars of a curve and of concrete, and whether as many targets are inside as should be. */
final class ErrorBarsPicture {
  /** Half the width of a central interval of 95 %, in standard deviations. */
  private static final double DEVIATIONS = 1.96;

  private static final Color EPISTEMIC = Picture.sheer(Picture.BLUE, 0.45);
  private static final Color TOTAL = Picture.sheer(Picture.BLUE, 0.18);

  private final Picture picture = new Picture(1600, 560);

  private ErrorBarsPicture() {}

  static Picture of(Dataset points, Results results) {
    ErrorBarsPicture drawing = new ErrorBarsPicture();
    drawing.curve(points.whole(), results.bands());
    drawing.strengths(results.posterior(), results.measured().array());
    drawing.coverage(results);
    return drawing.picture;
  }

  private void curve(Batch points, NormalPrediction bands) {
    Plot plot = new Plot(
        picture,
        new Rectangle2D.Double(80, 60, 560, 420),
        "A curve: 95 % of what is plausible",
        new Axis("x", -5, 5, 1),
        new Axis("y", -6, 8, 2));
    double[] x = GappedCurve.grid().array();
    double[] mean = bands.mean().array();
    band(plot, x, mean, bands.standardDeviations(), TOTAL);
    band(plot, x, mean, bands.epistemicVariances().sqrt(), EPISTEMIC);
    plot.line(x, GappedCurve.truth(GappedCurve.grid()), Picture.INK, 1.5, 6, 5);
    plot.line(x, mean, Picture.BLUE, 3);
    double[] y = points.targets().values().array();
    for (int n = 0; n < y.length; n++) {
      plot.dot(points.x().array()[n], y[n], Picture.ORANGE, 7);
    }
    plot.legend(-4.8, "what the network does not know (epistemic)", EPISTEMIC);
    plot.legend(-4.8, "and the noise", TOTAL);
    plot.legend(-4.8, "data", Picture.ORANGE);
    plot.legend(-4.8, "sin 2x (dashed)", Picture.INK);
  }

  private static void band(Plot plot, double[] x, double[] mean, Tensor deviations, Color colour) {
    double[] lower = new double[x.length];
    double[] upper = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      lower[i] = mean[i] - DEVIATIONS * deviations.array()[i];
      upper[i] = mean[i] + DEVIATIONS * deviations.array()[i];
    }
    plot.band(x, lower, upper, colour);
  }

  private void strengths(NormalPrediction prediction, double[] measured) {
    Plot plot = new Plot(
        picture,
        new Rectangle2D.Double(740, 60, 420, 420),
        "Concrete: intervals of 95 %",
        new Axis("strength predicted, MPa", 0, 90, 10),
        new Axis("strength measured, MPa", 0, 90, 10));
    plot.line(new double[] {0, 90}, new double[] {0, 90}, Picture.GREY, 1.5, 6, 5);
    double[] mean = prediction.mean().array();
    double[] deviation = prediction.standardDeviations().array();
    for (int n = 0; n < mean.length; n++) {
      double half = DEVIATIONS * deviation[n];
      boolean inside = Math.abs(measured[n] - mean[n]) <= half;
      Color colour = inside ? Picture.BLUE : Picture.ORANGE;
      plot.line(
          new double[] {mean[n] - half, mean[n] + half},
          new double[] {measured[n], measured[n]},
          Picture.sheer(colour, 0.35),
          2);
      plot.dot(mean[n], measured[n], colour, 7);
    }
    plot.legend(3, "measured inside", Picture.BLUE);
    plot.legend(3, "and outside", Picture.ORANGE);
  }

  private void coverage(Results results) {
    Plot plot = new Plot(
        picture,
        new Rectangle2D.Double(1250, 60, 320, 420),
        "Concrete: coverage",
        new Axis("level of the interval", 0, 1, 0.2),
        new Axis("part of the specimens inside", 0, 1, 0.1));
    double[] levels = IntStream.range(1, 100).mapToDouble(i -> i / 100.0).toArray();
    plot.line(new double[] {0, 1}, new double[] {0, 1}, Picture.GREY, 1.5, 6, 5);
    plot.line(levels, inside(results.noiseOnly(), results.measured(), levels), Picture.ORANGE, 3);
    plot.line(levels, inside(results.posterior(), results.measured(), levels), Picture.BLUE, 3);
    plot.legend(0.04, "one network", Picture.ORANGE);
    plot.legend(0.04, "Laplace", Picture.BLUE);
  }

  private static double[] inside(NormalPrediction prediction, Tensor y, double[] levels) {
    return Arrays.stream(levels)
        .map(level -> RegressionMetrics.coverage(prediction, y, level))
        .toArray();
  }
}
