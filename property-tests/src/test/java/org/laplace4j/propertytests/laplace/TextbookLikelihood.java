package org.laplace4j.propertytests.laplace;

import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Bernoulli;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * p(y | f) of one example after the other, as textbooks have it: log-density, score, and Λ = −∂²
 * log p/∂f².
 */
record TextbookLikelihood(Likelihood likelihood, Targets y) {

  double logDensity(int n, double[] f) {
    if (likelihood instanceof Gaussian gaussian) {
      double[] variance = gaussian.variances(f.length);
      double sum = 0;
      for (int c = 0; c < f.length; c++) {
        double r = y.values().get(n, c) - f[c];
        sum -= (r * r / variance[c] + Math.log(2 * Math.PI * variance[c])) / 2;
      }
      return sum;
    }
    return Math.log(probabilities(likelihood, f)[y.label(n)]);
  }

  double[] score(int n, double[] f) {
    double[] score = new double[f.length];
    for (int c = 0; c < f.length; c++) {
      if (likelihood instanceof Gaussian gaussian) {
        score[c] = (y.values().get(n, c) - f[c]) / gaussian.variances(f.length)[c];
      } else if (likelihood instanceof Bernoulli) {
        score[c] = y.label(n) - probabilities(likelihood, f)[1];
      } else {
        score[c] = (y.label(n) == c ? 1 : 0) - probabilities(likelihood, f)[c];
      }
    }
    return score;
  }

  Matrix hessian(double[] f) {
    Matrix hessian = Matrix.zeros(f.length, f.length);
    for (int c = 0; c < f.length; c++) {
      for (int d = 0; d < f.length; d++) {
        hessian.array()[c * f.length + d] = hessian(f, c, d);
      }
    }
    return hessian;
  }

  private double hessian(double[] f, int c, int d) {
    double same = c == d ? 1 : 0;
    if (likelihood instanceof Gaussian gaussian) {
      return same / gaussian.variances(f.length)[c];
    }
    double[] p = probabilities(likelihood, f);
    return likelihood instanceof Categorical ? p[c] * (same - p[d]) : p[0] * p[1];
  }

  /** The probability of each class. */
  static double[] probabilities(Likelihood likelihood, double[] f) {
    double[] logits = likelihood instanceof Bernoulli ? new double[] {0, f[0]} : f;
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit);
    }
    double[] p = new double[logits.length];
    for (int c = 0; c < p.length; c++) {
      p[c] = Math.exp(logits[c]) / sum;
    }
    return p;
  }
}
