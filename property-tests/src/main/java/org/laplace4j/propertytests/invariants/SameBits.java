package org.laplace4j.propertytests.invariants;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.laplace4j.linalg.Matrix;

/** What is asked of draws bit for bit. */
final class SameBits {
  private static final int DRAWS = 12;

  private final GaussianSubject subject;
  private final long seed;

  SameBits(GaussianSubject subject, long seed) {
    this.subject = subject;
    this.seed = seed;
  }

  /** Arrays.equals compares bits: NaN equals itself, 0 is not −0. */
  private static boolean same(double[] one, double[] other) {
    return Arrays.equals(one, other);
  }

  Finding frozenEntries() {
    if (subject.frozenEntries().isEmpty()) {
      return Finding.notGiven(Invariants.FROZEN, "frozen entries");
    }
    FrozenEntries all = subject.frozenEntries().get();
    for (int s = 0; s < DRAWS; s++) {
      double[] expected = all.values();
      double[] active = subject.draw(seed, s);
      if (active.length != all.active().length) {
        return Finding.of(
            Invariants.FROZEN,
            false,
            all.active().length + " entries are said to be random, draw " + s + " has "
                + active.length);
      }
      for (int i = 0; i < active.length; i++) {
        expected[all.active()[i]] = active[i];
      }
      double[] drawn = all.draws().draw(seed, s);
      int off = Arrays.mismatch(drawn, expected);
      if (off >= 0) {
        return Finding.of(
            Invariants.FROZEN,
            false,
            "entry " + off + " of draw " + s + " is "
                + (off < drawn.length ? drawn[off] : "missing") + ", not "
                + (off < expected.length ? expected[off] : "there") + " (" + all + ")");
      }
    }
    return Finding.of(Invariants.FROZEN, true, all + " in " + DRAWS + " draws");
  }

  Finding seeds() {
    for (int s = DRAWS - 1; s >= 0; s--) {
      if (!same(subject.draw(seed, s), subject.draw(seed, s))) {
        return Finding.of(Invariants.SEED, false, "draw " + s + " differs from itself");
      }
    }
    for (int s = 0; s < DRAWS; s++) {
      if (same(subject.draw(seed, s), subject.draw(seed + 1, s))) {
        return Finding.of(Invariants.SEED, false, "two seeds give the same draw " + s);
      }
      for (int t = 0; t < s; t++) {
        if (same(subject.draw(seed, s), subject.draw(seed, t))) {
          return Finding.of(Invariants.SEED, false, "draws " + t + " and " + s + " are the same");
        }
      }
    }
    return Finding.of(Invariants.SEED, true, DRAWS + " draws of two seeds");
  }

  Finding batches() {
    if (subject.batches().isEmpty()) {
      return Finding.notGiven(Invariants.BATCH, "draws in batches");
    }
    Batches batches = subject.batches().get();
    for (int count : new int[] {DRAWS, 1, 2, DRAWS - 1}) {
      Matrix drawn = batches.draws(seed, count);
      Optional<Integer> off = IntStream.range(0, count)
          .boxed()
          .filter(s -> !same(drawn.row(s), subject.draw(seed, s)))
          .findFirst();
      if (off.isPresent()) {
        return Finding.of(
            Invariants.BATCH, false, "draw " + off.get() + " of " + count + " is another alone");
      }
    }
    return Finding.of(Invariants.BATCH, true, "1 to " + DRAWS + " at once");
  }

  Finding threads() {
    List<double[]> alone =
        IntStream.range(0, DRAWS).mapToObj(s -> subject.draw(seed, s)).toList();
    String off = IntStream.range(0, 4 * DRAWS)
        .parallel()
        .map(i -> DRAWS - 1 - i % DRAWS)
        .filter(s -> !same(subject.draw(seed, s), alone.get(s)))
        .mapToObj(String::valueOf)
        .distinct()
        .collect(Collectors.joining(", "));
    return Finding.of(
        Invariants.THREADS,
        off.isEmpty(),
        off.isEmpty() ? 4 * DRAWS + " draws in parallel" : "other draws in parallel: " + off);
  }
}
