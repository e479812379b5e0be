package org.laplace4j.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTensorsTest {
  @TempDir
  Path folder;

  private Path path;

  @BeforeEach
  void choosePath() {
    path = folder.resolve("a.safetensors");
  }

  @Test
  void readsWhatTheFormatDescribes() throws IOException {
    String header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
        + "\"n\":{\"shape\":[],\"dtype\":\"I64\",\"data_offsets\":[8,16]},"
        + "\"__metadata__\":{\"made by\":\"hand\"}}   ";
    write(header, littleEndian(16).putFloat(0.5f).putFloat(-3).putLong(-7));

    SafeTensors file = SafeTensors.read(path);

    assertThat(file.names()).containsExactly("n", "w");
    assertThat(file.type("w")).isEqualTo(DataType.F32);
    assertThat(file.shape("w")).containsExactly(2, 1);
    assertThat(file.doubles("w")).containsExactly(0.5, -3);
    assertThat(file.shape("n")).isEmpty();
    assertThat(file.longs("n")).containsExactly(-7);
    assertThat(file.doubles("n")).containsExactly(-7);
    assertThat(file.metadata()).containsOnly(Map.entry("made by", "hand"));
  }

  @ParameterizedTest
  @CsvSource({
    "F16, 2, 3c00, 1",
    "BF16, 2, 3f80, 1",
    "I32, 4, ffffffff, -1",
    "U32, 4, ffffffff, 4294967295",
    "I16, 2, ffff, -1",
    "U16, 2, ffff, 65535",
    "I8, 1, ff, -1",
    "U8, 1, ff, 255",
    "BOOL, 1, 01, 1"
  })
  void widensExactly(String type, int bytes, String hex, double value) throws IOException {
    ByteBuffer data = littleEndian(8).putLong(Long.parseLong(hex, 16)).limit(bytes);
    write(
        "{\"x\":{\"dtype\":\"" + type + "\",\"shape\":[1],\"data_offsets\":[0," + bytes + "]}}",
        data);

    assertThat(SafeTensors.read(path).doubles("x")).containsExactly(value);
  }

  @Test
  void readsAnEmptyTensorBetweenOthers() throws IOException {
    write(
        "{\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]},"
            + "\"none\":{\"dtype\":\"F64\",\"shape\":[3,0],\"data_offsets\":[1,1]},"
            + "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}",
        littleEndian(2));

    assertThat(SafeTensors.read(path).doubles("none")).isEmpty();
  }

  @Test
  void readsAFileWithoutTensors() throws IOException {
    write("{}", littleEndian(0));

    assertThat(SafeTensors.read(path).names()).isEmpty();
  }

  /** One byte of data belongs to every header, at most. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        " {}",
        "{",
        "{} {}",
        "{\"x\":1}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[1]}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0]}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1,1]}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,0]}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[-1,0]}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,99999999999999999999]}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1.0]}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[-1],\"data_offsets\":[0,1]}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,1]}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[[1]],\"data_offsets\":[0,1]}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[2147483647,0],\"data_offsets\":[0,0]}}",
        "{\"x\":{\"dtype\":\"F64\",\"shape\":[2147483000],\"data_offsets\":[0,17179864000]}}",
        "{\"x\":{\"dtype\":\"F8\",\"shape\":[1],\"data_offsets\":[0,1]}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1],\"more\":1}}",
        "{\"x\":{\"dtype\":\"U8\",\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},"
            + "\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
            + "\"y\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[1,1]}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},\"__metadata__\":{\"k\":1}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},\"__metadata__\":\"text\"}",
        "{\"x\":{\"dtype\":\"BOOL\",\"shape\":[1],\"data_offsets\":[0,1]}}",
        "{\0\"\0x\0\"\0:\0[\0]\0}\0"
      })
  void refusesABadHeader(String header) throws IOException {
    write(header, littleEndian(1).put((byte) 2));

    assertThatThrownBy(() -> SafeTensors.read(path))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining(path.toString());
  }

  @Test
  void refusesMoreAxesThanAnyModelHas() throws IOException {
    String shape = "1,".repeat(64) + "1";
    write(
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[" + shape + "],\"data_offsets\":[0,1]}}",
        littleEndian(1));

    assertThatThrownBy(() -> SafeTensors.read(path))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("64");
  }

  @Test
  void refusesAHeaderThatIsNotUtf8() throws IOException {
    byte[] header = "{\"\u00e9\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}"
        .getBytes(StandardCharsets.ISO_8859_1);
    Files.write(
        path, littleEndian(8 + header.length).putLong(header.length).put(header).array());

    assertThatThrownBy(() -> SafeTensors.read(path))
        .isInstanceOfSatisfying(
            MalformedFileException.class, e -> assertThat(e.offset()).isEqualTo(10));
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 100_000_001, Long.MAX_VALUE, -1})
  void refusesAHeaderLengthBeyondTheFile(long length) throws IOException {
    Files.write(
        path, littleEndian(10).putLong(length).put((byte) '{').put((byte) '}').array());

    assertThatThrownBy(() -> SafeTensors.read(path))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining(Long.toUnsignedString(length));
  }

  @Test
  void namesBothLengthsWhenDataAreMissing() throws IOException {
    write("{\"x\":{\"dtype\":\"F64\",\"shape\":[3],\"data_offsets\":[0,24]}}", littleEndian(20));

    assertThatThrownBy(() -> SafeTensors.read(path))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("24")
        .hasMessageContaining("20");
  }

  @Test
  void refusesToRoundALong() {
    long odd = (1L << 53) + 1;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> StoredTensor.of(new long[] {odd}, 1).doubles())
        .withMessageContaining(Long.toString(odd));
  }

  @Test
  void refusesToRoundADouble() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StoredTensor.of(new double[] {0.5}, 1).longs())
        .withMessageContaining("F64");
  }

  @Test
  void refusesAShapeOfAnotherSize() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StoredTensor.of(new double[3], 2, 2))
        .withMessageContaining("[2, 2]")
        .withMessageContaining("3");
  }

  @Test
  void namesATensorThatIsNotThere() throws IOException {
    write("{}", littleEndian(0));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafeTensors.read(path).doubles("theta"))
        .withMessageContaining("theta");
  }

  @Test
  void refusesToWriteANameThatUtf8CannotWrite() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            SafeTensors.write(path, Map.of("\ud800", StoredTensor.of(new long[0], 0))))
        .withMessageContaining("surrogate");
  }

  @Test
  void writesTheSameBytesWhateverTheOrderOfTheMap() throws IOException {
    StoredTensor a = StoredTensor.of(new float[] {1, 2}, 2);
    StoredTensor b = StoredTensor.of(new double[] {3}, 1);
    SafeTensors.write(path, Map.of("a", a, "b", b));
    Path other = folder.resolve("b.safetensors");
    SafeTensors.write(other, Map.of("b", b, "a", a));

    assertThat(other).hasSameBinaryContentAs(path);
  }

  @Test
  void leavesTheOldFileWhenWritingFails() throws IOException {
    SafeTensors.write(path, Map.of("old", StoredTensor.of(new double[] {1}, 1)));

    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            SafeTensors.write(path, Map.of("__metadata__", StoredTensor.of(new double[] {1}, 1))));
    assertThatThrownBy(() -> AtomicFile.write(path, out -> {
          out.write(1);
          throw new IOException("the disk is full");
        }))
        .hasMessage("the disk is full");

    assertThat(SafeTensors.read(path).names()).containsExactly("old");
    assertThat(folder).isDirectoryContaining(file -> file.equals(path));
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  private void write(String header, ByteBuffer data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = littleEndian(8 + json.length + data.limit());
    Files.write(path, bytes.putLong(json.length).put(json).put(data.rewind()).array());
  }

  private static ByteBuffer littleEndian(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
