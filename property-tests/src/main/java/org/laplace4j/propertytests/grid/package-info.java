/**
 * Every structure under every kind of subset, prior and likelihood, on small networks: each cell is
 * a posterior that passes the invariant kit against dense matrices, or is refused.
 *
 * <p>{@link org.laplace4j.propertytests.grid.StructureGrid} prints the table that docs/matrix.md
 * keeps.
 */
package org.laplace4j.propertytests.grid;
