/**
 * Loops over {@code double[]}, unchecked: the only place that knows vectors and threads. For this
 * module alone; others go through {@link org.laplace4j.linalg.Arrays}.
 *
 * <p>Arrives: arrays, offsets, strides. Leaves: products of matrices, sums, elementwise functions.
 * {@code ScalarKernels} is the definition and runs anywhere; {@code SimdKernels} has its bits.
 *
 * <pre>
 *   C += op(A) op(B), each entry a chain of fused multiply-adds over blocks of 256 terms
 * </pre>
 *
 * <p>Next: {@code linalg}, which puts matrices on top.
 */
package org.laplace4j.linalg.kernel;
