package org.laplace4j.linalg.rows;

import org.laplace4j.linalg.Matrix;

/**
 * The two factors of the Kronecker approximation of JᵀJ for the rows δₙₖ ⊗ aₙ of one weight W (out,
 * in), unnormalised:
 *
 * <pre>
 *   B = Σₙₖ δₙₖ δₙₖᵀ  (out, out)      A = Σₙ aₙ aₙᵀ  (in, in)      JᵀJ ≈ B ⊗ A / count
 * </pre>
 *
 * <p>They add over batches, which gives the factors of the union of the data.
 *
 * @param b the sum over pulled-back columns, (out, out)
 * @param a the sum over layer inputs, (in, in)
 * @param count the number of inputs a that were summed
 */
public record KroneckerFactors(Matrix b, Matrix a, long count) {

  /** The factors of both sets of rows together. */
  public KroneckerFactors plus(KroneckerFactors other) {
    return new KroneckerFactors(b.plus(other.b), a.plus(other.a), count + other.count);
  }

  /** The factors of c JᵀJ: c scales B alone. */
  public KroneckerFactors times(double c) {
    return new KroneckerFactors(b.times(c), a, count);
  }
}
