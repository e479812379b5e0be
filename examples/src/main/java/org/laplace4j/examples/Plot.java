package org.laplace4j.examples;

import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Locale;
import org.laplace4j.examples.Picture.Anchor;

/** Axes in a part of a picture, and marks at places of those axes: lines, dots, bands, bars. */
final class Plot {
  private static final double TEXT = 20;
  private static final double TICK = 18;

  /** What an axis shows, from where to where, and the distance of its ticks. */
  record Axis(String label, double from, double to, double step) {
    private String tick(double value) {
      String number = String.format(Locale.ROOT, step >= 1 ? "%.0f" : "%.1f", value);
      return number.replace('-', '\u2212');
    }
  }

  private final Picture picture;
  private final Rectangle2D frame;
  private final Axis x;
  private final Axis y;
  private double nextLine;

  /** Draws the axes; the frame is the area between them, labels stand outside. */
  Plot(Picture picture, Rectangle2D frame, String title, Axis x, Axis y) {
    this.picture = picture;
    this.frame = frame;
    this.x = x;
    this.y = y;
    this.nextLine = frame.getY() + 30;
    picture.text(title, frame.getX(), frame.getY() - 15, 23, Anchor.LEFT, Picture.INK);
    drawAxes();
  }

  private void drawAxes() {
    double left = frame.getX();
    double bottom = frame.getMaxY();
    for (double at = x.from; at <= x.to + x.step / 1e6; at += x.step) {
      picture.stroke(new Line2D.Double(atX(at), frame.getY(), atX(at), bottom), Picture.FAINT, 1);
      picture.text(x.tick(at), atX(at), bottom + 25, TICK, Anchor.CENTRE, Picture.GREY);
    }
    for (double at = y.from; at <= y.to + y.step / 1e6; at += y.step) {
      picture.stroke(new Line2D.Double(left, atY(at), frame.getMaxX(), atY(at)), Picture.FAINT, 1);
      picture.text(y.tick(at), left - 9, atY(at) + 6, TICK, Anchor.RIGHT, Picture.GREY);
    }
    picture.stroke(frame, Picture.GREY, 1);
    picture.text(x.label, frame.getCenterX(), bottom + 55, TEXT, Anchor.CENTRE, Picture.INK);
    picture.textUpwards(y.label, left - 56, frame.getCenterY(), TEXT, Picture.INK);
  }

  private double atX(double value) {
    return frame.getX() + (value - x.from) / (x.to - x.from) * frame.getWidth();
  }

  private double atY(double value) {
    return frame.getMaxY() - (value - y.from) / (y.to - y.from) * frame.getHeight();
  }

  void line(double[] xs, double[] ys, Color colour, double width, float... dashes) {
    Path2D path = path(xs, ys);
    picture.inside(frame, () -> picture.stroke(path, colour, width, dashes));
  }

  /** A dot; it may stand out of the frame. */
  void dot(double atX, double atY, Color colour, double diameter) {
    double r = diameter / 2;
    picture.fill(new Ellipse2D.Double(atX(atX) - r, atY(atY) - r, diameter, diameter), colour);
  }

  /** The area between two curves over the same xs. */
  void band(double[] xs, double[] lower, double[] upper, Color colour) {
    Path2D path = path(xs, upper);
    for (int i = xs.length - 1; i >= 0; i--) {
      path.lineTo(atX(xs[i]), atY(lower[i]));
    }
    path.closePath();
    picture.inside(frame, () -> picture.fill(path, colour));
  }

  /** A bar from the x axis up to y. */
  void bar(double fromX, double toX, double height, Color colour) {
    double top = atY(height);
    picture.fill(
        new Rectangle2D.Double(atX(fromX), top, atX(toX) - atX(fromX), frame.getMaxY() - top),
        colour);
  }

  /** The part of the values in each of equally wide bins, as bars. */
  void histogram(double[] values, int bins, Color colour) {
    int[] counts = new int[bins];
    double width = (x.to - x.from) / bins;
    for (double value : values) {
      int bin = (int) ((value - x.from) / width);
      counts[Math.max(0, Math.min(bins - 1, bin))]++;
    }
    for (int b = 0; b < bins; b++) {
      bar(x.from + b * width, x.from + (b + 1) * width, counts[b] / (double) values.length, colour);
    }
  }

  /** The next line of the legend, from x on. */
  void legend(double fromX, String text, Color colour) {
    picture.fill(new Rectangle2D.Double(atX(fromX), nextLine - 15, 22, 15), colour);
    picture.text(text, atX(fromX) + 30, nextLine, TEXT, Anchor.LEFT, Picture.INK);
    nextLine += 28;
  }

  /** A text in place of the next line of the legend. */
  void note(double fromX, String text) {
    picture.text(text, atX(fromX), nextLine, TEXT, Anchor.LEFT, Picture.INK);
    nextLine += 28;
  }

  private Path2D path(double[] xs, double[] ys) {
    Path2D path = new Path2D.Double();
    path.moveTo(atX(xs[0]), atY(ys[0]));
    for (int i = 1; i < xs.length; i++) {
      path.lineTo(atX(xs[i]), atY(ys[i]));
    }
    return path;
  }
}
