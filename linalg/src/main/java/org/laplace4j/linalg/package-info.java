/**
 * Dense linear algebra in double precision, row-major: the floor that everything else stands on.
 *
 * <p>Arrives: arrays of numbers. Leaves: {@link org.laplace4j.linalg.Matrix matrices}, their
 * decompositions, and what is known of a matrix through its products alone (eigenpairs, solutions,
 * log-determinants).
 *
 * <pre>
 *   A = L Lᵀ      A = V diag(λ) Vᵀ      A v for a few v
 * </pre>
 *
 * <p>{@link org.laplace4j.linalg.Arrays} is the checked way to the kernels for those who hold plain
 * arrays. Results have the same bits on any number of threads.
 *
 * <p>Next: {@code linalg.rows}, where a Jacobian is a structured matrix, then
 * {@code linalg.operator}.
 */
package org.laplace4j.linalg;
