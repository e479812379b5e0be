package org.laplace4j.laplace.curvature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
      long priority = mix(key + seen++ * 0x9E3779B97F4A7C15L);
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

  /**
   * The finaliser of SplitMix64 (Steele, Lea and Flood 2014): different numbers go to different
   * ones.
   */
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
