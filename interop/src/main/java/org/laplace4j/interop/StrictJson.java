package org.laplace4j.interop;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The JSON inside a file, token by token, in UTF-8 and nothing else: a key twice in one object,
 * nesting too deep and bytes that are not UTF-8 are refused, and whatever is wrong becomes a
 * {@link MalformedFileException}.
 */
final class StrictJson {
  /** Decoded in pieces of this length when it is checked, so that checking costs no memory. */
  private static final int PIECE = 8192;

  private final Path path;
  private final long origin;
  private final JsonParser parser;

  private StrictJson(Path path, long origin, JsonParser parser) {
    this.path = path;
    this.origin = origin;
    this.parser = parser;
  }

  /** What a reader does with the tokens. */
  interface Reading<T> {
    T from(StrictJson json) throws IOException;
  }

  /** Reads the one JSON value that the bytes hold; they begin at {@code origin} in the file. */
  static <T> T read(Path path, long origin, byte[] bytes, int depth, Reading<T> reading)
      throws IOException {
    checkUtf8(path, origin, bytes);
    var limits = StreamReadConstraints.builder()
        .maxNestingDepth(depth)
        .maxDocumentLength(bytes.length)
        .maxStringLength(bytes.length)
        .build();
    JsonFactory factory = JsonFactory.builder()
        .streamReadConstraints(limits)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .disable(JsonFactory.Feature.CHARSET_DETECTION)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .build();
    try (JsonParser parser = factory.createParser(bytes)) {
      var json = new StrictJson(path, origin, parser);
      parser.nextToken();
      T value = reading.from(json);
      if (parser.nextToken() != null) {
        throw json.malformed(
            "the end of the JSON value is required, " + parser.currentToken() + " came");
      }
      return value;
    } catch (JsonProcessingException e) {
      long at = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
      throw new MalformedFileException(
          path, origin + at, "not JSON as it is required here: " + e.getOriginalMessage());
    }
  }

  JsonParser parser() {
    return parser;
  }

  /** The place of the current token in the file. */
  long offset() {
    return origin + Math.max(0, parser.currentTokenLocation().getByteOffset());
  }

  MalformedFileException malformed(String what) {
    return new MalformedFileException(path, offset(), what);
  }

  private static void checkUtf8(Path path, long origin, byte[] bytes)
      throws MalformedFileException {
    CharsetDecoder decoder = StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(PIECE);
    CoderResult result;
    do {
      out.clear();
      result = decoder.decode(in, out, true);
      if (result.isError()) {
        throw new MalformedFileException(
            path, origin + in.position(), "UTF-8 is required, these bytes are not: " + result);
      }
    } while (result.isOverflow());
  }
}
