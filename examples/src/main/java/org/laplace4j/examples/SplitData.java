package org.laplace4j.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.laplace4j.nn.Dataset;

/**
 * A data set with splits that others fixed, from a folder of its name: {@code data.csv}, its first
 * line the names of the columns and its last column the target; and for every part of every split a
 * file {@code splits/index_PART_SPLIT.txt} with the rows of that part, one a line, counted from 0.
 *
 * @param name of the folder
 * @param csv the table
 * @param splits the rows of each part of each split
 */
record SplitData(String name, Csv csv, List<List<int[]>> splits) {

  /** Reads all of it; in every split each row must be in exactly one part. */
  static SplitData read(Path parent, String name, List<String> splits, List<String> parts)
      throws IOException {
    Path folder = parent.resolve(name);
    Csv csv = table(folder.resolve("data.csv"));
    List<List<int[]>> rows = new ArrayList<>();
    for (String split : splits) {
      List<int[]> each = new ArrayList<>();
      for (String part : parts) {
        each.add(rows(folder.resolve("splits").resolve("index_" + part + "_" + split + ".txt")));
      }
      checkPartition(folder, split, each, csv.rows().shape().dim(0));
      rows.add(each);
    }
    return new SplitData(name, csv, rows);
  }

  /** The parts of a split, taken from all examples. */
  List<Dataset> parts(int split, Dataset all) {
    return splits.get(split).stream().map(all::select).toList();
  }

  private static Csv table(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "there is no file " + file + "; give the folder that holds a folder for each data set.");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Csv.read(file.toString(), in);
    }
  }

  private static void checkPartition(Path folder, String split, List<int[]> parts, int examples)
      throws IOException {
    int[] all = parts.stream().flatMapToInt(Arrays::stream).sorted().toArray();
    if (!Arrays.equals(all, IntStream.range(0, examples).toArray())) {
      throw new IOException(folder + ", split " + split + ": its parts name " + all.length
          + " rows; they must be the " + examples + " rows of data.csv, 0 to " + (examples - 1)
          + ", each once.");
    }
  }

  private static int[] rows(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no file " + file + "; every part of a split has one.");
    }
    List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
    int[] rows = new int[lines.size()];
    for (int i = 0; i < rows.length; i++) {
      if (!lines.get(i).matches("\\d{1,9}")) {
        throw new IOException(
            file + ", line " + (i + 1) + ": '" + lines.get(i) + "' is not the number of a row.");
      }
      rows[i] = Integer.parseInt(lines.get(i));
    }
    return rows;
  }
}
