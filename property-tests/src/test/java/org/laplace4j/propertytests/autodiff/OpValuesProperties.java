package org.laplace4j.propertytests.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.op.Conv2d;
import org.laplace4j.autodiff.op.Pooling;
import org.laplace4j.autodiff.op.Window;

/** Every op that moves or combines elements, against a loop over index tuples. */
@Tag("scalar")
class OpValuesProperties {
  // Sums of at most 3⁴ numbers of order 1.
  private static final double ROUNDING = 1e-13;

  @Property(tries = 200)
  void arithmeticMeetsElementsAlignedAtTheEnd(
      @ForAll("shapes") Shape shape, @ForAll Random random) {
    Tensor x = Tensors.positive(shape, random);
    Tensor y = Tensors.positive(Tensors.broadcastable(shape, random), random);
    Tensor sum = x.plus(y);
    Tensor difference = y.minus(x);
    Tensor product = y.times(x);
    Tensor quotient = x.dividedBy(y);
    assertThat(sum.shape()).isEqualTo(shape);
    for (int[] index : Tensors.indices(shape)) {
      double left = x.get(index);
      double right = Tensors.broadcastGet(y, index);
      assertThat(sum.get(index)).isEqualTo(left + right);
      assertThat(difference.get(index)).isEqualTo(right - left);
      assertThat(product.get(index)).isEqualTo(left * right);
      assertThat(quotient.get(index)).isEqualTo(left / right);
    }
  }

  @Property(tries = 100)
  void bothSidesOfArithmeticMayRepeat(
      @ForAll @IntRange(min = 0, max = 3) int n,
      @ForAll @IntRange(min = 1, max = 3) int m,
      @ForAll Random random) {
    Tensor x = Tensors.signed(Shape.of(n, 1, 2), random);
    Tensor y = Tensors.signed(Shape.of(m, 1), random);
    Tensor product = x.times(y);
    assertThat(product.shape()).isEqualTo(Shape.of(n, m, 2));
    for (int[] i : Tensors.indices(product.shape())) {
      assertThat(product.get(i)).isEqualTo(x.get(i[0], 0, i[2]) * y.get(i[1], 0));
    }
  }

  @Property(tries = 50)
  void longRunsThatRepeatMeetTheSameElements(
      @ForAll @IntRange(min = 1, max = 3) int k,
      @ForAll @IntRange(min = 0, max = 3) int n,
      @ForAll @IntRange(min = 1, max = 40) int length,
      @ForAll Random random) {
    Tensor x = Tensors.signed(Shape.of(k, 1, length), random);
    Tensor y = Tensors.signed(Shape.of(n, length), random);
    Tensor difference = x.minus(y);
    Tensor other = y.minus(x);
    assertThat(difference.shape()).isEqualTo(Shape.of(k, n, length));
    for (int[] i : Tensors.indices(difference.shape())) {
      assertThat(difference.get(i)).isEqualTo(x.get(i[0], 0, i[2]) - y.get(i[1], i[2]));
      assertThat(other.get(i)).isEqualTo(y.get(i[1], i[2]) - x.get(i[0], 0, i[2]));
    }
  }

  @Property(tries = 200)
  void matMulSumsOverTheInnerAxisForEveryLeadingIndex(
      @ForAll boolean transposeA,
      @ForAll boolean transposeB,
      @ForAll("leading") Shape leading,
      @ForAll @IntRange(min = 1, max = 3) int m,
      @ForAll @IntRange(min = 0, max = 3) int k,
      @ForAll @IntRange(min = 1, max = 3) int n,
      @ForAll Random random) {
    Shape part = Tensors.broadcastable(leading, random);
    Tensor a = Tensors.signed(
        (transposeA ? Shape.of(k, m) : Shape.of(m, k)).prepend(leading.dims()), random);
    Tensor b =
        Tensors.signed((transposeB ? Shape.of(n, k) : Shape.of(k, n)).prepend(part.dims()), random);
    Tensor c = a.matmul(transposeA, b, transposeB);
    assertThat(c.shape()).isEqualTo(Shape.of(m, n).prepend(leading.dims()));
    for (int[] index : Tensors.indices(c.shape())) {
      double sum = 0;
      for (int l = 0; l < k; l++) {
        int[] left = index.clone();
        left[left.length - (transposeA ? 2 : 1)] = l;
        left[left.length - (transposeA ? 1 : 2)] = index[index.length - 2];
        int[] right = index.clone();
        right[right.length - (transposeB ? 1 : 2)] = l;
        right[right.length - (transposeB ? 2 : 1)] = index[index.length - 1];
        sum += a.get(left) * Tensors.broadcastGet(b, right);
      }
      assertThat(c.get(index)).isCloseTo(sum, within(ROUNDING));
    }
  }

  @Property(tries = 100)
  void affineIsTheProductWithTheTransposeAndABias(
      @ForAll("leading") Shape leading,
      @ForAll @IntRange(min = 1, max = 3) int in,
      @ForAll @IntRange(min = 1, max = 3) int out,
      @ForAll Random random) {
    Tensor x = Tensors.signed(Shape.of(in).prepend(leading.dims()), random);
    Tensor w = Tensors.signed(Shape.of(out, in), random);
    Tensor b = Tensors.signed(Shape.of(out), random);
    Tensor y = x.affine(w, b);
    for (int[] index : Tensors.indices(y.shape())) {
      int o = index[index.length - 1];
      double sum = b.get(o);
      for (int j = 0; j < in; j++) {
        int[] at = index.clone();
        at[at.length - 1] = j;
        sum += w.get(o, j) * x.get(at);
      }
      assertThat(y.get(index)).isCloseTo(sum, within(ROUNDING));
    }
  }

  @Property(tries = 200)
  void sumAddsWhatHasTheSameOtherIndices(
      @ForAll("shapes") Shape shape, @ForAll boolean keep, @ForAll Random random) {
    Tensor x = Tensors.signed(shape, random);
    int[] axes = random.ints(0, 4).limit(3).filter(axis -> axis < shape.rank()).toArray();
    Shape kept = shape;
    for (int axis : axes) {
      kept = kept.with(axis, 1);
    }
    double[] expected = new double[kept.size()];
    List<int[]> places = Tensors.indices(kept);
    for (int[] index : Tensors.indices(shape)) {
      int[] place = index.clone();
      for (int axis : axes) {
        place[axis] = 0;
      }
      for (int at = 0; at < expected.length; at++) {
        expected[at] += java.util.Arrays.equals(place, places.get(at)) ? x.get(index) : 0;
      }
    }
    Tensor sum = x.sum(keep, axes);
    assertThat(sum.array()).containsExactly(expected, within(ROUNDING));
    assertThat(sum.shape().rank()).isEqualTo(keep ? shape.rank() : shape.rank() - distinct(axes));
  }

  private static int distinct(int[] axes) {
    return (int) java.util.stream.IntStream.of(axes).distinct().count();
  }

  @Property(tries = 100)
  void broadcastToRepeats(@ForAll("shapes") Shape shape, @ForAll Random random) {
    Tensor x = Tensors.signed(Tensors.broadcastable(shape, random), random);
    Tensor y = x.broadcastTo(shape);
    for (int[] index : Tensors.indices(shape)) {
      assertThat(y.get(index)).isEqualTo(Tensors.broadcastGet(x, index));
    }
  }

  @Property(tries = 200)
  void swapAxesSwapsTwoIndices(@ForAll("withAxes") Shape shape, @ForAll Random random) {
    Tensor x = Tensors.signed(shape, random);
    int first = random.nextInt(shape.rank());
    int second = random.nextInt(shape.rank());
    Tensor y = x.swapAxes(first, second);
    for (int[] index : Tensors.indices(shape)) {
      int[] swapped = index.clone();
      swapped[first] = index[second];
      swapped[second] = index[first];
      assertThat(y.get(swapped)).isEqualTo(x.get(index));
    }
  }

  @Property(tries = 20)
  void swapAxesIsRightAcrossTiles(
      @ForAll @IntRange(min = 15, max = 33) int a,
      @ForAll @IntRange(min = 15, max = 33) int b,
      @ForAll @IntRange(min = 1, max = 2) int inner) {
    Tensor x = Tensors.filled(Shape.of(a, b, inner), i -> i);
    Tensor y = x.swapAxes(0, 1);
    for (int[] i : Tensors.indices(y.shape())) {
      assertThat(y.get(i)).isEqualTo(x.get(i[1], i[0], i[2]));
    }
  }

  @Property(tries = 100)
  void slicesConcatenateToTheWhole(@ForAll("withAxes") Shape shape, @ForAll Random random) {
    Tensor x = Tensors.signed(shape, random);
    int axis = random.nextInt(shape.rank());
    int cut = random.nextInt(shape.dim(axis) + 1);
    Tensor left = x.slice(axis, 0, cut);
    Tensor right = x.slice(axis, cut, shape.dim(axis));
    assertThat(Tensor.concat(axis, List.of(left, right)).array()).containsExactly(x.array());
    Tensor padded = left.pad(axis, 0, shape.dim(axis) - cut).plus(right.pad(axis, cut, 0));
    assertThat(padded.array()).containsExactly(x.array());
  }

  @Property(tries = 100)
  void gatherTakesTheNamedEntries(@ForAll("withAxes") Shape shape, @ForAll Random random) {
    Tensor x = Tensors.signed(shape, random);
    int axis = random.nextInt(shape.rank());
    int[] indices = random.ints(4, 0, shape.dim(axis)).toArray();
    Tensor y = x.gather(axis, indices);
    for (int[] index : Tensors.indices(y.shape())) {
      int[] from = index.clone();
      from[axis] = indices[index[axis]];
      assertThat(y.get(index)).isEqualTo(x.get(from));
    }
  }

  @Property(tries = 50)
  void softmaxIsPositiveAndSumsToOne(@ForAll("withAxes") Shape shape, @ForAll Random random) {
    Tensor x = Tensors.signed(shape, random);
    Tensor p = x.softmax();
    Tensor naive = x.exp().dividedBy(x.exp().sum(true, -1));
    assertThat(p.array()).containsExactly(naive.array(), within(ROUNDING));
    for (double total : p.sum(false, -1).array()) {
      assertThat(total).isCloseTo(1, within(ROUNDING));
    }
  }

  /** One loop for each index of the images, the filters and the output. */
  @Property(tries = 200)
  void convolutionIsTheSumOverSevenLoops(
      @ForAll("windows") Window window,
      @ForAll @IntRange(min = 0, max = 3) int examples,
      @ForAll @IntRange(min = 1, max = 3) int channels,
      @ForAll @IntRange(min = 1, max = 3) int out,
      @ForAll Random random) {
    int height = 3 + random.nextInt(3);
    int width = 3 + random.nextInt(3);
    Tensor x = Tensors.signed(Shape.of(examples, channels, height, width), random);
    Tensor w = Tensors.signed(Shape.of(out, channels, window.height(), window.width()), random);
    Tensor b = Tensors.signed(Shape.of(out), random);
    Tensor y = Tensor.apply(new Conv2d(window), x, w, b);
    assertThat(y.shape())
        .isEqualTo(Shape.of(examples, out, window.rows(height), window.columns(width)));
    for (int[] at : Tensors.indices(y.shape())) {
      double sum = b.get(at[1]);
      for (int c = 0; c < channels; c++) {
        for (int p = 0; p < window.height(); p++) {
          for (int q = 0; q < window.width(); q++) {
            int i = at[2] * window.strideHeight() + p - window.paddingHeight();
            int j = at[3] * window.strideWidth() + q - window.paddingWidth();
            if (i >= 0 && i < height && j >= 0 && j < width) {
              sum += w.get(at[1], c, p, q) * x.get(at[0], c, i, j);
            }
          }
        }
      }
      assertThat(y.get(at)).isCloseTo(sum, within(ROUNDING));
    }
    Tensor withoutBias = Tensor.apply(new Conv2d(window), x, w);
    assertThat(withoutBias.plus(b.reshape(out, 1, 1)).array())
        .containsExactly(y.array(), within(ROUNDING));
  }

  @Property(tries = 200)
  void poolsReduceEachWindow(@ForAll("windows") Window window, @ForAll Random random) {
    Assume.that(2 * window.paddingHeight() <= window.height()
        && 2 * window.paddingWidth() <= window.width());
    Tensor x = Tensors.signed(
        Shape.of(1 + random.nextInt(2), 2, 3 + random.nextInt(3), 3 + random.nextInt(3)), random);
    Tensor largest = Tensor.apply(new Pooling.Max2d(window), x);
    Tensor mean = Tensor.apply(new Pooling.Average2d(window), x);
    assertThat(mean.shape()).isEqualTo(largest.shape());
    for (int[] at : Tensors.indices(largest.shape())) {
      double max = Double.NEGATIVE_INFINITY;
      double sum = 0;
      for (int p = 0; p < window.height(); p++) {
        for (int q = 0; q < window.width(); q++) {
          int i = at[2] * window.strideHeight() + p - window.paddingHeight();
          int j = at[3] * window.strideWidth() + q - window.paddingWidth();
          if (i >= 0 && i < x.shape().dim(2) && j >= 0 && j < x.shape().dim(3)) {
            max = Math.max(max, x.get(at[0], at[1], i, j));
            sum += x.get(at[0], at[1], i, j);
          }
        }
      }
      assertThat(largest.get(at)).isEqualTo(max);
      assertThat(mean.get(at))
          .isCloseTo(sum / (window.height() * window.width()), within(ROUNDING));
    }
  }

  @Property(tries = 50)
  void emptyBatchesGiveEmptyOutputs(@ForAll @IntRange(min = 1, max = 3) int in) {
    Tensor x = Tensor.zeros(Shape.of(0, in));
    Tensor w = Tensor.ones(Shape.of(2, in));
    assertThat(x.affine(w, Tensor.zeros(Shape.of(2))).shape()).isEqualTo(Shape.of(0, 2));
    assertThat(x.matmul(false, w, true).shape()).isEqualTo(Shape.of(0, 2));
    assertThat(x.plus(Tensor.ones(Shape.of(in))).tanh().shape()).isEqualTo(Shape.of(0, in));
    assertThat(x.logSoftmax().transpose().shape()).isEqualTo(Shape.of(in, 0));
    assertThat(x.sum(false, 0).array()).containsOnly(0.0);
    assertThat(x.sum().item()).isZero();
  }

  @Provide
  Arbitrary<Window> windows() {
    return Tensors.windows();
  }

  @Provide
  Arbitrary<Shape> shapes() {
    return Tensors.shapes(0, 4);
  }

  @Provide
  Arbitrary<Shape> withAxes() {
    return Tensors.shapes(1, 4);
  }

  @Provide
  Arbitrary<Shape> leading() {
    return Tensors.shapes(0, 2);
  }
}
