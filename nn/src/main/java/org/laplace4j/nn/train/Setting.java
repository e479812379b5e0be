package org.laplace4j.nn.train;

/**
 * A choice that has a default and may be made once: a second choice is a mistake, and silence about
 * it would hide the first.
 */
final class Setting<T> {
  private final String name;
  private T value;
  private boolean made;

  Setting(String name, T byDefault) {
    this.name = name;
    this.value = byDefault;
  }

  void make(T chosen) {
    if (made) {
      throw new IllegalArgumentException(name + ": it was set before, to " + value
          + ", and is now set to " + chosen + "; set it once.");
    }
    value = chosen;
    made = true;
  }

  boolean made() {
    return made;
  }

  T value() {
    return value;
  }
}
