package org.laplace4j.laplace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.linalg.operator.BlockDiagonalSpd;
import org.laplace4j.linalg.operator.SpdOperator;

/**
 * The noise ε that a precision turns into draws: each number has a stream that is a function of
 * (key, draw, parameter), the parameter by its place in the model.
 *
 * <p>An operator takes a number for each of its elements, from the stream of the element's
 * parameter. One that takes more than it has elements gets the rest from a stream apart, that of
 * the place −1 − p, where p is the first parameter that it is over. Blocks of a block diagonal are
 * operators of their own.
 */
final class WeightNoise {
  private final ParameterSpace space;
  private final int[] places;
  private final SpdOperator precision;
  private final long key;

  private WeightNoise(ParameterSpace space, int[] places, SpdOperator precision, long key) {
    this.space = space;
    this.places = places;
    this.precision = precision;
    this.key = key;
  }

  static WeightNoise of(LinearizedModel model, SpdOperator precision, long key) {
    List<Parameter> parameters =
        new ArrayList<>(new LinkedHashSet<>(model.model().parameters().values()));
    int[] places = model.space().blocks().stream()
        .mapToInt(block -> parameters.indexOf(block.parameter()))
        .toArray();
    return new WeightNoise(model.space(), places, precision, key);
  }

  /** ε of draw s, as long as the precision needs it. */
  double[] of(int s) {
    double[] elements = new double[space.size()];
    for (int b = 0; b < places.length; b++) {
      ParameterSpace.Block block = space.blocks().get(b);
      NormalStream.of(key, s, places[b]).fill(elements, block.offset(), block.end());
    }
    double[] noise = new double[precision.noiseSize()];
    fill(noise, 0, precision, IntStream.range(0, elements.length).toArray(), elements, s);
    return noise;
  }

  /** Fills what an operator over the given places takes of the noise, from {@code at} on. */
  private void fill(
      double[] noise, int at, SpdOperator operator, int[] over, double[] elements, int s) {
    if (operator instanceof BlockDiagonalSpd diagonal) {
      int next = at;
      for (int b = 0; b < diagonal.blocks().size(); b++) {
        SpdOperator block = diagonal.blocks().get(b);
        int[] own = Arrays.stream(diagonal.places(b)).map(place -> over[place]).toArray();
        fill(noise, next, block, own, elements, s);
        next += block.noiseSize();
      }
      return;
    }
    for (int i = 0; i < over.length; i++) {
      noise[at + i] = elements[over[i]];
    }
    NormalStream.of(key, s, -1L - places[blockOf(over[0])])
        .fill(noise, at + operator.size(), at + operator.noiseSize());
  }

  /** The block of the space that an element is in. */
  private int blockOf(int element) {
    int[] ends = space.blocks().stream().mapToInt(ParameterSpace.Block::end).toArray();
    int found = Arrays.binarySearch(ends, element);
    return found >= 0 ? found + 1 : -1 - found;
  }
}
