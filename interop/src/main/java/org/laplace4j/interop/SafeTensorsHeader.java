package org.laplace4j.interop;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON object in front of the data of a safetensors file.
 *
 * <pre>
 *   {"name": {"dtype": "F64", "shape": [3, 2], "data_offsets": [0, 48]}, …, "__metadata__": {"key": "text"}}
 * </pre>
 *
 * Entries are in the order of their data, which they cover from the first byte to the last, each
 * byte once.
 */
record SafeTensorsHeader(List<Entry> entries, Map<String, String> metadata) {
  /** The key that holds texts about the file; no tensor can have this name. */
  static final String METADATA = "__metadata__";

  /**
   * More axes, tensors or texts than any model has, yet few enough for every heap, whatever a
   * forged header asks for.
   */
  private static final int MOST_AXES = 64;

  private static final int MOST_NAMES = 1_000_000;

  /** The header, the description of a tensor, its shape. */
  private static final int DEPTH = 3;

  /** No array is longer, on any Java virtual machine. */
  private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  /**
   * One tensor: its data are the bytes from {@code begin} to {@code end} of the data; {@code at} is
   * its place in the file.
   */
  record Entry(String name, DataType type, int[] shape, long begin, long end, long at) {}

  /**
   * Reads a header that begins at {@code origin} and is followed by {@code dataLength} bytes of
   * data.
   */
  static SafeTensorsHeader parse(Path path, long origin, byte[] bytes, long dataLength)
      throws IOException {
    // Padding may follow the object, not precede it.
    if (bytes.length == 0 || bytes[0] != '{') {
      throw new MalformedFileException(path, origin, "the header must begin with '{'");
    }
    SafeTensorsHeader header =
        StrictJson.read(path, origin, bytes, DEPTH, SafeTensorsHeader::object);
    header.checkCover(path, origin + bytes.length, dataLength);
    return header;
  }

  private static SafeTensorsHeader object(StrictJson json) throws IOException {
    var entries = new ArrayList<Entry>();
    Map<String, String> metadata = Map.of();
    JsonParser parser = json.parser();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      long at = json.offset();
      parser.nextToken();
      if (name.equals(METADATA)) {
        metadata = texts(json);
      } else {
        entries.add(entry(json, name, at));
        limit(json, entries.size(), MOST_NAMES, "tensors");
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    return new SafeTensorsHeader(entries, metadata);
  }

  private static Map<String, String> texts(StrictJson json) throws IOException {
    require(json, JsonToken.START_OBJECT, METADATA, "an object of texts");
    JsonParser parser = json.parser();
    var texts = new LinkedHashMap<String, String>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      require(json, JsonToken.VALUE_STRING, METADATA + "." + key, "a text");
      texts.put(key, parser.getText());
      limit(json, texts.size(), MOST_NAMES, "texts in " + METADATA);
    }
    return texts;
  }

  private static Entry entry(StrictJson json, String name, long at) throws IOException {
    require(json, JsonToken.START_OBJECT, name, "an object");
    JsonParser parser = json.parser();
    DataType type = null;
    long[] shape = null;
    long[] offsets = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "dtype" -> type = type(json, name);
        case "shape" -> shape = counts(json, name + ".shape");
        case "data_offsets" -> offsets = counts(json, name + ".data_offsets");
        default ->
          throw json.malformed(
              "tensor '" + name + "' has dtype, shape and data_offsets; '" + field + "' came");
      }
    }
    if (type == null || shape == null || offsets == null) {
      throw json.malformed("tensor '" + name + "' requires each of dtype, shape and data_offsets");
    }
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw json.malformed(
          "tensor '" + name + "' requires data_offsets [begin, end] with begin ≤ end, "
              + Arrays.toString(offsets) + " came");
    }
    checkLength(json, name, type, shape, offsets[1] - offsets[0]);
    int[] axes = Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
    return new Entry(name, type, axes, offsets[0], offsets[1], at);
  }

  private static DataType type(StrictJson json, String name) throws IOException {
    require(json, JsonToken.VALUE_STRING, name + ".dtype", "a text");
    String text = json.parser().getText();
    return DataType.named(text)
        .orElseThrow(() -> json.malformed("tensor '" + name + "' requires a dtype among "
            + Arrays.toString(DataType.values()) + ", '" + text + "' came"));
  }

  private static long[] counts(StrictJson json, String what) throws IOException {
    require(json, JsonToken.START_ARRAY, what, "an array of counts");
    JsonParser parser = json.parser();
    var counts = new ArrayList<Long>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      require(json, JsonToken.VALUE_NUMBER_INT, what, "a whole number");
      long count = parser.getLongValue();
      if (count < 0) {
        throw json.malformed(what + " requires numbers ≥ 0, " + count + " came");
      }
      counts.add(count);
      limit(json, counts.size(), MOST_AXES, "numbers in " + what);
    }
    return counts.stream().mapToLong(Long::longValue).toArray();
  }

  private static void checkLength(
      StrictJson json, String name, DataType type, long[] shape, long length)
      throws MalformedFileException {
    long elements = 1;
    for (long axis : shape) {
      if (axis > LARGEST_ARRAY) {
        throw json.malformed("tensor '" + name + "' has an axis of " + axis
            + ", the longest that can be read is " + LARGEST_ARRAY);
      }
      // Stops growing beyond any array, so that no product of axes can overflow.
      elements = Math.min(elements * axis, LARGEST_ARRAY + 1);
    }
    if (elements * type.bytes() > LARGEST_ARRAY) {
      throw json.malformed("tensor '" + name + "' of shape " + Arrays.toString(shape)
          + " is larger than the " + LARGEST_ARRAY + " bytes that can be read");
    }
    if (elements * type.bytes() != length) {
      throw json.malformed("tensor '" + name + "', " + type + " of shape " + Arrays.toString(shape)
          + ", requires " + elements * type.bytes() + " bytes, its data_offsets span " + length);
    }
  }

  /** Entries are sorted, so each must begin where the one before it ended. */
  private void checkCover(Path path, long dataAt, long dataLength) throws MalformedFileException {
    long covered = 0;
    for (Entry entry : entries) {
      if (entry.end > dataLength) {
        throw new MalformedFileException(
            path,
            entry.at,
            "tensor '" + entry.name + "' ends at byte " + entry.end + " of the data, which has "
                + dataLength);
      }
      if (entry.begin != covered) {
        throw new MalformedFileException(
            path,
            entry.at,
            "tensor '" + entry.name + "' must begin at byte " + covered
                + " of the data, where the one before it ends, not at " + entry.begin);
      }
      covered = entry.end;
    }
    if (covered != dataLength) {
      throw new MalformedFileException(
          path,
          dataAt + covered,
          "the tensors cover " + covered + " bytes of data, " + dataLength + " came");
    }
  }

  private static void limit(StrictJson json, int count, int most, String what)
      throws MalformedFileException {
    if (count > most) {
      throw json.malformed("at most " + most + " " + what + " can be read, there are more");
    }
  }

  private static void require(StrictJson json, JsonToken token, String what, String kind)
      throws MalformedFileException {
    if (json.parser().currentToken() != token) {
      throw json.malformed(
          what + " must be " + kind + ", " + json.parser().currentToken() + " came");
    }
  }
}
