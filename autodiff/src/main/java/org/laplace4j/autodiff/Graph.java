package org.laplace4j.autodiff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The tracked tensors that a tensor was made from, in topological order, and the two sweeps over
 * them: forward with each op's jvp, in reverse with each op's vjp. A sweep meets only tensors that
 * lead to a leaf.
 */
final class Graph {
  private final List<Tensor> order;

  private Graph(List<Tensor> order) {
    this.order = order;
  }

  /** The tracked ancestors of the given tensors, and themselves. */
  static Graph of(List<Tensor> outputs) {
    List<Tensor> order = new ArrayList<>();
    Map<Tensor, Integer> next = new IdentityHashMap<>();
    Deque<Tensor> path = new ArrayDeque<>();
    for (Tensor output : outputs) {
      if (output.tracked() && !next.containsKey(output)) {
        next.put(output, 0);
        path.push(output);
      }
      while (!path.isEmpty()) {
        Tensor at = path.peek();
        List<Tensor> inputs = inputs(at);
        int i = next.get(at);
        if (i == inputs.size()) {
          order.add(path.pop());
          continue;
        }
        next.put(at, i + 1);
        Tensor input = inputs.get(i);
        if (input.tracked() && !next.containsKey(input)) {
          next.put(input, 0);
          path.push(input);
        }
      }
    }
    return new Graph(order);
  }

  private static List<Tensor> inputs(Tensor tensor) {
    return tensor.origin() instanceof Origin.Computed c ? c.inputs() : List.of();
  }

  /** The tensors in topological order: inputs before what is made from them. */
  List<Tensor> order() {
    return order;
  }

  /** How many numbers were computed. */
  long computedNumbers() {
    return order.stream()
        .filter(tensor -> tensor.origin() instanceof Origin.Computed)
        .mapToLong(Tensor::size)
        .sum();
  }

  /**
   * The tangents of all tensors for those of the leaves; a tensor that no tangent reaches is
   * absent. Rules see the recorded tensors where {@code again} is set, so that the tangents can be
   * differentiated.
   */
  Map<Tensor, Tensor> pushforward(Map<Tensor, Tensor> leafTangents, boolean again) {
    Map<Tensor, Tensor> tangents = new IdentityHashMap<>(leafTangents);
    for (Tensor out : order) {
      if (out.origin() instanceof Origin.Computed c) {
        List<Tensor> in = again ? c.inputs() : Tensor.detached(c.inputs());
        Tensor seen = again ? out : out.detach();
        for (int i = 0; i < in.size(); i++) {
          Tensor dot = tangents.get(c.inputs().get(i));
          if (dot != null) {
            tangents.merge(out, c.op().jvp(i, in, seen, dot), Tensor::plus);
          }
        }
      }
    }
    return tangents;
  }

  /**
   * What a reverse sweep does at each op input: it is told the op, the input's place, the inputs
   * and output as the rules see them, the recorded input, and the cotangent of the output.
   */
  interface Visitor {
    /** Returns whether the sweep shall go on into this input. */
    boolean visit(Origin.Computed made, int i, List<Tensor> in, Tensor out, Tensor bar);
  }

  /**
   * Cotangents from the outputs down. At each tracked input the visitor is asked first: where it
   * takes the cotangent itself, the sweep does not go on. Cotangents may be K stacked ones; ops
   * that do not stack are looped over.
   *
   * @return the cotangents of the tensors that satisfy {@code kept}
   */
  Map<Tensor, Tensor> pullback(
      Map<Tensor, Tensor> outputBars,
      boolean stacked,
      boolean again,
      Predicate<Tensor> kept,
      Visitor visitor) {
    Map<Tensor, Tensor> bars = new IdentityHashMap<>(outputBars);
    Map<Tensor, Tensor> result = new IdentityHashMap<>();
    for (int at = order.size() - 1; at >= 0; at--) {
      Tensor out = order.get(at);
      Tensor bar = bars.remove(out);
      if (bar == null) {
        continue;
      }
      if (kept.test(out)) {
        result.put(out, bar);
      }
      if (out.origin() instanceof Origin.Computed c) {
        List<Tensor> in = again ? c.inputs() : Tensor.detached(c.inputs());
        Tensor seen = again ? out : out.detach();
        for (int i = 0; i < in.size(); i++) {
          Tensor input = c.inputs().get(i);
          if (input.tracked() && visitor.visit(c, i, in, seen, bar)) {
            bars.merge(input, vjp(c.op(), i, in, seen, bar, stacked), Tensor::plus);
          }
        }
      }
    }
    return result;
  }

  static Tensor vjp(Op op, int i, List<Tensor> in, Tensor out, Tensor bar, boolean stacked) {
    if (!stacked || op.stacks()) {
      return op.vjp(i, in, out, bar);
    }
    List<Tensor> each = new ArrayList<>();
    for (int k = 0; k < bar.shape().dim(0); k++) {
      Tensor one = bar.slice(0, k, k + 1).reshape(out.shape());
      each.add(op.vjp(i, in, out, one).reshape(in.get(i).shape().prepend(1)));
    }
    return Tensor.concat(0, each);
  }
}
