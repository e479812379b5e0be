package org.laplace4j.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.op.Affine;
import org.laplace4j.autodiff.op.Elementwise;
import org.laplace4j.linalg.rows.Rows;

/**
 * What a mask saves on a 784-256-128-10 network with 256 examples: the sweep goes down to the
 * lowest trainable layer and no further, and what is made and kept for parameters falls with their
 * selected elements.
 */
@Tag("scalar")
class MaskCostTest {
  private static final int[] WIDTHS = {784, 256, 128, 10};
  private static final int EXAMPLES = 256;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** An op that notes each derivative it is asked for, and what the sweep's share allocates. */
  private record Probe(Op op, String name, List<String> calls, long[] sweepBytes) implements Op {
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
      calls.add(name + " vjp " + i);
      long before = allocated();
      Tensor result = op.vjp(i, in, out, bar);
      sweepBytes[0] += i == 0 ? allocated() - before : 0;
      return result;
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
      calls.add(name + " rows " + i);
      return op.exampleRows(i, in, out, bars, wanted);
    }
  }

  /** A network of three dense layers with a tanh between, every op a probe. */
  private static final class Network implements Model<Tensor> {
    private final List<String> calls = new ArrayList<>();
    private final long[] sweepBytes = {0};
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();

    Network(Random random) {
      for (int layer = 1; layer < WIDTHS.length; layer++) {
        parameters.put("w" + layer, drawn("w" + layer, random, WIDTHS[layer], WIDTHS[layer - 1]));
        parameters.put("b" + layer, drawn("b" + layer, random, WIDTHS[layer]));
      }
    }

    private static Parameter drawn(String name, Random random, int... dims) {
      return Parameter.of(name, normal(random, dims).times(0.05));
    }

    private static Tensor normal(Random random, int... dims) {
      double[] values = new double[Shape.of(dims).size()];
      java.util.Arrays.setAll(values, i -> random.nextGaussian());
      return Tensor.adopt(Shape.of(dims), values);
    }

    @Override
    public Tensor forward(Weights at, Tensor x) {
      Tensor h = x;
      for (int layer = 1; layer < WIDTHS.length; layer++) {
        h = layer == 1 ? h : Tensor.apply(probe(Elementwise.TANH, "tanh" + layer), h);
        Tensor w = at.get(parameters.get("w" + layer));
        Tensor b = at.get(parameters.get("b" + layer));
        h = Tensor.apply(probe(new Affine(), "affine" + layer), h, w, b);
      }
      return h;
    }

    private Op probe(Op op, String name) {
      return new Probe(op, name, calls, sweepBytes);
    }

    @Override
    public Map<String, Parameter> parameters() {
      return parameters;
    }

    Linearization linearize(WeightMask mask) {
      Tensor x = normal(new Random(2), EXAMPLES, WIDTHS[0]);
      return Linearization.of(this, ParameterSpace.of(this, mask), Weights.of(this), x);
    }

    WeightMask layer(int layer) {
      return WeightMask.all(List.of(parameters.get("w" + layer), parameters.get("b" + layer)));
    }

    /** Each element with the given probability. */
    WeightMask scattered(double probability) {
      Random random = new Random(3);
      Map<Parameter, ElementMask> masks = new LinkedHashMap<>();
      for (Parameter p : parameters.values()) {
        masks.put(p, ElementMask.where(p.shape(), i -> random.nextDouble() < probability));
      }
      return WeightMask.of(masks);
    }

    List<String> callsOf(Runnable work) {
      calls.clear();
      work.run();
      return List.copyOf(calls);
    }

    /**
     * The bytes that a derivative allocates besides what the sweep through the layers does: a fixed
     * number for scalar kernels, but vectors are objects until their code is compiled.
     */
    long parameterBytes(Runnable work) {
      assumeTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty());
      work.run(); // classes are loaded and caches filled
      sweepBytes[0] = 0;
      long before = allocated();
      work.run();
      return allocated() - before - sweepBytes[0];
    }
  }

  private static long allocated() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private static Tensor cotangent() {
    return Network.normal(new Random(4), EXAMPLES, 10);
  }

  private static Tensor columns() {
    return Network.normal(new Random(5), 10, EXAMPLES, 10);
  }

  private final Network network = new Network(new Random(1));

  @Test
  void theSweepNeverAsksForTheGradientOfTheInputs() {
    Linearization f = network.linearize(WeightMask.all(network.parameters.values()));
    assertThat(network.callsOf(() -> f.pullback(cotangent())))
        .containsExactly(
            "affine3 vjp 0",
            "affine3 vjp 1",
            "affine3 vjp 2",
            "tanh3 vjp 0",
            "affine2 vjp 0",
            "affine2 vjp 1",
            "affine2 vjp 2",
            "tanh2 vjp 0",
            "affine1 vjp 1",
            "affine1 vjp 2");
    assertThat(network.callsOf(() -> f.rows(columns())))
        .containsExactly(
            "affine3 vjp 0",
            "affine3 rows 1",
            "affine3 rows 2",
            "tanh3 vjp 0",
            "affine2 vjp 0",
            "affine2 rows 1",
            "affine2 rows 2",
            "tanh2 vjp 0",
            "affine1 rows 1",
            "affine1 rows 2");
  }

  @Test
  void theSweepStopsBelowTheLowestTrainableElement() {
    Linearization last = network.linearize(network.layer(3));
    assertThat(network.callsOf(() -> last.rows(columns())))
        .containsExactly("affine3 rows 1", "affine3 rows 2");
    assertThat(network.callsOf(() -> last.pullback(cotangent())))
        .containsExactly("affine3 vjp 1", "affine3 vjp 2");

    Linearization middle = network.linearize(network.layer(2));
    assertThat(network.callsOf(() -> middle.rows(columns())))
        .containsExactly("affine3 vjp 0", "tanh3 vjp 0", "affine2 rows 1", "affine2 rows 2");

    Parameter w1 = network.parameters.get("w1");
    WeightMask oneElement = WeightMask.of(w1, ElementMask.ofIndices(w1.shape(), 1234));
    Linearization one = network.linearize(oneElement);
    assertThat(network.callsOf(() -> one.pullback(cotangent())))
        .containsExactly(
            "affine3 vjp 0", "tanh3 vjp 0", "affine2 vjp 0", "tanh2 vjp 0", "affine1 rows 1");
  }

  @Test
  void whatRowsKeepFallsWithTheSelectedElements() {
    Tensor columns = columns();
    long all = storedNumbers(network.scattered(1.1), columns);
    long tenth = storedNumbers(network.scattered(0.1), columns);
    long hundredth = storedNumbers(network.scattered(0.01), columns);
    long thousandth = storedNumbers(network.scattered(0.001), columns);
    assertThat(thousandth).isLessThan(hundredth * 2 / 3);
    assertThat(hundredth).isLessThan(tenth);
    // At a tenth every unit and every feature is touched, so all factors are kept, as for the whole
    // network, and the places of the selected elements besides.
    WeightMask mask = network.scattered(0.1);
    assertThat(tenth).isLessThanOrEqualTo(all + mask.count() + 256 + 128 + 10 + 3);
    long each = 256L * 10 * (256 + 128 + 10) * 2 + 256L * (784 + 256 + 128) + 3 * 256;
    assertThat(all).isEqualTo(each); // N·K·out for weight and bias, N·in, and ones for the biases

    Parameter w1 = network.parameters.get("w1");
    long one = storedNumbers(WeightMask.of(w1, ElementMask.ofIndices(w1.shape(), 5)), columns);
    assertThat(one).isEqualTo(256 * 10 + 256); // one δ a row, one a an example
  }

  private long storedNumbers(WeightMask mask, Tensor columns) {
    return network.linearize(mask).rows(columns).storedNumbers();
  }

  /**
   * Scattered elements cost themselves and the units and features that they touch: δ of the touched
   * units and a of the touched features are gathered, and transposed where there are many elements.
   */
  @Test
  void theBytesSpentOnParametersAreBoundByTheSelectedElementsAndWhatTheyTouch() {
    Tensor u = cotangent();
    Tensor columns = columns();
    for (double probability : new double[] {0.1, 0.01, 0.001}) {
      WeightMask mask = network.scattered(probability);
      Linearization f = network.linearize(mask);
      long units = touched(mask, true);
      long features = touched(mask, false);
      long biases = biases(mask);
      long own = 250 * mask.count() + 100_000;
      assertThat(network.parameterBytes(() -> f.pullback(u)))
          .isLessThan(8L * EXAMPLES * (3 * units + 2 * features) + own);
      assertThat(network.parameterBytes(() -> f.rows(columns)))
          .isLessThan(8L * EXAMPLES * (10 * (units + biases) + features) + own);
    }
  }

  /** How many rows, or columns, of the weights have a selected element. */
  private long touched(WeightMask mask, boolean rows) {
    return network.parameters.values().stream()
        .filter(p -> p.shape().rank() == 2)
        .mapToLong(p -> IntStream.of(mask.get(p).indices())
            .map(e -> rows ? e / p.shape().dim(1) : e % p.shape().dim(1))
            .distinct()
            .count())
        .sum();
  }

  private long biases(WeightMask mask) {
    return network.parameters.values().stream()
        .filter(p -> p.shape().rank() == 1)
        .mapToLong(p -> mask.get(p).count())
        .sum();
  }

  @Test
  void theBytesSpentOnUnitsFallWithTheirNumber() {
    Parameter w1 = network.parameters.get("w1");
    Tensor u = cotangent();
    Tensor columns = columns();
    int[] units = {256, 128, 16, 2};
    long[] pullback = new long[units.length];
    long[] rows = new long[units.length];
    for (int i = 0; i < units.length; i++) {
      int[] some = IntStream.range(0, units[i]).toArray();
      Linearization f = network.linearize(WeightMask.of(w1, ElementMask.rows(w1.shape(), some)));
      pullback[i] = network.parameterBytes(() -> f.pullback(u));
      rows[i] = network.parameterBytes(() -> f.rows(columns));
    }
    for (int i = 1; i < units.length; i++) {
      assertThat(pullback[i]).isLessThan(pullback[i - 1]);
    }
    assertThat(pullback[3]).isLessThan(pullback[0] / 20);
    // The cotangents of some units are copied; those of all are left where they are.
    assertThat(rows[0]).isLessThan(rows[3]);
    assertThat(rows[2]).isLessThan(rows[1]);
    assertThat(rows[3]).isLessThan(rows[2]);
    assertThat(rows[3]).isLessThan(rows[1] / 10);
  }

  @Test
  void theBytesSpentOnALayerFallWithItsSize() {
    Tensor u = cotangent();
    long[] bytes = IntStream.rangeClosed(1, 3)
        .mapToLong(layer -> {
          Linearization f = network.linearize(network.layer(layer));
          return network.parameterBytes(() -> f.pullback(u));
        })
        .toArray();
    assertThat(bytes[1]).isLessThan(bytes[0] / 2); // 32,896 elements against 200,960
    assertThat(bytes[2]).isLessThan(bytes[1] / 2); // 1,290 elements
  }
}
