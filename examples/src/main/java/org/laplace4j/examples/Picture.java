package org.laplace4j.examples;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** A white sheet to draw shapes and text on, in pixels from the top left, kept as a PNG. */
final class Picture {
  static final Color INK = new Color(0x22, 0x22, 0x22);
  static final Color GREY = new Color(0x77, 0x77, 0x77);
  static final Color FAINT = new Color(0xE4, 0xE4, 0xE4);

  /** Colours that also those tell apart who do not see red and green alike (Okabe and Ito 2002). */
  static final Color ORANGE = new Color(0xD5, 0x5E, 0x00);

  static final Color BLUE = new Color(0x00, 0x72, 0xB2);
  static final Color GREEN = new Color(0x00, 0x9E, 0x73);

  /** Which point of a text is at the place that is given for it. */
  enum Anchor {
    LEFT(0),
    CENTRE(0.5),
    RIGHT(1);

    private final double before;

    Anchor(double before) {
      this.before = before;
    }
  }

  private final BufferedImage image;
  private final Graphics2D pen;

  Picture(int width, int height) {
    image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    fill(new Rectangle2D.Double(0, 0, width, height), Color.WHITE);
  }

  /** The same colour, seen through: 0 is invisible, 1 opaque. */
  static Color sheer(Color colour, double opacity) {
    return new Color(
        colour.getRed(), colour.getGreen(), colour.getBlue(), (int) Math.round(255 * opacity));
  }

  void fill(Shape shape, Color colour) {
    pen.setColor(colour);
    pen.fill(shape);
  }

  void stroke(Shape shape, Color colour, double width, float... dashes) {
    pen.setColor(colour);
    pen.setStroke(new BasicStroke(
        (float) width,
        BasicStroke.CAP_BUTT,
        BasicStroke.JOIN_ROUND,
        1,
        dashes.length == 0 ? null : dashes,
        0));
    pen.draw(shape);
  }

  /** A line of text on the base line y. */
  void text(String text, double x, double y, double size, Anchor anchor, Color colour) {
    double start = x - anchor.before * Lettering.width(text, size);
    Shape line = Lettering.outline(text, size);
    fill(AffineTransform.getTranslateInstance(start, y).createTransformedShape(line), colour);
  }

  /** A line of text that runs upwards, centred on (x, y). */
  void textUpwards(String text, double x, double y, double size, Color colour) {
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    place.rotate(-Math.PI / 2);
    place.translate(-Lettering.width(text, size) / 2, 0);
    fill(place.createTransformedShape(Lettering.outline(text, size)), colour);
  }

  /** Draws only inside a rectangle for a while. */
  void inside(Rectangle2D frame, Runnable drawing) {
    Shape before = pen.getClip();
    pen.setClip(frame);
    drawing.run();
    pen.setClip(before);
  }

  /** Writes the picture, and the folder it is to be in where there is none yet. */
  void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam small = writer.getDefaultWriteParam();
    small.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    small.setCompressionQuality(0);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), small);
    } finally {
      writer.dispose();
    }
  }
}
