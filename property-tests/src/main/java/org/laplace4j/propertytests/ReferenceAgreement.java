package org.laplace4j.propertytests;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.laplace4j.propertytests.reference.Agreement;
import org.laplace4j.propertytests.reference.Comparison;
import org.laplace4j.propertytests.reference.Comparison.Verdict;
import org.laplace4j.propertytests.reference.ReferenceCase;

/**
 * Holds the library against golden numbers: {@code ReferenceAgreement FOLDER...}, where a folder is
 * a case, or holds cases.
 *
 * <p>Prints one line a quantity: case, variant, quantity, worst relative error, tolerance, verdict.
 * The exit status is 0 if nothing failed, 1 if something did, and 2 if the folders cannot be read.
 */
public final class ReferenceAgreement {
  private ReferenceAgreement() {}

  /** Compares every case in the folders. */
  public static void main(String[] folders) {
    System.exit(run(folders, new Agreement(new LaplaceFitter()), System.out, System.err));
  }

  static int run(String[] folders, Agreement agreement, PrintStream out, PrintStream err) {
    if (folders.length == 0) {
      err.println("usage: agreement FOLDER...   (each a case, or a folder of cases)");
      return 2;
    }
    var count = new EnumMap<Verdict, Integer>(Verdict.class);
    try {
      for (Path folder : cases(folders)) {
        for (Comparison line : agreement.of(ReferenceCase.read(folder))) {
          out.println(line);
          count.merge(line.verdict(), 1, Integer::sum);
        }
      }
    } catch (NoSuchFileException e) {
      err.println("cannot compare: there is no " + e.getMessage());
      return 2;
    } catch (IOException | IllegalArgumentException e) {
      err.println("cannot compare: " + e.getMessage());
      return 2;
    }
    out.println(summary(count));
    return count.containsKey(Verdict.FAIL) ? 1 : 0;
  }

  private static List<Path> cases(String[] folders) throws IOException {
    var cases = new ArrayList<Path>();
    for (String name : folders) {
      Path folder = Path.of(name);
      if (isCase(folder)) {
        cases.add(folder);
        continue;
      }
      int before = cases.size();
      try (Stream<Path> inside = Files.list(folder)) {
        inside.filter(ReferenceAgreement::isCase).sorted().forEach(cases::add);
      }
      if (cases.size() == before) {
        throw new IOException(
            folder + " is no case and holds none: a " + ReferenceCase.DESCRIPTION + " is required");
      }
    }
    return cases;
  }

  private static boolean isCase(Path folder) {
    return Files.exists(folder.resolve(ReferenceCase.DESCRIPTION));
  }

  private static String summary(Map<Verdict, Integer> count) {
    var words = new ArrayList<String>();
    for (Verdict verdict : Verdict.values()) {
      words.add(count.getOrDefault(verdict, 0) + " " + verdict);
    }
    return String.join(", ", words);
  }
}
