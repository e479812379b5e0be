package org.laplace4j.propertytests.linalg;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.BlockRows;
import org.laplace4j.linalg.rows.DenseRows;
import org.laplace4j.linalg.rows.FactoredRows;
import org.laplace4j.linalg.rows.KhatriRaoRows;
import org.laplace4j.linalg.rows.Rows;
import org.laplace4j.linalg.rows.SharedRows;

/**
 * Where the suites get rows: every form, over any number of columns, nested at random. A new form
 * joins every suite by one generator in {@link #FORMS}.
 */
final class RowsMarket {

  /** A form over Θ columns; the generator settles its structure. */
  interface Generator {
    RowsForm over(int size, RandomGenerator structure);
  }

  private static final List<Generator> FORMS = List.of(
      RowsMarket::dense,
      RowsMarket::khatriRao,
      RowsMarket::bias,
      RowsMarket::shared,
      RowsMarket::usedTwice,
      RowsMarket::selectedShared,
      RowsMarket::selected,
      RowsMarket::selectedTwice,
      RowsMarket::blocks);

  private RowsMarket() {}

  /** A form of any kind over 1 to 24 columns. */
  static Arbitrary<RowsForm> forms() {
    return Combinators.combine(
            Arbitraries.of(FORMS),
            Arbitraries.integers().between(1, 24),
            Arbitraries.longs().withoutEdgeCases())
        .as((form, size, seed) -> form.over(size, Draws.generator(seed)));
  }

  /** A form of any kind over this number of columns. */
  static RowsForm over(int size, RandomGenerator structure) {
    return FORMS.get(structure.nextInt(FORMS.size())).over(size, structure);
  }

  static RowsForm dense(int size, RandomGenerator structure) {
    int out = Draws.divisor(size, structure);
    return new RowsForm(
        "dense(" + size + ")",
        out,
        size / out,
        (n, k, numbers) -> new DenseRows(Draws.normal(n * k, size, numbers), n, k));
  }

  static RowsForm khatriRao(int size, RandomGenerator structure) {
    int out = Draws.divisor(size, structure);
    return khatriRao(out, size / out);
  }

  static RowsForm khatriRao(int out, int in) {
    return new RowsForm(
        "khatriRao(" + out + "," + in + ")",
        out,
        in,
        (n, k, numbers) ->
            new KhatriRaoRows(Draws.normal(n * k, out, numbers), Draws.normal(n, in, numbers)));
  }

  static RowsForm bias(int size, RandomGenerator structure) {
    return new RowsForm(
        "bias(" + size + ")",
        size,
        1,
        (n, k, numbers) -> KhatriRaoRows.bias(Draws.normal(n * k, size, numbers), n));
  }

  /** Elements of a weight of which they are a large or a small part. */
  static RowsForm selected(int size, RandomGenerator structure) {
    int out = 1 + structure.nextInt(size + 3);
    int in = (size + out - 1) / out + structure.nextInt(12);
    return selection(khatriRao(out, in), size, structure);
  }

  /** A weight at some positions of each example, more or fewer than there are columns. */
  static RowsForm shared(int size, RandomGenerator structure) {
    int out = Draws.divisor(size, structure);
    return shared(out, size / out, 1 + structure.nextInt(8));
  }

  static RowsForm shared(int out, int in, int positions) {
    RowsForm each = khatriRao(out, in);
    return new RowsForm(
        each + " at " + positions,
        out,
        in,
        (n, k, numbers) ->
            new SharedRows((FactoredRows) each.of(n * positions, k, numbers), positions));
  }

  static RowsForm usedTwice(int size, RandomGenerator structure) {
    RowsForm once = structure.nextBoolean()
        ? khatriRao(size, structure)
        : structure.nextBoolean() ? shared(size, structure) : selected(size, structure);
    return new RowsForm(
        once + " twice",
        once.out(),
        once.in(),
        (n, k, numbers) -> once.of(n, k, numbers).plus(once.of(n, k, numbers)));
  }

  static RowsForm selectedShared(int size, RandomGenerator structure) {
    int out = 1 + structure.nextInt(size + 3);
    int in = (size + out - 1) / out + structure.nextInt(12);
    return selection(shared(out, in, 1 + structure.nextInt(4)), size, structure);
  }

  static RowsForm selectedTwice(int size, RandomGenerator structure) {
    return selection(selected(size + structure.nextInt(8), structure), size, structure);
  }

  private static RowsForm selection(RowsForm from, int size, RandomGenerator structure) {
    int[] entries = Draws.subset(from.size(), size, structure);
    int out = Draws.divisor(size, structure);
    return new RowsForm(
        size + " of " + from,
        out,
        size / out,
        (n, k, numbers) -> from.of(n, k, numbers).select(entries));
  }

  /** These elements of a weight (out, in). */
  static RowsForm selection(int out, int in, int[] places) {
    return new RowsForm(
        places.length + " of (" + out + "," + in + ")",
        places.length,
        1,
        (n, k, numbers) -> khatriRao(out, in).of(n, k, numbers).select(places));
  }

  /** A weight (out, in) beside its bias. */
  static RowsForm weightAndBias(int out, int in) {
    return new RowsForm(
        "weight and bias(" + out + "," + in + ")", out * (in + 1), 1, (n, k, numbers) -> {
          Matrix delta = Draws.normal(n * k, out, numbers);
          Matrix a = Draws.normal(n, in, numbers);
          return new BlockRows(List.of(new KhatriRaoRows(delta, a), KhatriRaoRows.bias(delta, n)));
        });
  }

  static RowsForm blocks(int size, RandomGenerator structure) {
    var parts = new ArrayList<RowsForm>();
    for (int left = size; left > 0; left -= parts.get(parts.size() - 1).size()) {
      parts.add(over(1 + structure.nextInt(left), structure));
    }
    int out = Draws.divisor(size, structure);
    return new RowsForm(
        "blocks" + parts, out, size / out, (n, k, numbers) -> beside(parts, n, k, numbers));
  }

  static Rows beside(List<RowsForm> parts, int examples, int columns, RandomGenerator numbers) {
    return new BlockRows(
        parts.stream().map(part -> part.of(examples, columns, numbers)).toList());
  }

  /** The rows as the matrix that they are, which every form is measured against. */
  static DenseRows multipliedOut(Rows j) {
    Matrix dense = j.dense();
    return new DenseRows(dense, j.examples(), j.columns());
  }
}
