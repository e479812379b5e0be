package org.laplace4j.linalg.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Two operators over the same Θ elements, cut where both are independent of what follows: P =
 * diag(P₁, P₂, …) and Q = diag(Q₁, Q₂, …) with the same sizes, as many as there can be.
 *
 * <p>A diagonal can be cut anywhere, and is where the other one is; blocks inside blocks count as
 * blocks. Blocks whose elements do not follow each other are pairs where the other operator has the
 * same ones.
 */
final class OperatorPairs {

  /** P_b and Q_b. */
  record Pair(SpdOperator p, SpdOperator q) {}

  /** An operator that has no blocks one after the other, and the element at which it begins. */
  private record Leaf(SpdOperator operator, int from) {
    int to() {
      return from + operator.size();
    }

    boolean canBeCut() {
      return operator instanceof DiagonalSpd;
    }

    /** The part of it from one element to another. */
    SpdOperator part(int start, int end) {
      if (from >= start && to() <= end) {
        return operator;
      }
      double[] d = operator.diagonal();
      return DiagonalSpd.of(
          Arrays.copyOfRange(d, Math.max(start, from) - from, Math.min(end, to()) - from));
    }
  }

  private OperatorPairs() {}

  static List<Pair> of(String where, SpdOperator p, SpdOperator q) {
    if (p.size() != q.size()) {
      throw new IllegalArgumentException(String.format(
          "%s: operators over %,d and over %,d elements were given; give two over the same.",
          where, p.size(), q.size()));
    }
    if (p instanceof BlockDiagonalSpd ofP
        && q instanceof BlockDiagonalSpd ofQ
        && ofP.hasPlacesOf(ofQ)) {
      return IntStream.range(0, ofP.blocks().size())
          .mapToObj(b -> of(where, ofP.blocks().get(b), ofQ.blocks().get(b)))
          .flatMap(List::stream)
          .toList();
    }
    return cutAtCommonStarts(p, q);
  }

  private static List<Pair> cutAtCommonStarts(SpdOperator p, SpdOperator q) {
    List<Leaf> leavesOfP = leaves(p);
    List<Leaf> leavesOfQ = leaves(q);
    SortedSet<Integer> cuts = new TreeSet<>();
    addStarts(leavesOfP, leavesOfQ, cuts);
    addStarts(leavesOfQ, leavesOfP, cuts);
    List<Pair> pairs = new ArrayList<>();
    int end = p.size();
    for (int start : cuts.stream().sorted((i, j) -> j - i).toList()) {
      pairs.add(0, new Pair(between(leavesOfP, start, end), between(leavesOfQ, start, end)));
      end = start;
    }
    return pairs;
  }

  private static List<Leaf> leaves(SpdOperator operator) {
    List<Leaf> leaves = new ArrayList<>();
    addLeaves(operator, 0, leaves);
    return leaves;
  }

  private static void addLeaves(SpdOperator operator, int at, List<Leaf> into) {
    if (!(operator instanceof BlockDiagonalSpd blocks && blocks.isConsecutive())) {
      into.add(new Leaf(operator, at));
      return;
    }
    int next = at;
    for (SpdOperator block : blocks.blocks()) {
      addLeaves(block, next, into);
      next += block.size();
    }
  }

  /** The starts of some leaves at which the others begin, or can be cut, too. */
  private static void addStarts(List<Leaf> leaves, List<Leaf> others, SortedSet<Integer> cuts) {
    int other = 0;
    for (Leaf leaf : leaves) {
      while (others.get(other).to() <= leaf.from()) {
        other++;
      }
      if (others.get(other).from() == leaf.from() || others.get(other).canBeCut()) {
        cuts.add(leaf.from());
      }
    }
  }

  private static SpdOperator between(List<Leaf> leaves, int start, int end) {
    List<SpdOperator> parts = leaves.stream()
        .filter(leaf -> leaf.from() < end && leaf.to() > start)
        .map(leaf -> leaf.part(start, end))
        .toList();
    return parts.size() == 1 ? parts.get(0) : BlockDiagonalSpd.of(parts);
  }
}
