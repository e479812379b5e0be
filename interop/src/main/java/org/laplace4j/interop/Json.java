package org.laplace4j.interop;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON value that knows its place in its file, so that asking it for what it is not is an error
 * with an address.
 *
 * <p>Files are at most 4 MB long and nested at most 64 deep: descriptions, not data.
 */
public final class Json {
  private static final int LARGEST_FILE = 4_000_000;
  private static final int DEPTH = 64;

  /** What a JSON value can be. */
  public enum Kind {
    /** Values by key. */
    OBJECT,
    /** Values in order. */
    ARRAY,
    /** Characters. */
    TEXT,
    /** A number, whole or not. */
    NUMBER,
    /** True or false. */
    FLAG,
    /** The absence of a value, stated. */
    NULL
  }

  private final Path path;
  private final long offset;
  private final Kind kind;
  private final Map<String, Json> fields;
  private final List<Json> items;
  private final String text;

  private Json(
      Path path, long offset, Kind kind, Map<String, Json> fields, List<Json> items, String text) {
    this.path = path;
    this.offset = offset;
    this.kind = kind;
    this.fields = Collections.unmodifiableMap(fields);
    this.items = Collections.unmodifiableList(items);
    this.text = text;
  }

  /**
   * Reads a file that holds one JSON value.
   *
   * @throws MalformedFileException if it does not
   * @throws IOException if it cannot be read
   */
  public static Json read(Path path) throws IOException {
    byte[] bytes;
    try (var in = Files.newInputStream(path)) {
      bytes = in.readNBytes(LARGEST_FILE + 1);
    }
    if (bytes.length > LARGEST_FILE) {
      throw new MalformedFileException(
          path, LARGEST_FILE, "a JSON file of at most " + LARGEST_FILE + " bytes is required");
    }
    return StrictJson.read(path, 0, bytes, DEPTH, json -> value(path, json));
  }

  /** What this value is. */
  public Kind kind() {
    return kind;
  }

  /** The value of a key that must be there. */
  public Json get(String key) throws MalformedFileException {
    return find(key)
        .orElseThrow(
            () -> malformed("the object requires '" + key + "', it has " + fields.keySet()));
  }

  /** The value of a key that may be there; a null counts as absent. */
  public Optional<Json> find(String key) throws MalformedFileException {
    return Optional.ofNullable(fields().get(key)).filter(value -> value.kind != Kind.NULL);
  }

  /** The object's values by key, in the order of the file. */
  public Map<String, Json> fields() throws MalformedFileException {
    require(Kind.OBJECT);
    return fields;
  }

  /** The array's values, in order. */
  public List<Json> items() throws MalformedFileException {
    require(Kind.ARRAY);
    return items;
  }

  /** The text. */
  public String text() throws MalformedFileException {
    require(Kind.TEXT);
    return text;
  }

  /** Whether the flag is true. */
  public boolean flag() throws MalformedFileException {
    require(Kind.FLAG);
    return text.equals("true");
  }

  /** The number, rounded to the nearest double. */
  public double number() throws MalformedFileException {
    require(Kind.NUMBER);
    double number = Double.parseDouble(text);
    if (Double.isInfinite(number)) {
      throw malformed("a number that a double can hold is required, " + text + " came");
    }
    return number;
  }

  /** The number, which must be whole and an {@code int}. */
  public int integer() throws MalformedFileException {
    require(Kind.NUMBER);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw malformed("a whole number between ±2^31 is required, " + text + " came");
    }
  }

  /** The numbers of an array. */
  public double[] numbers() throws MalformedFileException {
    var numbers = new double[items().size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = items.get(i).number();
    }
    return numbers;
  }

  /** The whole numbers of an array. */
  public int[] integers() throws MalformedFileException {
    var integers = new int[items().size()];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = items.get(i).integer();
    }
    return integers;
  }

  /** The texts of an array. */
  public List<String> texts() throws MalformedFileException {
    var texts = new ArrayList<String>();
    for (Json item : items()) {
      texts.add(item.text());
    }
    return Collections.unmodifiableList(texts);
  }

  /** An error at this value's place, for readers that require more of it than its kind. */
  public MalformedFileException malformed(String what) {
    return new MalformedFileException(path, offset, what);
  }

  private void require(Kind required) throws MalformedFileException {
    if (kind != required) {
      throw malformed("a JSON " + required + " is required, " + kind + " came");
    }
  }

  private static Json value(Path path, StrictJson json) throws IOException {
    JsonParser parser = json.parser();
    if (parser.currentToken() == null) {
      throw json.malformed("a JSON value is required, the file ends");
    }
    long offset = json.offset();
    Kind kind = switch (parser.currentToken()) {
      case START_OBJECT -> Kind.OBJECT;
      case START_ARRAY -> Kind.ARRAY;
      case VALUE_STRING -> Kind.TEXT;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Kind.NUMBER;
      case VALUE_TRUE, VALUE_FALSE -> Kind.FLAG;
      case VALUE_NULL -> Kind.NULL;
      default ->
        throw json.malformed("a JSON value is required, " + parser.currentToken() + " came");
    };
    String text = kind == Kind.OBJECT || kind == Kind.ARRAY ? "" : parser.getText();
    Map<String, Json> fields = kind == Kind.OBJECT ? fields(path, json) : Map.of();
    List<Json> items = kind == Kind.ARRAY ? items(path, json) : List.of();
    return new Json(path, offset, kind, fields, items, text);
  }

  private static Map<String, Json> fields(Path path, StrictJson json) throws IOException {
    var fields = new LinkedHashMap<String, Json>();
    while (json.parser().nextToken() == JsonToken.FIELD_NAME) {
      String key = json.parser().currentName();
      json.parser().nextToken();
      fields.put(key, value(path, json));
    }
    return fields;
  }

  private static List<Json> items(Path path, StrictJson json) throws IOException {
    var items = new ArrayList<Json>();
    while (json.parser().nextToken() != JsonToken.END_ARRAY) {
      items.add(value(path, json));
    }
    return items;
  }
}
