package org.laplace4j.interop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Named tensors in one file, in the safetensors format.
 *
 * <pre>
 *   8 bytes    length of the header, little-endian
 *   header     JSON: the type, shape and place of every tensor
 *   data       the elements, row-major, little-endian; every byte belongs to one tensor
 * </pre>
 *
 * Reading is all or nothing: a file is a value of this class, or a {@link MalformedFileException}.
 * Writing is the same: the file appears whole, or not at all.
 */
public final class SafeTensors {
  /** Longer headers are refused, as the format demands. */
  static final int LARGEST_HEADER = 100_000_000;

  /** The bytes that state the length of the header. */
  static final int LENGTH_BYTES = Long.BYTES;

  private final Map<String, StoredTensor> tensors;
  private final Map<String, String> metadata;

  private SafeTensors(Map<String, StoredTensor> tensors, Map<String, String> metadata) {
    this.tensors = Collections.unmodifiableMap(tensors);
    this.metadata = Collections.unmodifiableMap(metadata);
  }

  /**
   * Reads a file, whole.
   *
   * @throws MalformedFileException if it is not a safetensors file
   * @throws IOException if it cannot be read
   */
  public static SafeTensors read(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path)) {
      long size = file.size();
      if (size < LENGTH_BYTES) {
        throw new MalformedFileException(
            path,
            size,
            "a safetensors file has at least " + LENGTH_BYTES + " bytes, this one has " + size);
      }
      long headerLength = littleEndian(bytes(path, file, LENGTH_BYTES)).getLong();
      long longest = Math.min(LARGEST_HEADER, size - LENGTH_BYTES);
      if (headerLength < 0 || headerLength > longest) {
        throw new MalformedFileException(
            path,
            0,
            "the header can be " + longest + " bytes long in this file of " + size
                + ", it is said to have " + Long.toUnsignedString(headerLength));
      }
      byte[] json = bytes(path, file, (int) headerLength);
      long dataAt = LENGTH_BYTES + headerLength;
      SafeTensorsHeader header = SafeTensorsHeader.parse(path, LENGTH_BYTES, json, size - dataAt);
      var tensors = new TreeMap<String, StoredTensor>();
      for (SafeTensorsHeader.Entry entry : header.entries()) {
        byte[] raw = bytes(path, file, (int) (entry.end() - entry.begin()));
        if (entry.type() == DataType.BOOL) {
          checkBooleans(path, dataAt + entry.begin(), entry.name(), raw);
        }
        tensors.put(entry.name(), StoredTensor.adopt(entry.type(), entry.shape(), raw));
      }
      return new SafeTensors(tensors, header.metadata());
    }
  }

  /** Writes the tensors as one file, as {@link #write(Path, Map, Map)} does, without metadata. */
  public static void write(Path path, Map<String, StoredTensor> tensors) throws IOException {
    write(path, tensors, Map.of());
  }

  /**
   * Writes the tensors as one file, which replaces what was there when it is complete. Equal maps
   * give equal bytes: wide elements come first, so that all are aligned, and names are in order
   * among equal widths.
   *
   * @throws IllegalArgumentException if a tensor has the name of the metadata, or one that UTF-8
   *     cannot write
   */
  public static void write(
      Path path, Map<String, StoredTensor> tensors, Map<String, String> metadata)
      throws IOException {
    SafeTensorsWriter.write(path, tensors, metadata);
  }

  /** The names of the tensors, in order. */
  public Set<String> names() {
    return tensors.keySet();
  }

  /** Whether the file has a tensor of the name. */
  public boolean contains(String name) {
    return tensors.containsKey(name);
  }

  /**
   * The tensor of the name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public StoredTensor get(String name) {
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("SafeTensors: there is no tensor '" + name + "' among the "
          + tensors.size() + " of the file; names() lists them");
    }
    return tensor;
  }

  /** {@link StoredTensor#type()} of the tensor of the name. */
  public DataType type(String name) {
    return get(name).type();
  }

  /** {@link StoredTensor#shape()} of the tensor of the name. */
  public int[] shape(String name) {
    return get(name).shape();
  }

  /** {@link StoredTensor#doubles()} of the tensor of the name. */
  public double[] doubles(String name) {
    return get(name).doubles();
  }

  /** {@link StoredTensor#longs()} of the tensor of the name. */
  public long[] longs(String name) {
    return get(name).longs();
  }

  /** Texts about the file, by key. */
  public Map<String, String> metadata() {
    return metadata;
  }

  private static byte[] bytes(Path path, FileChannel file, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes) < 0) {
        throw new MalformedFileException(
            path, file.position(), bytes.remaining() + " more bytes are required; the file ends");
      }
    }
    return bytes.array();
  }

  private static void checkBooleans(Path path, long at, String name, byte[] raw)
      throws MalformedFileException {
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != 0 && raw[i] != 1) {
        throw new MalformedFileException(
            path, at + i, "tensor '" + name + "', BOOL, requires 0 or 1, " + raw[i] + " came");
      }
    }
  }

  static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
