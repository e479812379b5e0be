/**
 * Split-conformal prediction: intervals and sets that hold what they promise whether or not the
 * posterior is right.
 *
 * <p>What arrives: predictions and what came out at n calibration inputs, that were used neither to
 * train nor to tune; and a level. What leaves: a rule that turns predictions at new inputs into
 * intervals ({@link org.laplace4j.laplace.conformal.ConformalRegression}) or sets of classes
 * ({@link org.laplace4j.laplace.conformal.ConformalClassification}).
 *
 * <pre>
 *   s₁ … sₙ     how badly each calibration input was predicted
 *   q           the ⌈(n + 1) level⌉-th smallest of them
 *   new input   all targets with a score of at most q
 * </pre>
 *
 * <p>If the new input and the n are exchangeable, its target is covered with a probability of at
 * least the level, and of at most 1/(n + 1) more where no two scores are equal (Vovk, Gammerman and
 * Shafer 2005). The probability is over the calibration inputs too: it is not a promise for each
 * input. How wide the intervals are, and whether they are wide in the right places, is the
 * posterior's merit.
 */
package org.laplace4j.laplace.conformal;
