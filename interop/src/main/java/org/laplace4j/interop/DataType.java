package org.laplace4j.interop;

import java.util.Optional;

/**
 * How one element of a stored tensor is written, little-endian; the names are those of the
 * safetensors format.
 */
public enum DataType {
  /** IEEE 754 double precision. */
  F64(8, true),
  /** IEEE 754 single precision. */
  F32(4, true),
  /** IEEE 754 half precision. */
  F16(2, true),
  /** The upper half of a single-precision number. */
  BF16(2, true),
  /** Signed, 64 bits. */
  I64(8, false),
  /** Signed, 32 bits. */
  I32(4, false),
  /** Signed, 16 bits. */
  I16(2, false),
  /** Signed, 8 bits. */
  I8(1, false),
  /** Unsigned, 32 bits. */
  U32(4, false),
  /** Unsigned, 16 bits. */
  U16(2, false),
  /** Unsigned, 8 bits. */
  U8(1, false),
  /** One byte, 0 or 1. */
  BOOL(1, false);

  private final int bytes;
  private final boolean floating;

  DataType(int bytes, boolean floating) {
    this.bytes = bytes;
    this.floating = floating;
  }

  /** The size of one element. */
  public int bytes() {
    return bytes;
  }

  /** Whether the elements are floating-point numbers; the others are integers. */
  public boolean isFloating() {
    return floating;
  }

  static Optional<DataType> named(String name) {
    for (DataType type : values()) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
