package org.laplace4j.autodiff.op;

import java.util.Arrays;
import org.laplace4j.linalg.Parallel;

/**
 * The three products of a convolution, Σ w x y with two of them given: images x (B, C, H, W),
 * filters w (out, C, h, w) and outputs y (B, out, H', W'), by the bands Lᵢ of {@link Lowering}.
 *
 * <pre>  Yᵢ = b 1ᵀ + W Lᵢ        Lᵢ += Wᵀ Yᵢ        W = Σᵢ Yᵢ Lᵢᵀ  </pre>
 *
 * <p>Yᵢ (out, D·W') are row i of the outputs of some images, which lies behind L.
 *
 * @param lowering of the images
 * @param images B
 * @param out the number of filters
 */
record BandProducts(Lowering lowering, int images, int out) {
  /** Sums that are made at the same time, and then added in order, and their numbers, 32 MB. */
  private static final int MOST_SUMS = 16;

  private static final int MOST_NUMBERS = 1 << 22;

  /** Rows of a band that are taken at a time: as many as a product reads where they lie. */
  private static final int ROWS = 128;

  private int filled() {
    return Lowering.filled(out);
  }

  /** y, over what is there. */
  void outputs(double[] x, double[] w, double[] bias, double[] y) {
    double[] filters = lowering.filters(w, out);
    if (lowering.rowsAreWhole() && filled() == out) {
      new BandProducts(lowering.withSingleImages(), images, out).outputs(x, filters, bias, y, true);
    } else {
      outputs(x, filters, bias, y, false);
    }
  }

  private void outputs(double[] x, double[] filters, double[] bias, double[] y, boolean inPlace) {
    int plane = lowering.rows() * lowering.columns();
    forEachPart((part, s) -> {
      lowering.write(x, part, s);
      for (int i = 0; i < part.positions(); i++) {
        if (inPlace) {
          addOutputs(filters, bias, part, i, s, y, outputAt(part, i, 0, 0), plane);
        } else {
          int stride = lowering.stride(part.images());
          addOutputs(filters, bias, part, i, s, s, lowering.size(part), stride);
          copy(part, i, (at, to, count) -> System.arraycopy(s, at, y, to, count));
        }
      }
    });
  }

  /** Yᵢ, with rows that are so far apart. */
  private void addOutputs(
      double[] filters,
      double[] bias,
      Lowering.Part part,
      int i,
      double[] l,
      double[] y,
      int yAt,
      int ldy) {
    int columns = lowering.stride(part.images());
    for (int o = 0; o < out; o++) {
      Arrays.fill(y, yAt + o * ldy, yAt + o * ldy + columns, bias[o]);
    }
    int features = lowering.features();
    org.laplace4j.linalg.Arrays.multiplyAdd(
        false,
        false,
        filled(),
        columns,
        features,
        filters,
        0,
        features,
        l,
        lowering.band(i) * columns,
        columns,
        y,
        yAt,
        ldy);
  }

  /** Adds the gradient in the images to x. */
  void addImages(double[] y, double[] w, double[] x) {
    double[] filters = lowering.filters(w, out);
    int cuts = lowering.cuts();
    int scratch = lowering.scratch(filled());
    // The parts of an image overlap: they are added one after the other.
    Parallel.ranges(lowering.parts(images) / cuts, 2L * scratch * cuts, scratch, (from, to, s) -> {
      for (int index = from * cuts; index < to * cuts; index++) {
        Lowering.Part part = lowering.part(images, index);
        Arrays.fill(s, 0, lowering.size(part), 0);
        for (int i = 0; i < part.positions(); i++) {
          take(y, part, i, s);
          addBand(filters, part, i, s);
        }
        lowering.addTo(x, part, s);
      }
    });
  }

  private void addBand(double[] filters, Lowering.Part part, int i, double[] s) {
    int columns = lowering.stride(part.images());
    int features = lowering.features();
    for (int from = 0; from < features; from += ROWS) {
      org.laplace4j.linalg.Arrays.multiplyAdd(
          true,
          false,
          Math.min(ROWS, features - from),
          columns,
          out,
          filters,
          from,
          features,
          s,
          lowering.size(part),
          columns,
          s,
          (lowering.band(i) + from) * columns,
          columns);
    }
  }

  /** The gradient in the filters. */
  double[] filters(double[] x, double[] y) {
    int features = Lowering.wholeTiles(lowering.features());
    int size = Math.multiplyExact(filled(), features);
    int parts = lowering.parts(images);
    int sums = Math.max(1, Math.min(parts, Math.min(MOST_SUMS, MOST_NUMBERS / Math.max(1, size))));
    double[][] sum = new double[sums][size];
    // What is behind Yᵢ and the last band goes to rows and columns that nobody reads.
    int more = filled() + features - lowering.features();
    int scratch = lowering.scratch(more);
    Parallel.ranges(sums, Long.MAX_VALUE, scratch, (from, to, s) -> {
      int end = (int) ((long) to * parts / sums);
      for (int index = (int) ((long) from * parts / sums); index < end; index++) {
        addFilters(x, y, lowering.part(images, index), s, sum[from]);
      }
    });
    for (int k = 1; k < sums; k++) {
      org.laplace4j.linalg.Arrays.addScaled(1, sum[k], sum[0]);
    }
    return lowering.filtersOf(sum[0], features, out);
  }

  private void addFilters(double[] x, double[] y, Lowering.Part part, double[] s, double[] w) {
    int columns = lowering.stride(part.images());
    int features = Lowering.wholeTiles(lowering.features());
    int yAt = lowering.size(part);
    lowering.write(x, part, s);
    for (int i = 0; i < part.positions(); i++) {
      take(y, part, i, s);
      for (int from = 0; from < features; from += ROWS) {
        org.laplace4j.linalg.Arrays.multiplyAdd(
            false,
            true,
            filled(),
            Math.min(ROWS, features - from),
            columns,
            s,
            yAt,
            columns,
            s,
            (lowering.band(i) + from) * columns,
            columns,
            w,
            from,
            features);
      }
    }
  }

  /** Yᵢ from the outputs to behind L, with zeros where there are no outputs. */
  private void take(double[] y, Lowering.Part part, int i, double[] s) {
    int at = lowering.size(part);
    int stride = lowering.stride(part.images());
    if (part.images() * lowering.columns() < stride) {
      Arrays.fill(s, at, at + out * stride, 0);
    }
    copy(part, i, (to, from, count) -> System.arraycopy(y, from, s, to, count));
  }

  private interface Use {
    void take(Lowering.Part part, double[] scratch);
  }

  private void forEachPart(Use use) {
    int scratch = lowering.scratch(filled());
    Parallel.ranges(lowering.parts(images), 2L * scratch, scratch, (from, to, s) -> {
      for (int index = from; index < to; index++) {
        use.take(lowering.part(images, index), s);
      }
    });
  }

  /** Numbers side by side in Yᵢ, and where they are among the outputs. */
  private interface Run {
    void take(int at, int outputAt, int count);
  }

  private void copy(Lowering.Part part, int i, Run run) {
    int columns = lowering.columns();
    int stride = lowering.stride(part.images());
    for (int o = 0; o < out; o++) {
      int at = lowering.size(part) + o * stride;
      for (int d = 0; d < part.images(); d++) {
        run.take(at + d * columns, outputAt(part, i, o, d), columns);
      }
    }
  }

  private int outputAt(Lowering.Part part, int i, int o, int d) {
    int plane = lowering.rows() * lowering.columns();
    return ((part.first() + d) * out + o) * plane + (part.top() + i) * lowering.columns();
  }
}
