package org.laplace4j.linalg;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A value that is computed when it is first asked for, and kept.
 *
 * @param <T> the value
 */
public final class Memo<T> implements Supplier<T> {
  private final Supplier<T> compute;
  private Optional<T> value = Optional.empty();

  /** Of a computation that gives the same value whenever it is done. */
  public Memo(Supplier<T> compute) {
    this.compute = compute;
  }

  @Override
  public synchronized T get() {
    if (value.isEmpty()) {
      value = Optional.of(compute.get());
    }
    return value.get();
  }
}
