package org.laplace4j.nn.train;

/**
 * A choice that has a default and may be made once: a second choice is a mistake, and silence about
 * it would hide the first. What the builder of a trainer is made of.
 *
 * @param <T> what is chosen
 */
public final class Setting<T> {
  private final String name;
  private T value;
  private boolean made;

  /** A choice that has not been made, with the name that a second one is refused by. */
  public Setting(String name, T byDefault) {
    this.name = name;
    this.value = byDefault;
  }

  /** Chooses, once. */
  public void make(T chosen) {
    if (made) {
      throw new IllegalArgumentException(name + ": it was set before, to " + value
          + ", and is now set to " + chosen + "; set it once.");
    }
    value = chosen;
    made = true;
  }

  /** Whether it was chosen. */
  public boolean made() {
    return made;
  }

  /** What was chosen, or else the default. */
  public T value() {
    return value;
  }
}
