package org.laplace4j.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;

/**
 * A table of numbers from a file of comma-separated values, its first line the names of the
 * columns. Strict: every line has a finite number for every column, or the file is refused.
 *
 * @param columns the names, D
 * @param rows the numbers, shape (N, D)
 */
record Csv(List<String> columns, Tensor rows) {

  /** Reads a file that is shipped beside this class, packed where its name ends in {@code .gz}. */
  static Csv resource(String name) {
    try (InputStream file = Csv.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalArgumentException(
            "Csv.resource: there is no '" + name + "' beside " + Csv.class.getName() + ".");
      }
      return read(name, name.endsWith(".gz") ? new GZIPInputStream(file) : file);
    } catch (IOException damaged) {
      throw new IllegalStateException("Csv.resource: '" + name + "' is damaged", damaged);
    }
  }

  static Csv read(String name, InputStream file) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII));
    String header = lines.readLine();
    if (header == null) {
      throw new IOException(name + " is empty; its first line must name the columns.");
    }
    List<String> columns = List.of(header.split(",", -1));
    List<double[]> rows = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      rows.add(numbers(name, rows.size() + 2, columns.size(), line));
    }
    double[] all = rows.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
    return new Csv(columns, Tensor.adopt(Shape.of(rows.size(), columns.size()), all));
  }

  private static double[] numbers(String name, int lineNumber, int count, String line)
      throws IOException {
    String[] fields = line.split(",", -1);
    if (fields.length != count) {
      throw new IOException(name + ", line " + lineNumber + ": " + count
          + " columns are named, there are " + fields.length + " fields.");
    }
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      if (!fields[i].matches("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?")) {
        throw new IOException(name + ", line " + lineNumber + ", field " + (i + 1) + ": '"
            + fields[i] + "' is not a number.");
      }
      numbers[i] = Double.parseDouble(fields[i]);
    }
    return numbers;
  }

  /** All columns but the last: what is known of each example, (N, D − 1). */
  Tensor inputs() {
    return rows.slice(1, 0, columns.size() - 1);
  }

  /** The last column: what is to be predicted, (N, 1). */
  Tensor target() {
    return rows.slice(1, columns.size() - 1, columns.size());
  }

  /** The last column as class labels, (N). */
  int[] labels() {
    double[] target = target().array();
    int[] labels = new int[target.length];
    for (int n = 0; n < labels.length; n++) {
      labels[n] = (int) target[n];
      if (labels[n] != target[n]) {
        throw new IllegalArgumentException("Csv.labels: the value of row " + n + " in column '"
            + columns.get(columns.size() - 1) + "' is " + target[n] + "; labels are integers.");
      }
    }
    return labels;
  }
}
