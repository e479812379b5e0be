package org.laplace4j.autodiff;

import org.laplace4j.linalg.Arrays;

/**
 * A learnable tensor: a name, a value, and a trainable flag for each element. The one mutable
 * object of the library, with the identity of the object; only training, import and its owner
 * change it. Whoever needs a fixed value takes a snapshot with {@link Weights#of}.
 */
public final class Parameter {
  private final String name;
  private final Shape shape;
  private volatile Tensor value;
  private volatile ElementMask trainable;

  private Parameter(String name, Tensor value) {
    this.name = name;
    this.shape = value.shape();
    this.trainable = ElementMask.all(shape);
    set(value);
  }

  /** A parameter of which every element is trainable. */
  public static Parameter of(String name, Tensor value) {
    return new Parameter(name, value);
  }

  /**
   * The name its owner gave it, such as {@code weight}; a model qualifies it, as in
   * {@code 2.weight}.
   */
  public String name() {
    return name;
  }

  /** The shape, which never changes. */
  public Shape shape() {
    return shape;
  }

  /** The value now. */
  public Tensor value() {
    return value;
  }

  /** The elements that are trainable now. */
  public ElementMask trainable() {
    return trainable;
  }

  /** Replaces the value: the same shape, finite numbers. */
  public void set(Tensor value) {
    if (!value.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "Parameter.set: '" + name + "' has shape " + shape + ", got " + value.shape() + ".");
    }
    int bad = Arrays.firstNonFinite(value.array());
    if (bad >= 0) {
      throw new IllegalArgumentException("Parameter.set: element " + bad + " of '" + name
          + "' would be " + value.array()[bad] + "; every value must be finite.");
    }
    this.value = value.plain();
  }

  /** Says which elements are trainable; the others are frozen and keep their bits. */
  public void setTrainable(ElementMask trainable) {
    if (!trainable.shape().equals(shape)) {
      throw new IllegalArgumentException("Parameter.setTrainable: '" + name + "' has shape " + shape
          + ", the mask has " + trainable.shape() + ".");
    }
    this.trainable = trainable;
  }

  /** Freezes one element, by its row-major index. */
  public void freeze(int index) {
    setTrainable(trainable.intersection(ElementMask.ofIndices(shape, index).complement()));
  }

  /** Freezes every element. */
  public void freeze() {
    setTrainable(ElementMask.none(shape));
  }

  /** Name and shape. */
  @Override
  public String toString() {
    return name + " " + shape;
  }
}
