/**
 * What must hold whatever the data, and whether it holds against numbers that others computed.
 *
 * <p>{@link org.laplace4j.propertytests.ReferenceAgreement} holds the library, through its public
 * interface alone, against folders of golden numbers. The properties are among the tests.
 *
 * <p>Next: {@link org.laplace4j.propertytests.reference}.
 */
package org.laplace4j.propertytests;
