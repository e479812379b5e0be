package org.laplace4j.propertytests.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Σₙ Jₙᵀ Λₙ Jₙ in plain loops, for unit noise and without temperature, as each structure keeps it.
 *
 * <pre>
 *   Λ = 1 for a regression, diag(p) − p pᵀ for classes; the empirical Fisher has r rᵀ, r = f − y or p − e_y
 *   Kronecker, a parameter tensor at a time:  B = Σₙ Gₙᵀ Λₙ Gₙ,  A = Σₙ aₙ aₙᵀ / N
 * </pre>
 *
 * @param dense shape (Θ, Θ), whatever the structure
 * @param factors of a Kronecker structure; else none
 * @param loss the sum over the data of half the squared error, or of the cross entropy
 */
record DenseCurvature(double[] dense, List<Fitted.Factors> factors, double loss) {

  static DenseCurvature of(ReferenceCase of, ReferenceVariant variant) {
    int[] indices = variant.indices(of);
    var dense = new double[indices.length * indices.length];
    var b = new ArrayList<double[]>();
    var a = new ArrayList<double[]>();
    double loss = 0;
    var network = new DenseNetwork(of);
    Inputs x = of.x();
    for (int n = 0; n < x.count(); n++) {
      DenseNetwork.Example example = network.example(x.examples(n, n + 1).values());
      double[] residual = residual(of, n, example.outputs());
      double[] lambda =
          variant.isEmpiricalFisher() ? outer(residual) : lambda(of, example.outputs());
      loss += loss(of, n, example.outputs(), residual);
      if (variant.structure().equals("kron")) {
        addFactors(of, variant, example, lambda, b, a);
      } else {
        addGram(jacobian(of, indices, example), lambda, residual.length, dense);
      }
    }
    var factors = new ArrayList<Fitted.Factors>();
    int at = 0;
    for (int k = 0; k < b.size(); k++) {
      double[] mean = Arrays.stream(a.get(k)).map(sum -> sum / x.count()).toArray();
      factors.add(new Fitted.Factors(b.get(k), mean));
      at = placeKronecker(b.get(k), mean, dense, indices.length, at);
    }
    if (variant.structure().equals("diag")) {
      dense = diagonalOf(dense, indices.length);
    }
    return new DenseCurvature(dense, factors, loss);
  }

  /** J of one example over the chosen elements, shape (C, Θ). */
  static double[] jacobian(ReferenceCase of, int[] indices, DenseNetwork.Example example) {
    int c = example.outputs().length;
    var jacobian = new double[c * indices.length];
    int column = 0;
    int from = 0;
    for (String parameter : of.parameters().keySet()) {
      int size = of.parameterSize(parameter);
      int first = column;
      while (column < indices.length && indices[column] < from + size) {
        column++;
      }
      double[] block = first == column ? new double[0] : example.jacobian(parameter);
      for (int r = 0; r < c; r++) {
        for (int i = first; i < column; i++) {
          jacobian[r * indices.length + i] = block[r * size + indices[i] - from];
        }
      }
      from += size;
    }
    return jacobian;
  }

  static double[] softmax(double[] f) {
    double max = Arrays.stream(f).max().orElseThrow();
    double[] e = Arrays.stream(f).map(x -> Math.exp(x - max)).toArray();
    double sum = Arrays.stream(e).sum();
    return Arrays.stream(e).map(x -> x / sum).toArray();
  }

  private static double[] residual(ReferenceCase of, int n, double[] f) {
    double[] residual = of.isClassification() ? softmax(f) : f.clone();
    if (of.isClassification()) {
      residual[of.indices("y")[n]] -= 1;
      return residual;
    }
    double[] y = of.tensors().doubles("y");
    for (int c = 0; c < f.length; c++) {
      residual[c] -= y[n * f.length + c];
    }
    return residual;
  }

  private static double loss(ReferenceCase of, int n, double[] f, double[] residual) {
    if (of.isClassification()) {
      return -Math.log(softmax(f)[of.indices("y")[n]]);
    }
    return 0.5 * Arrays.stream(residual).map(r -> r * r).sum();
  }

  private static double[] lambda(ReferenceCase of, double[] f) {
    double[] p = of.isClassification() ? softmax(f) : new double[f.length];
    double[] lambda = Arrays.stream(outer(p)).map(x -> -x).toArray();
    for (int c = 0; c < f.length; c++) {
      lambda[c * f.length + c] += of.isClassification() ? p[c] : 1;
    }
    return lambda;
  }

  private static void addFactors(
      ReferenceCase of,
      ReferenceVariant variant,
      DenseNetwork.Example example,
      double[] lambda,
      List<double[]> b,
      List<double[]> a) {
    Map<String, DenseNetwork.Trace> traces = new HashMap<>();
    example.traces().forEach(trace -> traces.put(trace.layer(), trace));
    int k = 0;
    for (String parameter : variant.parameters(of)) {
      DenseNetwork.Trace trace = traces.get(parameter.substring(0, parameter.lastIndexOf('.')));
      int c = example.outputs().length;
      int out = trace.g().length / c;
      boolean bias = parameter.endsWith(".bias");
      if (b.size() == k) {
        b.add(new double[out * out]);
        a.add(new double[bias ? 0 : trace.a().length * trace.a().length]);
      }
      addGram(trace.g(), lambda, c, b.get(k));
      if (!bias) {
        addGram(trace.a(), new double[] {1}, 1, a.get(k));
      }
      k++;
    }
  }

  /** Adds Jᵀ Λ J, for J of c rows. */
  private static void addGram(double[] j, double[] lambda, int c, double[] sum) {
    int n = j.length / c;
    for (int p = 0; p < c; p++) {
      for (int q = 0; q < c; q++) {
        for (int r = 0; r < n; r++) {
          double left = lambda[p * c + q] * j[p * n + r];
          for (int s = 0; left != 0 && s < n; s++) {
            sum[r * n + s] += left * j[q * n + s];
          }
        }
      }
    }
  }

  /** Writes B ⊗ A, or B alone, on the diagonal from an index on; the next index comes back. */
  private static int placeKronecker(double[] b, double[] a, double[] dense, int n, int at) {
    double[] right = a.length == 0 ? new double[] {1} : a;
    int outs = (int) Math.round(Math.sqrt(b.length));
    int ins = (int) Math.round(Math.sqrt(right.length));
    for (int r = 0; r < outs * ins; r++) {
      for (int s = 0; s < outs * ins; s++) {
        dense[(at + r) * n + at + s] = b[r / ins * outs + s / ins] * right[r % ins * ins + s % ins];
      }
    }
    return at + outs * ins;
  }

  private static double[] diagonalOf(double[] dense, int n) {
    var diagonal = new double[dense.length];
    for (int i = 0; i < n; i++) {
      diagonal[i * n + i] = dense[i * n + i];
    }
    return diagonal;
  }

  private static double[] outer(double[] x) {
    var outer = new double[x.length * x.length];
    for (int i = 0; i < outer.length; i++) {
      outer[i] = x[i / x.length] * x[i % x.length];
    }
    return outer;
  }
}
