/**
 * Files that come from elsewhere, and go elsewhere: weights, data and descriptions of models.
 *
 * <p>What arrives is a path; what leaves is an immutable value, or one
 * {@link org.laplace4j.interop.MalformedFileException} that says where the file is wrong. A reader
 * never believes a length that the file states before it has compared it with the length that the
 * file has, so a forged header costs no more than its own bytes. Nothing here computes: values are
 * widened exactly, and that is all.
 *
 * <p>Next: {@link org.laplace4j.interop.SafeTensors}, then {@link org.laplace4j.interop.Json}.
 */
package org.laplace4j.interop;
