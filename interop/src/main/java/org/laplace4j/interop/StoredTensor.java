package org.laplace4j.interop;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A tensor as a file keeps it: a shape and the elements in row-major order, in the file's own data
 * type.
 *
 * <p>Reading the elements widens them, which is exact: every floating type to {@code double}, every
 * integer to {@code long}. Each call makes a new array, so the tensor stays as it was.
 */
public final class StoredTensor {
  private static final long LARGEST_EXACT = 1L << 53;

  private final DataType type;
  private final int[] shape;
  private final byte[] raw;

  private StoredTensor(DataType type, int[] shape, byte[] raw) {
    this.type = type;
    this.shape = shape;
    this.raw = raw;
  }

  /** The bytes and the shape now belong to the tensor. Their lengths have been compared. */
  static StoredTensor adopt(DataType type, int[] shape, byte[] raw) {
    return new StoredTensor(type, shape, raw);
  }

  /** An F64 tensor of the shape; no axis makes a scalar. */
  public static StoredTensor of(double[] values, int... shape) {
    int[] checked = shapeFor(values.length, DataType.F64, shape);
    ByteBuffer bytes = littleEndian(new byte[values.length * Double.BYTES]);
    bytes.asDoubleBuffer().put(values);
    return new StoredTensor(DataType.F64, checked, bytes.array());
  }

  /** An F32 tensor of the shape; no axis makes a scalar. */
  public static StoredTensor of(float[] values, int... shape) {
    int[] checked = shapeFor(values.length, DataType.F32, shape);
    ByteBuffer bytes = littleEndian(new byte[values.length * Float.BYTES]);
    bytes.asFloatBuffer().put(values);
    return new StoredTensor(DataType.F32, checked, bytes.array());
  }

  /** An I64 tensor of the shape; no axis makes a scalar. */
  public static StoredTensor of(long[] values, int... shape) {
    int[] checked = shapeFor(values.length, DataType.I64, shape);
    ByteBuffer bytes = littleEndian(new byte[values.length * Long.BYTES]);
    bytes.asLongBuffer().put(values);
    return new StoredTensor(DataType.I64, checked, bytes.array());
  }

  /** How the elements are written. */
  public DataType type() {
    return type;
  }

  /** The lengths of the axes; none for a scalar. */
  public int[] shape() {
    return shape.clone();
  }

  /** The number of elements. */
  public int size() {
    return raw.length / type.bytes();
  }

  /**
   * The elements as {@code double}, exactly.
   *
   * @throws IllegalArgumentException if an integer lies beyond ±2⁵³, where {@code double} has gaps
   */
  public double[] doubles() {
    ByteBuffer bytes = littleEndian(raw);
    var values = new double[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = switch (type) {
        case F64 -> bytes.getDouble(8 * i);
        case F32 -> bytes.getFloat(4 * i);
        case F16 -> HalfPrecision.toDouble(bytes.getShort(2 * i));
        case BF16 -> Float.intBitsToFloat(bytes.getShort(2 * i) << 16);
        default -> exact(integer(bytes, i), i);
      };
    }
    return values;
  }

  /**
   * The elements as {@code long}, exactly; a BOOL as 0 or 1.
   *
   * @throws IllegalArgumentException if the type is a floating one
   */
  public long[] longs() {
    if (type.isFloating()) {
      throw new IllegalArgumentException(
          "StoredTensor.longs: an integer type is required, this tensor is " + type
              + "; read its doubles()");
    }
    ByteBuffer bytes = littleEndian(raw);
    var values = new long[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = integer(bytes, i);
    }
    return values;
  }

  /** The elements as the file has them, read-only by contract. */
  byte[] raw() {
    return raw;
  }

  @Override
  public String toString() {
    return type + Arrays.toString(shape);
  }

  private long integer(ByteBuffer bytes, int i) {
    return switch (type) {
      case I64 -> bytes.getLong(8 * i);
      case I32 -> bytes.getInt(4 * i);
      case I16 -> bytes.getShort(2 * i);
      case I8 -> bytes.get(i);
      case U32 -> Integer.toUnsignedLong(bytes.getInt(4 * i));
      case U16 -> Short.toUnsignedLong(bytes.getShort(2 * i));
      case U8, BOOL -> Byte.toUnsignedLong(bytes.get(i));
      default -> throw new AssertionError(type);
    };
  }

  private static double exact(long value, int i) {
    if (value < -LARGEST_EXACT || value > LARGEST_EXACT) {
      throw new IllegalArgumentException("StoredTensor.doubles: element " + i + " is " + value
          + ", and a double holds integers to ±2^53; read longs()");
    }
    return value;
  }

  private static int[] shapeFor(int length, DataType type, int[] shape) {
    long elements = 1;
    for (int axis : shape) {
      if (axis < 0) {
        throw new IllegalArgumentException(
            "StoredTensor.of: an axis must be at least 0 long, the shape is "
                + Arrays.toString(shape));
      }
      // Stops growing beyond any array, so that no product of axes can overflow.
      elements = Math.min(elements * axis, Integer.MAX_VALUE + 1L);
    }
    if (elements != length) {
      throw new IllegalArgumentException("StoredTensor.of: shape " + Arrays.toString(shape)
          + " does not hold the " + length + " values given");
    }
    if (length > Integer.MAX_VALUE / type.bytes()) {
      throw new IllegalArgumentException(
          "StoredTensor.of: at most " + Integer.MAX_VALUE / type.bytes() + " values of " + type
              + " fit, " + length + " were given; split the tensor");
    }
    return shape.clone();
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
