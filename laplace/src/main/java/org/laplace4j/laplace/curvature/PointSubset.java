package org.laplace4j.laplace.curvature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.laplace4j.linalg.rows.BlockRows;
import org.laplace4j.linalg.rows.Rows;

/**
 * M examples out of a stream of batches, every set of M as likely as any other: each example has a
 * random priority that depends on the key and its number in the data alone, and the M smallest
 * stay. Which are chosen does not depend on how the data are batched.
 */
final class PointSubset {
  private final int points;
  private final long key;
  private final TreeMap<Long, Rows> chosen = new TreeMap<>();
  private long seen;

  PointSubset(int points, long key) {
    this.points = points;
    this.key = key;
  }

  void offer(BlockRows batch) {
    for (int n = 0; n < batch.examples(); n++) {
      // The generator's first number is one to one in its seed, so no two priorities are the same.
      long priority = new SplittableRandom(key + seen++).nextLong();
      if (chosen.size() < points || priority < chosen.lastKey()) {
        chosen.put(priority, batch.examples(n, n + 1).compact());
        if (chosen.size() > points) {
          chosen.pollLastEntry();
        }
      }
    }
  }

  /** The rows of the chosen examples, in the order of their priorities. */
  Rows rows() {
    List<Rows> rows = new ArrayList<>();
    for (Map.Entry<Long, Rows> entry : chosen.entrySet()) {
      rows.add(entry.getValue());
    }
    return Rows.concat(rows);
  }
}
