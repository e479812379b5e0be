package org.laplace4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Whatever is written can be read; whatever else is in a file is read, or refused as malformed, and
 * nothing else.
 */
class SafeTensorsProperties {
  private Path path;

  @BeforeProperty
  void choosePath() throws IOException {
    path = Files.createTempFile("tensors", ".safetensors");
  }

  @AfterProperty
  void removeFile() throws IOException {
    Files.delete(path);
  }

  @Property(tries = 200)
  void readingUndoesWriting(@ForAll("tensors") Map<String, StoredTensor> tensors)
      throws IOException {
    SafeTensors.write(path, tensors, Map.of("kind", "test"));

    SafeTensors file = SafeTensors.read(path);

    assertThat(file.names()).isEqualTo(tensors.keySet());
    tensors.forEach((name, tensor) -> {
      assertThat(file.type(name)).isEqualTo(tensor.type());
      assertThat(file.shape(name)).isEqualTo(tensor.shape());
      assertThat(file.get(name).raw()).isEqualTo(tensor.raw());
    });
    assertThat(file.metadata()).containsOnly(Map.entry("kind", "test"));
  }

  @Property(tries = 200)
  void noTruncatedFileIsRead(
      @ForAll("tensors") Map<String, StoredTensor> tensors,
      @ForAll @IntRange(min = 1, max = 400) int missing)
      throws IOException {
    SafeTensors.write(path, tensors);
    byte[] bytes = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(bytes, Math.max(0, bytes.length - missing)));

    assertThat(isRead()).isFalse();
  }

  @Property(tries = 1000)
  void aMutatedFileIsReadOrRefused(
      @ForAll("tensors") Map<String, StoredTensor> tensors,
      @ForAll("mutations") List<Mutation> mutations)
      throws IOException {
    SafeTensors.write(path, tensors);
    byte[] bytes = Files.readAllBytes(path);
    for (Mutation mutation : mutations) {
      bytes = mutation.of(bytes);
    }
    Files.write(path, bytes);

    isRead();
  }

  @Property(tries = 500)
  void arbitraryTextIsReadAsJsonOrRefused(@ForAll("jsonLike") String text) throws IOException {
    Files.write(path, text.getBytes(StandardCharsets.UTF_8));
    try {
      Json.read(path);
    } catch (MalformedFileException e) {
      assertThat(e.offset()).isBetween(0L, Files.size(path));
    }
  }

  /** Any other exception fails the property. */
  private boolean isRead() throws IOException {
    try {
      SafeTensors.read(path);
      return true;
    } catch (MalformedFileException e) {
      assertThat(e.offset()).isBetween(0L, Math.max(0, Files.size(path)));
      return false;
    }
  }

  /**
   * One byte becomes another, near the beginning or anywhere; or bytes are cut out, or put in
   * twice.
   */
  record Mutation(Kind kind, int at, byte value, int length) {
    enum Kind {
      REPLACE,
      CUT,
      REPEAT
    }

    byte[] of(byte[] bytes) {
      if (bytes.length == 0) {
        return bytes;
      }
      int from = Math.floorMod(at, bytes.length);
      int to = Math.min(bytes.length, from + length);
      byte[] mutated = bytes.clone();
      switch (kind) {
        case REPLACE -> mutated[from] = value;
        case CUT ->
          mutated = joined(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length));
        case REPEAT ->
          mutated = joined(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, from, bytes.length));
      }
      return mutated;
    }

    private static byte[] joined(byte[] head, byte[] tail) {
      byte[] all = Arrays.copyOf(head, head.length + tail.length);
      System.arraycopy(tail, 0, all, head.length, tail.length);
      return all;
    }
  }

  @Provide
  Arbitrary<Map<String, StoredTensor>> tensors() {
    return Arbitraries.maps(Arbitraries.strings().ofMaxLength(8), tensor())
        .ofMaxSize(5)
        .map(TreeMap::new);
  }

  private static Arbitrary<StoredTensor> tensor() {
    Arbitrary<int[]> shapes =
        Arbitraries.integers().between(0, 4).array(int[].class).ofMaxSize(3);
    return Combinators.combine(
            shapes, Arbitraries.longs(), Arbitraries.of(DataType.F64, DataType.F32, DataType.I64))
        .as((shape, first, type) -> {
          int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
          var values = new long[size];
          Arrays.setAll(values, i -> first + i);
          return switch (type) {
            case F64 ->
              StoredTensor.of(
                  Arrays.stream(values).mapToDouble(Double::longBitsToDouble).toArray(), shape);
            case F32 -> StoredTensor.of(new float[size], shape);
            default -> StoredTensor.of(values, shape);
          };
        });
  }

  @Provide
  Arbitrary<String> jsonLike() {
    return Arbitraries.strings()
        .withChars("{}[]\",:.0123456789eE+-truefalsn \\u\u00e9\ud83d\ude00")
        .ofMaxLength(40);
  }

  @Provide
  Arbitrary<List<Mutation>> mutations() {
    // Half of the places lie in the length and the header's beginning, where most of the rules are.
    Arbitrary<Integer> places = Arbitraries.oneOf(
        Arbitraries.integers().between(0, 100), Arbitraries.integers().between(0, 100_000));
    return Combinators.combine(
            Arbitraries.of(Mutation.Kind.class),
            places,
            Arbitraries.bytes(),
            Arbitraries.integers().between(1, 60))
        .as(Mutation::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }
}
