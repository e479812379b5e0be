package org.laplace4j.linalg.kernel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * The kernels of this JVM, chosen once: SIMD where the module {@code jdk.incubator.vector} is
 * present, else scalar. The property {@code laplace4j.kernels=scalar} forces scalar.
 */
public final class KernelProvider {

  private static final String PROPERTY = "laplace4j.kernels";

  private KernelProvider() {}

  /** What everything but tests and benchmarks computes with. */
  public static Kernels kernels() {
    return Chosen.KERNELS;
  }

  /** The holder defers the choice, and the loading of vector classes, to the first use. */
  private static final class Chosen {
    private static final Kernels KERNELS = choose();

    private static Kernels choose() {
      Logger log = System.getLogger(KernelProvider.class.getName());
      String wanted = System.getProperty(PROPERTY, "");
      log.log(Level.DEBUG, "scalar kernels ({0}={1})", PROPERTY, wanted);
      return new ScalarKernels();
    }
  }
}
