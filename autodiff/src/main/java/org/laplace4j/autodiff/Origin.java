package org.laplace4j.autodiff;

import java.util.List;

/**
 * How a tensor came to be: whether a derivative can flow into it, and whether it depends on the
 * data.
 */
sealed interface Origin {

  /** Whether a derivative is asked for it or for something it was made from. */
  boolean tracked();

  /** Whether its axis 0 is the axis of examples. */
  boolean fromData();

  /** Plain numbers. */
  record Constant(boolean fromData) implements Origin {
    static final Constant PLAIN = new Constant(false);
    static final Constant DATA = new Constant(true);

    @Override
    public boolean tracked() {
      return false;
    }
  }

  /** What derivatives are taken with respect to. */
  record Leaf() implements Origin {
    @Override
    public boolean tracked() {
      return true;
    }

    @Override
    public boolean fromData() {
      return false;
    }
  }

  /** The value of an op at inputs of which at least one is tracked. */
  record Computed(Op op, List<Tensor> inputs, boolean fromData) implements Origin {
    @Override
    public boolean tracked() {
      return true;
    }
  }
}
