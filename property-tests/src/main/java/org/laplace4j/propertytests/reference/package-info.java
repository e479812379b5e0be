/**
 * Golden numbers, and the library held against them.
 *
 * <p>A {@link org.laplace4j.propertytests.reference.ReferenceCase} arrives as a folder: a network,
 * its data, and what the reference says about its posteriors. A
 * {@link org.laplace4j.propertytests.reference.Fitter} makes the same posteriors, and the
 * {@link org.laplace4j.propertytests.reference.QuantityTable} says for each number how the two are
 * compared and, where the reference means something else by a name, how one is converted into the
 * other. What leaves is a list of {@link org.laplace4j.propertytests.reference.Comparison}s.
 *
 * <p>There are two fitters: the library, and dense algebra in plain loops, which explains every
 * disagreement.
 */
package org.laplace4j.propertytests.reference;
