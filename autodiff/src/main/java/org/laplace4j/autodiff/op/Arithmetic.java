package org.laplace4j.autodiff.op;

import java.util.List;
import java.util.Optional;
import org.laplace4j.autodiff.Op;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.rows.Rows;

/**
 * The four operations of arithmetic, element by element, with broadcasting: what was broadcast is
 * summed back.
 */
public final class Arithmetic {
  private Arithmetic() {}

  /**
   * z = x + y.
   *
   * <pre>  ż = ẋ + ẏ      x̄ = z̄      ȳ = z̄  </pre>
   */
  public record Add() implements Op {
    @Override
    public Tensor forward(List<Tensor> in) {
      return Broadcast.combine(in.get(0), in.get(1), (x, y) -> x + y);
    }

    @Override
    public Tensor jvp(int i, List<Tensor> in, Tensor z, Tensor dot) {
      return dot.broadcastTo(z.shape());
    }

    @Override
    public Tensor vjp(int i, List<Tensor> in, Tensor z, Tensor bar) {
      return Broadcast.sumTo(bar, z.shape(), in.get(i).shape());
    }

    @Override
    public boolean stacks() {
      return true;
    }

    @Override
    public Optional<Rows> exampleRows(int i, List<Tensor> in, Tensor z, Tensor bars) {
      return Broadcast.exampleRows(bars, z.shape(), in.get(i).shape());
    }
  }

  /**
   * z = x − y.
   *
   * <pre>  ż = ẋ − ẏ      x̄ = z̄      ȳ = −z̄  </pre>
   */
  public record Subtract() implements Op {
    @Override
    public Tensor forward(List<Tensor> in) {
      return Broadcast.combine(in.get(0), in.get(1), (x, y) -> x - y);
    }

    @Override
    public Tensor jvp(int i, List<Tensor> in, Tensor z, Tensor dot) {
      return signed(i, dot).broadcastTo(z.shape());
    }

    @Override
    public Tensor vjp(int i, List<Tensor> in, Tensor z, Tensor bar) {
      return Broadcast.sumTo(signed(i, bar), z.shape(), in.get(i).shape());
    }

    @Override
    public boolean stacks() {
      return true;
    }

    @Override
    public Optional<Rows> exampleRows(int i, List<Tensor> in, Tensor z, Tensor bars) {
      return Broadcast.exampleRows(signed(i, bars), z.shape(), in.get(i).shape());
    }

    private static Tensor signed(int i, Tensor derivative) {
      return i == 0 ? derivative : derivative.negate();
    }
  }

  /**
   * z = x ∘ y.
   *
   * <pre>  ż = ẋ ∘ y + x ∘ ẏ      x̄ = z̄ ∘ y      ȳ = z̄ ∘ x  </pre>
   */
  public record Multiply() implements Op {
    @Override
    public Tensor forward(List<Tensor> in) {
      return Broadcast.combine(in.get(0), in.get(1), (x, y) -> x * y);
    }

    @Override
    public Tensor jvp(int i, List<Tensor> in, Tensor z, Tensor dot) {
      return dot.times(in.get(1 - i)).broadcastTo(z.shape());
    }

    @Override
    public Tensor vjp(int i, List<Tensor> in, Tensor z, Tensor bar) {
      return Broadcast.sumTo(bar.times(in.get(1 - i)), z.shape(), in.get(i).shape());
    }

    @Override
    public boolean stacks() {
      return true;
    }

    @Override
    public Optional<Rows> exampleRows(int i, List<Tensor> in, Tensor z, Tensor bars) {
      return Broadcast.exampleRows(
          bars.times(in.get(1 - i)), z.shape(), in.get(i).shape());
    }
  }

  /**
   * z = x / y.
   *
   * <pre>  ż = (ẋ − z ∘ ẏ) / y      x̄ = z̄ / y      ȳ = −z̄ ∘ z / y  </pre>
   */
  public record Divide() implements Op {
    @Override
    public Tensor forward(List<Tensor> in) {
      return Broadcast.combine(in.get(0), in.get(1), (x, y) -> x / y);
    }

    @Override
    public Tensor jvp(int i, List<Tensor> in, Tensor z, Tensor dot) {
      return slopeTimes(i, in, z, dot).broadcastTo(z.shape());
    }

    @Override
    public Tensor vjp(int i, List<Tensor> in, Tensor z, Tensor bar) {
      return Broadcast.sumTo(slopeTimes(i, in, z, bar), z.shape(), in.get(i).shape());
    }

    @Override
    public boolean stacks() {
      return true;
    }

    @Override
    public Optional<Rows> exampleRows(int i, List<Tensor> in, Tensor z, Tensor bars) {
      return Broadcast.exampleRows(
          slopeTimes(i, in, z, bars), z.shape(), in.get(i).shape());
    }

    private static Tensor slopeTimes(int i, List<Tensor> in, Tensor z, Tensor derivative) {
      Tensor overY = derivative.dividedBy(in.get(1));
      return i == 0 ? overY : overY.times(z).negate();
    }
  }
}
