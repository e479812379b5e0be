package org.laplace4j.propertytests.laplace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.propertytests.linalg.Draws;

/** Where the suites get masks: every kind of choice of at least one weight. */
final class MaskMarket {
  private MaskMarket() {}

  static WeightMask mask(Network network, RandomGenerator rng) {
    List<Parameter> all = new ArrayList<>(network.module().parameters().values());
    Parameter one = all.get(rng.nextInt(all.size()));
    return switch (rng.nextInt(8)) {
      case 0 -> WeightMask.all(all);
      case 1 -> WeightMask.all(lastLayer(network));
      case 2 -> WeightMask.all(List.of(one));
      case 3 -> WeightMask.of(one, halfOfARow(one.shape(), rng));
      case 4 -> WeightMask.of(one, rectangle(one.shape(), rng));
      case 5 -> WeightMask.of(one, ElementMask.ofIndices(one.shape(), rng.nextInt(size(one))));
      case 6 -> scattered(all, 0.1, rng);
      default -> ofEachParameterItsOwn(all, rng);
    };
  }

  private static List<Parameter> lastLayer(Network network) {
    WatchedLinear last = network.layers().get(network.layers().size() - 1);
    return List.of(last.weight(), last.bias());
  }

  /** Each element with the given probability, and one in any case. */
  private static WeightMask scattered(List<Parameter> all, double part, RandomGenerator rng) {
    Map<Parameter, ElementMask> masks = new LinkedHashMap<>();
    for (Parameter p : all) {
      masks.put(p, ElementMask.where(p.shape(), i -> rng.nextDouble() < part));
    }
    Parameter one = all.get(rng.nextInt(all.size()));
    ElementMask element = ElementMask.ofIndices(one.shape(), rng.nextInt(size(one)));
    masks.put(one, masks.get(one).union(element));
    return WeightMask.of(masks);
  }

  private static WeightMask ofEachParameterItsOwn(List<Parameter> all, RandomGenerator rng) {
    Map<Parameter, ElementMask> masks = new LinkedHashMap<>();
    for (Parameter p : all) {
      Shape shape = p.shape();
      masks.put(
          p,
          switch (rng.nextInt(4)) {
            case 0 -> ElementMask.all(shape);
            case 1 -> halfOfARow(shape, rng);
            case 2 -> rectangle(shape, rng);
            default -> ElementMask.ofIndices(shape, Draws.mask(shape.size(), rng));
          });
    }
    return WeightMask.of(masks);
  }

  private static ElementMask halfOfARow(Shape shape, RandomGenerator rng) {
    int width = shape.drop(1).size();
    int[] columns = IntStream.range(0, (width + 1) / 2).toArray();
    return ElementMask.rectangle(shape, new int[] {rng.nextInt(shape.dim(0))}, columns);
  }

  private static ElementMask rectangle(Shape shape, RandomGenerator rng) {
    return ElementMask.rectangle(
        shape, Draws.mask(shape.dim(0), rng), Draws.mask(shape.drop(1).size(), rng));
  }

  private static int size(Parameter p) {
    return p.shape().size();
  }
}
