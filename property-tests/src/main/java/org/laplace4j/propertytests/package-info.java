/**
 * What must hold whatever the data, and whether it holds against numbers that others computed.
 *
 * <p>{@link org.laplace4j.propertytests.ReferenceAgreement} holds the library, through its public
 * interface alone, against folders of golden numbers. The properties are among the tests; those of
 * a posterior or a sampler are a kit for anyone's, {@link org.laplace4j.propertytests.invariants},
 * and {@link org.laplace4j.propertytests.grid} holds every combination of the library to it.
 *
 * <p>Next: {@link org.laplace4j.propertytests.reference}.
 */
package org.laplace4j.propertytests;
