package org.laplace4j.linalg.kernel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * The kernels of this JVM, chosen once: SIMD where the module {@code jdk.incubator.vector} is
 * present, else scalar. The property {@code laplace4j.kernels=scalar} forces scalar.
 */
public final class KernelProvider {

  private static final String PROPERTY = "laplace4j.kernels";
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private KernelProvider() {}

  /** What everything but tests and benchmarks computes with. */
  public static Kernels kernels() {
    return Chosen.KERNELS;
  }

  /** The kernels of a name, {@code "scalar"} or {@code "simd"}: to compare them. */
  public static Kernels named(String name) {
    switch (name) {
      case "scalar":
        return new ScalarKernels();
      case "simd":
        return simd();
      default:
        throw new IllegalArgumentException(
            "KernelProvider: kernels must be scalar or simd, but came " + name
                + "; name one of them.");
    }
  }

  /** The holder defers the choice, and the loading of vector classes, to the first use. */
  private static final class Chosen {
    private static final Kernels KERNELS = choose();

    private static Kernels choose() {
      Logger log = System.getLogger(KernelProvider.class.getName());
      if (System.getProperty(PROPERTY, "").equals("scalar")) {
        log.log(Level.DEBUG, "scalar kernels, because {0}=scalar", PROPERTY);
        return new ScalarKernels();
      }
      if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
        log.log(
            Level.INFO,
            "scalar kernels, because the module {0} is missing; run java with --add-modules={0}"
                + " to be several times faster",
            VECTOR_MODULE);
        return new ScalarKernels();
      }
      Kernels simd = simd();
      log.log(
          Level.DEBUG,
          "{0} kernels, because the module {1} is present",
          simd.name(),
          VECTOR_MODULE);
      return simd;
    }
  }

  /** Apart, so that vector classes are loaded only when it is called. */
  private static Kernels simd() {
    return new SimdKernels(WorkerPool.shared());
  }
}
