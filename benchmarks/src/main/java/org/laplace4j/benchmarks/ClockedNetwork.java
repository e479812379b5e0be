package org.laplace4j.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.Op;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.autodiff.op.Affine;
import org.laplace4j.autodiff.op.Elementwise;
import org.laplace4j.linalg.rows.Rows;

/**
 * Dense layers with a tanh between, whose ops put the time of the sweep through them on a clock.
 */
final class ClockedNetwork implements Model<Tensor> {
  private final Clock sweep = new Clock();
  private final Map<String, List<Parameter>> layers = new LinkedHashMap<>();

  /** Layers between the given widths, their weights drawn. */
  ClockedNetwork(Random random, int... widths) {
    for (int layer = 1; layer < widths.length; layer++) {
      Shape shape = Shape.of(widths[layer], widths[layer - 1]);
      double[] values = new double[shape.size()];
      java.util.Arrays.setAll(values, i -> random.nextGaussian() / Math.sqrt(shape.dim(1)));
      layers.put(
          String.valueOf(layer),
          List.of(
              Parameter.of("weight", Tensor.adopt(shape, values)),
              Parameter.of("bias", Tensor.zeros(Shape.of(shape.dim(0))))));
    }
  }

  /** The time inside the vjp's towards the data. */
  Clock sweep() {
    return sweep;
  }

  /** Weight and bias of each layer, counted from 1. */
  Map<String, List<Parameter>> layers() {
    return layers;
  }

  @Override
  public Map<String, Parameter> parameters() {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    layers.forEach((name, layer) -> layer.forEach(p -> parameters.put(name + "." + p.name(), p)));
    return parameters;
  }

  @Override
  public Tensor forward(Weights at, Tensor x) {
    Tensor h = x;
    for (List<Parameter> layer : layers.values()) {
      h = h == x ? x : Tensor.apply(new Clocked(Elementwise.TANH, sweep), h);
      Op affine = new Clocked(new Affine(), sweep);
      h = Tensor.apply(affine, h, at.get(layer.get(0)), at.get(layer.get(1)));
    }
    return h;
  }

  /** An op that puts its derivative towards input 0, the data, on a clock. */
  private record Clocked(Op op, Clock sweep) implements Op {
    @Override
    public Tensor forward(List<Tensor> in) {
      return op.forward(in);
    }

    @Override
    public Tensor jvp(int i, List<Tensor> in, Tensor out, Tensor dot) {
      return op.jvp(i, in, out, dot);
    }

    @Override
    public Tensor vjp(int i, List<Tensor> in, Tensor out, Tensor bar) {
      return i == 0 ? sweep.time(() -> op.vjp(i, in, out, bar)) : op.vjp(i, in, out, bar);
    }

    @Override
    public boolean stacks() {
      return op.stacks();
    }

    @Override
    public boolean mixesExamples(int i, List<Shape> in) {
      return op.mixesExamples(i, in);
    }

    @Override
    public Optional<Rows> exampleRows(
        int i, List<Tensor> in, Tensor out, Tensor bars, ElementMask wanted) {
      return op.exampleRows(i, in, out, bars, wanted);
    }
  }
}
