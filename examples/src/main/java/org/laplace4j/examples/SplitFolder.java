package org.laplace4j.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A data set with splits that others fixed, in a folder of its name: {@code data.csv}, its first
 * line the names of the columns and its last column the target; and for every part of every split a
 * file {@code splits/index_PART_SPLIT.txt} with the rows of that part, one a line, counted from 0.
 */
record SplitFolder(String name, Path folder, Csv csv) {

  /** Reads the table; the splits are read when they are asked for. */
  static SplitFolder read(Path parent, String name) throws IOException {
    Path folder = parent.resolve(name);
    Path table = folder.resolve("data.csv");
    if (!Files.isRegularFile(table)) {
      throw new IOException(
          "there is no file " + table + "; give the folder that holds a folder for each data set.");
    }
    try (InputStream file = Files.newInputStream(table)) {
      return new SplitFolder(name, folder, Csv.read(table.toString(), file));
    }
  }

  /** The rows of each part of a split; every row must be in exactly one part. */
  List<int[]> split(String split, List<String> parts) throws IOException {
    List<int[]> rows = new java.util.ArrayList<>();
    for (String part : parts) {
      rows.add(rows(folder.resolve("splits").resolve("index_" + part + "_" + split + ".txt")));
    }
    int[] all = rows.stream().flatMapToInt(Arrays::stream).sorted().toArray();
    if (!Arrays.equals(all, IntStream.range(0, examples()).toArray())) {
      throw new IOException("split " + split + " in " + folder + ": the parts " + parts + " have "
          + all.length + " rows that are not each of 0 to " + (examples() - 1)
          + " once, as the " + examples() + " rows of data.csv need.");
    }
    return rows;
  }

  private int examples() {
    return csv.rows().shape().dim(0);
  }

  private static int[] rows(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no file " + file + "; each part of a split has one.");
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
