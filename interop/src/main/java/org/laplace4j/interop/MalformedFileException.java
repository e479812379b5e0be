package org.laplace4j.interop;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file is not what its format demands. The message says where, what was required, and what came.
 */
public final class MalformedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Path path;
  private final long offset;

  /**
   * @param path the file
   * @param offset the byte at which it goes wrong, from the file's beginning
   * @param what what was required there, and what came
   */
  public MalformedFileException(Path path, long offset, String what) {
    super(path + ", byte " + offset + ": " + what);
    this.path = path;
    this.offset = offset;
  }

  /** The file; null after deserialisation, since a path belongs to its own machine. */
  public Path path() {
    return path;
  }

  /** The byte at which the file goes wrong, from its beginning. */
  public long offset() {
    return offset;
  }
}
