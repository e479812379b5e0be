package org.laplace4j.propertytests.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network of dense layers in plain loops, one example at a time: slow, obvious, and the library's
 * in no line.
 *
 * <pre>
 *   z = W a + b                 linear, followed by tanh or relu
 *   G = ∂f/∂z, shape (C, out)   so  ∂f_c/∂W_oi = G_co aᵢ  and  ∂f_c/∂b_o = G_co
 * </pre>
 */
final class DenseNetwork {
  private static final Set<String> KNOWN = Set.of("linear", "tanh", "relu");

  private final List<Layer> layers;
  private final Map<String, double[]> parameters = new HashMap<>();

  DenseNetwork(ReferenceCase of) {
    this.layers = of.layers();
    of.parameters().keySet().forEach(name -> parameters.put(name, of.parameter(name)));
  }

  /** The first layer type that is not known here, if there is one. */
  static Optional<String> unknownLayer(ReferenceCase of) {
    return of.layers().stream()
        .map(Layer::type)
        .filter(type -> !KNOWN.contains(type))
        .findFirst();
  }

  /** What one linear layer does to one example: {@code a} goes in, {@code g} comes back. */
  record Trace(String layer, double[] a, double[] g) {}

  /** One example: its outputs (C), and the trace of every linear layer, first layer first. */
  record Example(double[] outputs, List<Trace> traces) {
    /** ∂f/∂θ for one parameter, shape (C, elements). */
    double[] jacobian(String parameter) {
      for (Trace trace : traces) {
        if (parameter.equals(trace.layer + ".bias")) {
          return trace.g;
        }
        if (parameter.equals(trace.layer + ".weight")) {
          return outer(trace.g, trace.a);
        }
      }
      throw new IllegalArgumentException("no linear layer has a parameter '" + parameter + "'");
    }
  }

  Example example(double[] x) {
    var activations = new ArrayList<double[]>();
    double[] a = x;
    for (int k = 0; k < layers.size(); k++) {
      activations.add(a);
      a = forward(k, a);
    }
    int c = a.length;
    double[] g = new double[c * c];
    for (int i = 0; i < c; i++) {
      g[i * c + i] = 1;
    }
    var traces = new ArrayList<Trace>();
    for (int k = layers.size() - 1; k >= 0; k--) {
      if (layers.get(k).type().equals("linear")) {
        traces.add(0, new Trace(Integer.toString(k), activations.get(k), g));
      }
      g = backward(k, activations.get(k), g, c);
    }
    return new Example(a, traces);
  }

  private double[] forward(int k, double[] a) {
    Layer layer = layers.get(k);
    if (!layer.type().equals("linear")) {
      var y = new double[a.length];
      for (int i = 0; i < y.length; i++) {
        y[i] = layer.type().equals("tanh") ? Math.tanh(a[i]) : Math.max(0, a[i]);
      }
      return y;
    }
    double[] w = parameters.get(k + ".weight");
    double[] z = parameters.get(k + ".bias").clone();
    for (int o = 0; o < z.length; o++) {
      for (int i = 0; i < a.length; i++) {
        z[o] += w[o * a.length + i] * a[i];
      }
    }
    return z;
  }

  private double[] backward(int k, double[] a, double[] g, int c) {
    Layer layer = layers.get(k);
    int out = g.length / c;
    var down = new double[c * a.length];
    if (layer.type().equals("linear")) {
      double[] w = parameters.get(k + ".weight");
      for (int r = 0; r < c; r++) {
        for (int o = 0; o < out; o++) {
          for (int i = 0; i < a.length; i++) {
            down[r * a.length + i] += g[r * out + o] * w[o * a.length + i];
          }
        }
      }
      return down;
    }
    for (int r = 0; r < c; r++) {
      for (int i = 0; i < a.length; i++) {
        double slope =
            layer.type().equals("tanh") ? 1 - Math.pow(Math.tanh(a[i]), 2) : a[i] > 0 ? 1 : 0;
        down[r * out + i] = g[r * out + i] * slope;
      }
    }
    return down;
  }

  /** Row c is row c of g, times a on the right: gᵀ ⊗ a, flattened. */
  private static double[] outer(double[] g, double[] a) {
    var outer = new double[g.length * a.length];
    for (int r = 0; r < g.length; r++) {
      for (int i = 0; i < a.length; i++) {
        outer[r * a.length + i] = g[r] * a[i];
      }
    }
    return outer;
  }
}
