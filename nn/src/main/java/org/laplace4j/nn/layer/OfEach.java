package org.laplace4j.nn.layer;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.nn.Module;

/**
 * One network for each of the items of an example: (B, I, D) → (B, I), f(x)ₙᵢ = r(xₙᵢ) with r (B,
 * D) → (B, 1). For example the rewards of the two items of a pair; the same network rates single
 * items, (B, 1, D) → (B, 1). Items may have any shape in place of D.
 *
 * @param each r; its parameters are called {@code each.…}
 */
public record OfEach(Module each) implements Module {

  @Override
  public Map<String, Module> children() {
    return Map.of("each", each);
  }

  @Override
  public Tensor forward(Weights at, Tensor x) {
    if (x.shape().rank() < 3) {
      throw new IllegalArgumentException("OfEach: needs inputs (B, items, …), got " + x.shape()
          + "; reshape single items to (B, 1, …).");
    }
    Shape item = x.shape().drop(2).prepend(x.shape().dim(0));
    List<Tensor> outputs = IntStream.range(0, x.shape().dim(1))
        .mapToObj(i -> each.forward(at, x.slice(1, i, i + 1).reshape(item)))
        .toList();
    Shape one = outputs.get(0).shape();
    if (!one.equals(Shape.of(x.shape().dim(0), 1))) {
      throw new IllegalArgumentException("OfEach: the network must give one output an item, (B, 1),"
          + " but gives " + one + " for items " + item + ".");
    }
    return Tensor.concat(1, outputs);
  }
}
