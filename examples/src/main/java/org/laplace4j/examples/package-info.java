/**
 * What a user writes: short programs on real data, numbered in the order to read them.
 *
 * <p>{@code Quickstart} trains a network on handwritten digits and shows what its posterior adds.
 * {@code Example1Iris} is the least that makes sense, {@code Example2ErrorBars} regression,
 * {@code Example3SingleWeights} a posterior over three hundred single weights,
 * {@code Example4WhichWeights} a table of many choices of weights, {@code Example5LearntPrior} a
 * prior that is learnt while training, and {@code PublishedTables} repeats tables of papers. The
 * rest is what they stand on: {@code Csv}, {@code Digits} and {@code Concrete} read the data,
 * {@code Picture} and {@code Plot} draw, {@code ProgressBar} shows that something happens.
 *
 * <p>Next: {@link org.laplace4j.laplace.Laplace}, the algorithm.
 */
package org.laplace4j.examples;
