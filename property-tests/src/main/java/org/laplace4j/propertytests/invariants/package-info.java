/**
 * The invariant kit: what every Gaussian posterior and every sampler owes, as checks that anyone
 * can point at theirs. It needs no test framework, and nothing of this library but its matrices,
 * except that a {@link org.laplace4j.propertytests.invariants.LaplaceSubject} makes a subject of
 * its posteriors.
 *
 * <p>What arrives: a {@link org.laplace4j.propertytests.invariants.GaussianSubject}, which says its
 * mean, its draws, and whatever else it can. What leaves: a
 * {@link org.laplace4j.propertytests.invariants.Finding} for each invariant: passed, failed, or not
 * given what it needs.
 *
 * <pre>{@code
 * Invariants.of(subject).requireAll();                                       // one posterior
 * Symmetries.of(subject, rebuilt).under("a permutation", units.permuted(2, 0, 1)).requireAll();  // the same network otherwise
 * PriorLimits.of(underPrecision).requireAll();                               // from no prior to nothing else
 * MoreData.of(ofTheFirst, 1, 10).requireAll();                               // data never take away
 * }</pre>
 *
 * <p>Exact wherever there is something exact to ask, to rounding; where there are only draws, by
 * tests whose false alarms are stated,
 * {@link org.laplace4j.propertytests.invariants.Invariants#FALSE_ALARM}. A run is a function of its
 * seed.
 */
package org.laplace4j.propertytests.invariants;
