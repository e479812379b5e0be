package org.laplace4j.examples;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Scanner;

/**
 * Text as outlines, which are shipped with the examples: a JDK has no fonts of its own, so pictures
 * that used fonts would look different on every machine, and fail on those that have none.
 */
final class Lettering {
  private static final double UNITS = 1000;
  private static final Map<Integer, Glyph> GLYPHS = read();

  /** The outline of a character at size 1000, y downwards, and how far it moves on. */
  private record Glyph(double advance, Path2D outline) {}

  private Lettering() {}

  /** The outline of a line of text that starts at the origin, on its base line. */
  static Path2D outline(String text, double size) {
    Path2D line = new Path2D.Double();
    AffineTransform place = AffineTransform.getScaleInstance(size / UNITS, size / UNITS);
    for (int character : text.codePoints().toArray()) {
      line.append(glyph(character).outline().getPathIterator(place), false);
      place.translate(glyph(character).advance(), 0);
    }
    return line;
  }

  /** The length of a line of text. */
  static double width(String text, double size) {
    return text.codePoints().mapToDouble(c -> glyph(c).advance()).sum() * size / UNITS;
  }

  private static Glyph glyph(int character) {
    return GLYPHS.getOrDefault(character, GLYPHS.get((int) '?'));
  }

  private static Map<Integer, Glyph> read() {
    Map<Integer, Glyph> glyphs = new HashMap<>();
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(
        Lettering.class.getResourceAsStream("lettering.txt"), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          Scanner words = new Scanner(line).useLocale(Locale.ROOT);
          glyphs.put(words.nextInt(16), new Glyph(words.nextInt(), path(words)));
        }
      }
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
    return glyphs;
  }

  private static Path2D path(Scanner words) {
    Path2D path = new Path2D.Double();
    while (words.hasNext()) {
      switch (words.next()) {
        case "M" -> path.moveTo(words.nextInt(), words.nextInt());
        case "L" -> path.lineTo(words.nextInt(), words.nextInt());
        case "Q" -> path.quadTo(words.nextInt(), words.nextInt(), words.nextInt(), words.nextInt());
        default -> path.closePath();
      }
    }
    return path;
  }
}
