package org.laplace4j.laplace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Parallel;
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
  private final long key;
  private final int size;
  private final List<Stream> ofElements;
  private final List<Stream> beyond;
  private final int[] places;
  private final boolean inOrder;

  /** Numbers of one stream, at these places. */
  private record Stream(long place, int from, int to) {}

  private WeightNoise(long key, List<Stream> ofElements, List<Stream> beyond, int[] places) {
    this.key = key;
    this.size = ofElements.get(ofElements.size() - 1).to();
    this.ofElements = ofElements;
    this.beyond = beyond;
    this.places = places;
    this.inOrder = Arrays.equals(places, IntStream.range(0, size).toArray());
  }

  static WeightNoise of(LinearizedModel model, SpdOperator precision, long key) {
    List<Parameter> parameters =
        new ArrayList<>(new LinkedHashSet<>(model.model().parameters().values()));
    List<Stream> ofElements = model.space().blocks().stream()
        .map(
            block -> new Stream(parameters.indexOf(block.parameter()), block.offset(), block.end()))
        .toList();
    List<Stream> beyond = new ArrayList<>();
    int[] places = new int[precision.noiseSize()];
    int[] all = IntStream.range(0, model.space().size()).toArray();
    take(0, precision, all, ofElements, places, beyond);
    return new WeightNoise(key, ofElements, beyond, places);
  }

  /** Notes what an operator over the given elements takes of the noise, from {@code at} on. */
  private static void take(
      int at,
      SpdOperator operator,
      int[] over,
      List<Stream> ofElements,
      int[] places,
      List<Stream> beyond) {
    if (operator instanceof BlockDiagonalSpd diagonal) {
      int next = at;
      for (int b = 0; b < diagonal.blocks().size(); b++) {
        SpdOperator block = diagonal.blocks().get(b);
        int[] own = Arrays.stream(diagonal.places(b)).map(place -> over[place]).toArray();
        take(next, block, own, ofElements, places, beyond);
        next += block.noiseSize();
      }
      return;
    }
    System.arraycopy(over, 0, places, at, over.length);
    if (operator.noiseSize() > operator.size()) {
      Stream first =
          ofElements.stream().filter(s -> over[0] < s.to()).findFirst().orElseThrow();
      beyond.add(new Stream(-1 - first.place(), at + operator.size(), at + operator.noiseSize()));
    }
  }

  /** ε of draw s, as long as the precision needs it. */
  double[] of(int s) {
    double[] noise = new double[places.length];
    write(s, noise, 0);
    return noise;
  }

  /** ε of draws {@code from} (inclusive) to {@code to} (exclusive), one a row. */
  Matrix of(int from, int to) {
    int length = places.length;
    double[] noise = new double[Math.multiplyExact(to - from, length)];
    long each = 4L * length;
    Parallel.ranges(to - from, each, (first, end) -> {
      for (int i = first; i < end; i++) {
        write(from + i, noise, i * length);
      }
    });
    return Matrix.adopt(to - from, length, noise);
  }

  private void write(int s, double[] noise, int at) {
    if (inOrder) {
      ofElements.forEach(of -> fill(of, s, noise, at));
      return;
    }
    double[] elements = new double[size];
    ofElements.forEach(of -> fill(of, s, elements, 0));
    for (int i = 0; i < places.length; i++) {
      noise[at + i] = elements[places[i]];
    }
    beyond.forEach(of -> fill(of, s, noise, at));
  }

  private void fill(Stream of, int s, double[] into, int at) {
    NormalStream.of(key, s, of.place()).fill(into, at + of.from(), at + of.to());
  }
}
