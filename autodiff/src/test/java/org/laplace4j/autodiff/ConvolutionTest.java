package org.laplace4j.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.op.Conv2d;
import org.laplace4j.autodiff.op.Pooling;
import org.laplace4j.autodiff.op.Window;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.BlockRows;
import org.laplace4j.linalg.rows.KroneckerFactors;
import org.laplace4j.linalg.rows.KroneckerSums;
import org.laplace4j.linalg.rows.Rows;
import org.laplace4j.linalg.rows.SelectedRows;
import org.laplace4j.linalg.rows.SharedRows;

@Tag("scalar")
class ConvolutionTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Up to some thousand products of numbers below 1, whose sum is of the order of ten. */
  private static final Offset<Double> SUM_OF_PRODUCTS = within(1e-11);

  /** (1 2 3; 4 5 6), one image of one channel. */
  private final Tensor image = Tensor.of(Shape.of(1, 1, 2, 3), 1, 2, 3, 4, 5, 6);

  private static Tensor apply(Op op, Tensor... in) {
    return Tensor.apply(op, in);
  }

  /** The filter (1, −2) along rows: 1 − 4, 2 − 6; 4 − 10, 5 − 12, and 10 more. */
  @Test
  void convolutionCorrelatesAndAddsTheBias() {
    Op op = new Conv2d(new Window(1, 2, 1, 1, 0, 0));
    Tensor y = apply(op, image, Tensor.of(Shape.of(1, 1, 1, 2), 1, -2), Tensor.vector(10));
    assertThat(y.shape()).isEqualTo(Shape.of(1, 1, 2, 2));
    assertThat(y.array()).containsExactly(7, 6, 4, 3);
  }

  /** Padded by one and moved by two, the window 2 × 2 shows the corners 1, (2, 3), 4, (5, 6). */
  @Test
  void paddingIsZeroAndStridesSkip() {
    Op op = new Conv2d(Window.of(2, 2, 1));
    Tensor y = apply(op, image, Tensor.ones(Shape.of(1, 1, 2, 2)));
    assertThat(y.shape()).isEqualTo(Shape.of(1, 1, 2, 2));
    assertThat(y.array()).containsExactly(1, 2 + 3, 4, 5 + 6);
  }

  /**
   * Many images, which are taken some at a time; high ones of many channels, which are cut; rows of
   * 32 positions and 8 filters, which are made in place; fewer filters than a tile has rows.
   */
  @Test
  void aConvolutionAndItsGradientsAreSumsOverSevenLoops() {
    sumsOverSevenLoops(Shape.of(19, 3, 9, 10), 5, Window.of(3, 1, 1));
    sumsOverSevenLoops(Shape.of(3, 160, 14, 9), 2, Window.of(3, 1, 0));
    sumsOverSevenLoops(Shape.of(2, 150, 30, 5), 3, new Window(2, 3, 2, 2, 1, 1));
    sumsOverSevenLoops(Shape.of(2, 2, 5, 32), 8, Window.of(3, 1, 1));
    sumsOverSevenLoops(Shape.of(1, 300, 17, 32), 8, Window.of(3, 1, 1));
    sumsOverSevenLoops(Shape.of(0, 2, 5, 6), 3, Window.of(3, 1, 1));
  }

  private static void sumsOverSevenLoops(Shape images, int out, Window window) {
    Random random = new Random(images.size());
    Tensor x = drawn(random, images);
    Tensor w = drawn(random, Shape.of(out, images.dim(1), window.height(), window.width()));
    Tensor b = drawn(random, Shape.of(out));
    Op op = new Conv2d(window);
    Tensor y = apply(op, x, w, b);
    Tensor bar = drawn(random, y.shape());
    int filter = w.shape().drop(1).size();
    double[] sums = new double[y.size()];
    double[] xBar = new double[x.size()];
    double[] wBar = new double[w.size()];
    for (int at = 0; at < sums.length; at++) {
      int column = at % y.shape().dim(3) * window.strideWidth() - window.paddingWidth();
      int row =
          at / y.shape().dim(3) % y.shape().dim(2) * window.strideHeight() - window.paddingHeight();
      int o = at / y.shape().drop(2).size() % out;
      int first = at / y.shape().drop(1).size() * images.dim(1);
      sums[at] = b.get(o);
      for (int f = 0; f < filter; f++) {
        int j = column + f % window.width();
        int i = row + f / window.width() % window.height();
        int c = f / window.width() / window.height();
        if (i >= 0 && i < images.dim(2) && j >= 0 && j < images.dim(3)) {
          int pixel = ((first + c) * images.dim(2) + i) * images.dim(3) + j;
          sums[at] += w.array()[o * filter + f] * x.array()[pixel];
          xBar[pixel] += w.array()[o * filter + f] * bar.array()[at];
          wBar[o * filter + f] += x.array()[pixel] * bar.array()[at];
        }
      }
    }
    List<Tensor> in = List.of(x, w, b);
    assertThat(y.array()).containsExactly(sums, SUM_OF_PRODUCTS);
    assertThat(op.vjp(0, in, y, bar).array()).containsExactly(xBar, SUM_OF_PRODUCTS);
    assertThat(op.vjp(1, in, y, bar).array()).containsExactly(wBar, SUM_OF_PRODUCTS);
  }

  @Test
  void rowsAreSumsOverPositionsOfCotangentTimesPatch() {
    Op op = new Conv2d(new Window(1, 2, 1, 1, 0, 0));
    Shape filter = Shape.of(1, 1, 1, 2);
    Tensor w = Tensor.zeros(filter);
    Tensor b = Tensor.vector(0);
    Tensor bars = Tensor.of(Shape.of(1, 1, 1, 2, 2), 1, 10, 100, 1000);
    Tensor y = apply(op, image, w, b);
    List<Tensor> in = List.of(image.asData(), w, b);
    SharedRows rows =
        (SharedRows) op.exampleRows(1, in, y, bars, ElementMask.all(filter)).orElseThrow();
    // 1·(1, 2) + 10·(2, 3) + 100·(4, 5) + 1000·(5, 6), and the cotangents themselves.
    assertThat(rows.dense().array()).containsExactly(5421, 6532);
    assertThat(rows.positions()).isEqualTo(4);
    // KFAC-expand: A = Σ a aᵀ over 1 2, 2 3, 4 5, 5 6, and count 4.
    assertThat(rows.kroneckerFactors().a().array()).containsExactly(46, 58, 58, 74);
    assertThat(rows.kroneckerFactors().count()).isEqualTo(4);
    Rows bias = op.exampleRows(2, in, y, bars, ElementMask.all(b.shape())).orElseThrow();
    assertThat(bias.dense().array()).containsExactly(1111);
    assertThat(bias.kroneckerFactors().b().array()).containsExactly(1010101);
  }

  /** J, B and A from planes and patches, before Δ and A are there, and from Δ and A. */
  @Test
  void whatIsHadWithoutTheRowsIsThatOfTheRows() {
    whatIsHadWithoutTheRowsIsThatOfTheRows(4);
    whatIsHadWithoutTheRowsIsThatOfTheRows(9);
  }

  private static void whatIsHadWithoutTheRowsIsThatOfTheRows(int out) {
    Random random = new Random(out);
    // 72 and 35 positions, which are many, and 6.
    for (Window window :
        new Window[] {Window.of(3, 1, 1), new Window(2, 3, 2, 1, 1, 0), Window.of(3, 3, 0)}) {
      Op op = new Conv2d(window);
      Tensor x = drawn(random, Shape.of(5, 3, 8, 9)).asData();
      Shape filters = Shape.of(out, 3, window.height(), window.width());
      Tensor w = drawn(random, filters);
      Tensor b = drawn(random, Shape.of(out));
      Tensor y = apply(op, x, w, b);
      Tensor bars = drawn(random, y.shape().prepend(3));
      for (int i = 1; i < 3; i++) {
        ElementMask all = ElementMask.all(i == 1 ? filters : b.shape());
        SharedRows rows =
            (SharedRows) op.exampleRows(i, List.of(x, w, b), y, bars, all).orElseThrow();
        var sums = new KroneckerSums();
        sums.add(new BlockRows(List.of(rows)));
        KroneckerFactors before = sums.totals().get(0);
        Matrix dense = rows.dense();
        assertThat(new SharedRows(rows.each(), rows.positions()).dense()).isEqualTo(dense);
        KroneckerFactors made = rows.each().kroneckerFactors();
        assertClose(before.b(), made.b());
        assertClose(before.a(), made.a());
        assertThat(before.count()).isEqualTo(made.count()).isEqualTo(rows.each().examples());
        assertThat(rows.storedNumbers()).isEqualTo(rows.each().storedNumbers());
        assertThat(rows.size()).isEqualTo(rows.each().size());
        assertThat(rows.kroneckerFactors().b()).isEqualTo(made.b());
      }
    }
  }

  /** Sums of some hundred products of numbers below 1. */
  private static void assertClose(Matrix actual, Matrix expected) {
    assertThat(actual.minus(expected).maxAbs()).isLessThan(1e-12);
  }

  private static Tensor drawn(Random random, Shape shape) {
    return Tensor.adopt(shape, random.doubles(shape.size()).map(v -> 2 * v - 1).toArray());
  }

  @Test
  void aWeightAndItsBiasHaveOneSumOfCotangents() {
    Op op = new Conv2d(Window.of(3, 1, 1));
    Tensor x = drawn(new Random(4), Shape.of(2, 1, 4, 4)).asData();
    Tensor w = Tensor.zeros(Shape.of(2, 1, 3, 3));
    Tensor b = Tensor.zeros(Shape.of(2));
    Tensor y = apply(op, x, w, b);
    Tensor bars = Tensor.ones(y.shape().prepend(1));
    List<Rows> both = new ArrayList<>();
    for (int i = 1; i < 3; i++) {
      Shape shape = i == 1 ? w.shape() : b.shape();
      both.add(
          op.exampleRows(i, List.of(x, w, b), y, bars, ElementMask.all(shape)).orElseThrow());
    }
    var sums = new KroneckerSums();
    sums.add(new BlockRows(both));
    List<KroneckerFactors> factors = sums.totals();
    assertThat(factors.get(1).b()).isSameAs(factors.get(0).b());
    // Two images of 16 positions, all cotangents one.
    assertThat(factors.get(0).b().array()).containsExactly(32, 32, 32, 32);
    assertThat(factors.get(1).a().array()).containsExactly(32);
  }

  @Test
  void theFirstOfEqualValuesIsTheLargest() {
    Op op = new Pooling.Max2d(Window.of(2, 2, 0));
    Tensor x = Tensor.of(Shape.of(1, 1, 2, 2), 3, 5, 5, 5);
    Tensor y = apply(op, x);
    assertThat(y.array()).containsExactly(5);
    assertThat(op.vjp(0, List.of(x), y, Tensor.ones(y.shape())).array())
        .containsExactly(0, 1, 0, 0);
    assertThat(op.jvp(0, List.of(x), y, Tensor.of(x.shape(), 1, 2, 3, 4)).array())
        .containsExactly(2);
  }

  /** Sides even and odd, numbers of which many are equal, zeros of both signs and no numbers. */
  @Test
  void thePoolOfFourIsTheFirstLargestOfEach() {
    Random random = new Random(5);
    double[] values = {-1, -0.0, 0, 1, 1, Double.NaN};
    for (Shape shape : new Shape[] {Shape.of(3, 2, 6, 8), Shape.of(2, 3, 5, 7)}) {
      double[] x =
          random.ints(shape.size(), 0, 60).mapToDouble(i -> values[i / 11]).toArray();
      Op op = new Pooling.Max2d(Window.of(2, 2, 0));
      Tensor y = apply(op, Tensor.adopt(shape, x));
      double[] largest = new double[y.size()];
      double[] bar = new double[x.length];
      for (int at = 0; at < largest.length; at++) {
        int columns = y.shape().dim(3);
        int plane = at / columns / y.shape().dim(2) * shape.dim(2);
        int u = (plane + at / columns % y.shape().dim(2) * 2) * shape.dim(3) + at % columns * 2;
        int best = u;
        for (int j : new int[] {u + 1, u + shape.dim(3), u + shape.dim(3) + 1}) {
          boolean nan = Double.isNaN(x[j]) && !Double.isNaN(x[best]);
          best = nan || x[j] > x[best] ? j : best;
        }
        largest[at] = x[best] + 0.0;
        bar[best] += at;
      }
      assertThat(y.plus(0).array()).isEqualTo(largest);
      Tensor yBar =
          Tensor.adopt(y.shape(), IntStream.range(0, y.size()).asDoubleStream().toArray());
      assertThat(op.vjp(0, List.of(Tensor.adopt(shape, x)), y, yBar).array()).isEqualTo(bar);
    }
  }

  @Test
  void paddingNeverIsTheLargestButCountsInTheMean() {
    Tensor x = Tensor.of(Shape.of(1, 1, 1, 1), -4);
    assertThat(apply(new Pooling.Max2d(Window.of(2, 1, 1)), x).array())
        .containsExactly(-4, -4, -4, -4);
    assertThat(apply(new Pooling.Average2d(Window.of(2, 1, 1)), x).array())
        .containsExactly(-1, -1, -1, -1);
  }

  @Test
  void whatIsNotANumberDoesNotVanishInAPool() {
    Op op = new Pooling.Max2d(Window.of(2, 2, 0));
    for (int at = 0; at < 4; at++) {
      double[] values = {1, 2, 3, 4};
      values[at] = Double.NaN;
      Tensor x = Tensor.of(Shape.of(1, 1, 2, 2), values);
      Tensor y = apply(op, x);
      assertThat(y.item()).isNaN();
      assertThat(op.vjp(0, List.of(x), y, Tensor.ones(y.shape())).array()[at]).isEqualTo(1);
    }
  }

  @Test
  void shapesThatDoNotFitAreRefusedWithBoth() {
    Op op = new Conv2d(Window.of(3, 1, 0));
    Tensor filters = Tensor.zeros(Shape.of(4, 2, 3, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> apply(op, image, filters))
        .withMessageContaining("(B, 2, H, W)")
        .withMessageContaining("(1, 1, 2, 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> apply(op, image, Tensor.zeros(Shape.of(4, 1, 3, 2))))
        .withMessageContaining("(out, C, 3, 3)")
        .withMessageContaining("(4, 1, 3, 2)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> apply(op, image, Tensor.zeros(Shape.of(4, 1, 3, 3))))
        .withMessageContaining("length 2")
        .withMessageContaining("shorter than 3");
    Op larger = new Conv2d(Window.of(2, 1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> apply(larger, image, Tensor.zeros(Shape.of(4, 1, 2, 2)), Tensor.vector(1, 2)))
        .withMessageContaining("(4)")
        .withMessageContaining("(2)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> apply(new Pooling.Max2d(Window.of(2, 2, 2)), image))
        .withMessageContaining("padding 2");
    assertThatIllegalArgumentException().isThrownBy(() -> Window.of(0, 1, 0));
  }

  /** A filter bank (16, 8, 3, 3), sixteen images of 12 × 12, two columns. */
  private static final class Bank {
    private static final Shape FILTERS = Shape.of(16, 8, 3, 3);
    private static final int POSITIONS = 16 * 144;
    private final Parameter filters;
    private final Linearization f;
    private final Tensor columns;

    Bank(int... elements) {
      Random random = new Random(1);
      filters = Parameter.of("filters", drawn(random, FILTERS));
      Model<Tensor> model = new Model<>() {
        @Override
        public Tensor forward(Weights at, Tensor x) {
          return apply(new Conv2d(Window.of(3, 1, 1)), x, at.get(filters));
        }

        @Override
        public java.util.Map<String, Parameter> parameters() {
          return java.util.Map.of("filters", filters);
        }
      };
      WeightMask mask = WeightMask.of(
          filters,
          elements.length == 0
              ? ElementMask.all(FILTERS)
              : ElementMask.ofIndices(FILTERS, elements));
      ParameterSpace space = ParameterSpace.of(model, mask);
      f = Linearization.of(model, space, Weights.of(model), drawn(random, Shape.of(16, 8, 12, 12)));
      columns = drawn(random, f.output().shape().prepend(2));
    }

    SharedRows rows() {
      return (SharedRows) ((BlockRows) f.rows(columns)).blocks().get(0);
    }

    long bytes(Runnable work) {
      // Vectors are objects until their code is compiled.
      assumeTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty());
      work.run();
      long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      work.run();
      return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }
  }

  @Test
  void whatRowsOfFiltersKeepFallsWithTheSelectedElements() {
    int inputs = Bank.POSITIONS;
    assertThat(new Bank().rows().storedNumbers()).isEqualTo(inputs * (2L * 16 + 72));
    // One weight of one filter: one δ a column and one pixel a position.
    assertThat(new Bank(100).rows().storedNumbers()).isEqualTo(inputs * (2L + 1));
    // Two weights of filters 0 and 1 that see different pixels, and their places.
    SharedRows scattered = new Bank(3, 72 + 5).rows();
    assertThat(scattered.each()).isInstanceOf(SelectedRows.class);
    assertThat(scattered.storedNumbers()).isEqualTo(inputs * (2L * 2 + 2) + 2 + 3);
  }

  @Test
  void whatDerivativesOfFiltersMakeFallsWithTheSelectedElements() {
    var whole = new Bank();
    var one = new Bank(100);
    long all = whole.bytes(() -> whole.rows().each());
    assertThat(one.bytes(() -> one.rows().each())).isLessThan(all / 20);
    assertThat(one.bytes(() -> one.f.pullback(whole.f.output())))
        .isLessThan(one.bytes(() -> whole.rows().each()) / 10);
    // Of all rows that nothing but the Kronecker factors is asked of, neither Δ nor A is made.
    assertThat(whole.bytes(whole::rows)).isLessThan(all / 100);
    // Multiplied out, one column of J takes R multiply-adds a row.
    assertThat(one.bytes(() -> one.rows().squares())).isLessThan(all / 10);
  }
}
