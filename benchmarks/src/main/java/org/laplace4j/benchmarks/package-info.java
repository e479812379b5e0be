/**
 * What the library costs, measured: JMH benchmarks of kernels with the alternatives as parameters,
 * and programs that time whole phases. The README of this module has the tables and how to repeat
 * them.
 */
package org.laplace4j.benchmarks;
