package org.laplace4j.propertytests.laplace;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.Linearization;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.laplace.curvature.CurvatureSource;
import org.laplace4j.laplace.curvature.EmpiricalFisher;
import org.laplace4j.laplace.curvature.MonteCarloFisher;
import org.laplace4j.laplace.curvature.OneOutput;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.MatrixSum;
import org.laplace4j.nn.Module;

/**
 * The Laplace approximation with nothing saved: the Jacobian of all parameters multiplied out, the
 * selected columns taken from it, dense matrices everywhere.
 *
 * <pre>
 *   H = Σₙ Jₙᵀ Mₙ Jₙ / T     M = Λ, or score scoreᵀ, or the mean of that over draws
 *   P = H + diag(δ)
 *   diagonal                  the diagonal of H
 *   block-diagonal            H within each parameter, zero between them
 *   Kronecker                 for each parameter B ⊗ A / N at the selected entries, B = Σₙ Dₙᵀ Mₙ Dₙ with D the
 *                             Jacobian in the layer's bias, A = Σₙ aₙ aₙᵀ; of a weight used R times, sums over all
 *                             uses, and N·R for N; H itself where a weight is used otherwise
 * </pre>
 */
final class DenseLaplace {
  private final Problem<?> problem;
  private final Weights at;
  private final int[] selected;
  private final double[] delta;
  private final double[] mu;
  private final TextbookLikelihood likelihood;
  private final Matrix h;

  DenseLaplace(Problem<?> problem) {
    this.problem = problem;
    this.at = Weights.of(problem.network().module());
    this.selected = selected(problem);
    this.delta = problem.prior().precisions(problem.space());
    this.mu = problem.prior().mean(problem.space());
    this.likelihood = new TextbookLikelihood(problem.likelihood(), problem.y());
    this.h = curvature().times(1 / problem.temperature());
  }

  /** The places of the selected elements among all. */
  private static int[] selected(Problem<?> problem) {
    return problem.whole().blocks().stream()
        .flatMapToInt(
            block -> IntStream.of(problem.mask().get(block.parameter()).indices())
                .map(i -> block.offset() + i))
        .toArray();
  }

  private Matrix curvature() {
    Matrix all = pulledBack(jacobian(problem.x()));
    return switch (problem.form()) {
      case FULL, FUNCTIONAL, LOW_RANK -> all.select(selected, selected);
      case DIAGONAL -> Matrix.diagonal(all.select(selected, selected).diagonal());
      case BLOCK_DIAGONAL -> withinParameters(all.select(selected, selected));
      case KRONECKER -> kronecker(all).select(selected, selected);
    };
  }

  /** Σₙ Dₙᵀ Mₙ Dₙ for a Jacobian D, (N·C, anything). */
  private Matrix pulledBack(Matrix d) {
    Tensor f = outputs(problem.x());
    int c = f.shape().dim(1);
    Matrix sum = Matrix.zeros(d.cols(), d.cols());
    for (int n = 0; n < problem.y().count(); n++) {
      double[] fn = Arrays.copyOfRange(f.array(), n * c, (n + 1) * c);
      Matrix dn = d.rows(n * c, (n + 1) * c);
      sum = sum.plus(dn.transpose().times(middle(n, fn)).times(dn));
    }
    return sum;
  }

  private Matrix middle(int n, double[] f) {
    if (problem.source() instanceof OneOutput one) {
      double[] own = new double[f.length];
      own[one.output()] = middle(one.source(), n, f).get(one.output(), one.output());
      return Matrix.diagonal(own);
    }
    return middle(problem.source(), n, f);
  }

  private Matrix middle(CurvatureSource source, int n, double[] f) {
    if (source instanceof EmpiricalFisher) {
      Matrix score = Matrix.of(f.length, 1, likelihood.score(n, f));
      return score.times(score.transpose());
    }
    if (source instanceof MonteCarloFisher fisher) {
      Tensor alone = Tensor.of(Shape.of(1, f.length), f);
      Tensor scores = fisher.columns(problem.likelihood(), alone, problem.y().select(n), n);
      Matrix s = scores.reshape(fisher.draws(), f.length).matrix();
      return s.transpose().times(s);
    }
    return likelihood.hessian(f);
  }

  private Matrix withinParameters(Matrix all) {
    MatrixSum sum = new MatrixSum(all.rows(), all.cols());
    for (ParameterSpace.Block block : problem.space().blocks()) {
      int[] own = range(block);
      sum.add(all.select(own, own), block.offset(), block.offset());
    }
    return sum.total();
  }

  /** One block a parameter, zero between them. */
  private Matrix kronecker(Matrix all) {
    Matrix jacobian = jacobian(problem.x()); // also a forward pass, so that the layers know x
    MatrixSum sum = new MatrixSum(all.rows(), all.cols());
    for (ParameterSpace.Block block : problem.whole().blocks()) {
      int[] own = range(block);
      Matrix part = problem
          .network()
          .layerOf(block.parameter())
          .map(layer -> factored(layer, jacobian))
          .or(() -> shared(block.parameter()))
          .orElseGet(() -> all.select(own, own));
      sum.add(part, block.offset(), block.offset());
    }
    return sum.total();
  }

  /**
   * The block of a parameter that is used in several layers, each of which is made one of its own.
   */
  private Optional<Matrix> shared(Parameter parameter) {
    if (!(problem.network().module() instanceof SharedWeight weight)
        || parameter != weight.w() && parameter != weight.b()) {
      return Optional.empty();
    }
    return weight.apart().map(apart -> {
      ParameterSpace space = ParameterSpace.of(apart.module());
      Matrix jacobian = jacobian(apart.module(), space, Weights.of(apart.module()), problem.x());
      Matrix b = factorB(apart.layers(), space, jacobian);
      return parameter == weight.b() ? b : product(b, apart.layers());
    });
  }

  private Matrix factored(WatchedLinear layer, Matrix jacobian) {
    return product(factorB(List.of(layer), problem.whole(), jacobian), List.of(layer));
  }

  private Matrix factorB(List<WatchedLinear> layers, ParameterSpace space, Matrix jacobian) {
    return layers.stream()
        .map(layer -> space.block(layer.bias()).orElseThrow())
        .map(bias -> pulledBack(jacobian.selectColumns(range(bias))))
        .reduce(Matrix::plus)
        .orElseThrow();
  }

  /** B ⊗ A over the number of inputs. */
  private Matrix product(Matrix b, List<WatchedLinear> layers) {
    Matrix a = layers.stream()
        .map(WatchedLinear::input)
        .map(input -> input.transpose().times(input))
        .reduce(Matrix::plus)
        .orElseThrow();
    int count = problem.y().count() * layers.size();
    int in = a.rows();
    int size = b.rows() * in;
    Matrix product = Matrix.zeros(size, size);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        product.array()[i * size + j] = b.get(i / in, j / in) * a.get(i % in, j % in) / count;
      }
    }
    return product;
  }

  private static int[] range(ParameterSpace.Block block) {
    return IntStream.range(block.offset(), block.end()).toArray();
  }

  /** ∂f/∂(all elements), (N·C, all). */
  private Matrix jacobian(Tensor x) {
    return jacobian(problem.network().module(), problem.whole(), at, x);
  }

  private static Matrix jacobian(Module module, ParameterSpace space, Weights at, Tensor x) {
    Tensor j = Linearization.of(module, space, at, x).jacobian();
    return j.reshape(j.size() / space.size(), space.size()).matrix();
  }

  /** f(θ*, x), (N, C). */
  Tensor outputs(Tensor x) {
    return problem.network().module().forward(at, x);
  }

  /**
   * How far P⁻¹ and what is made of it may be from the dense ones, relative to their largest entry:
   * P has condition numbers up to about 1e5, each of which costs some digits of 1e-16. A low-rank H
   * also leaves out eigenvalues below 1e-9 of the largest, which is at most the trace.
   */
  double rounding() {
    double leftOut = problem.form() == Form.LOW_RANK ? 1e-9 * h.trace() : 0;
    return 1e-9 + 10 * leftOut / Arrays.stream(delta).min().getAsDouble();
  }

  /** H/T. */
  Matrix h() {
    return h;
  }

  /** P = H/T + diag(δ). */
  Matrix precision() {
    return h.plusDiagonal(delta);
  }

  /** P⁻¹. */
  Matrix covariance() {
    return new Cholesky(precision()).inverse();
  }

  /** θ*. */
  double[] mean() {
    double[] all = problem.whole().gather(at);
    return IntStream.of(selected).mapToDouble(i -> all[i]).toArray();
  }

  double logDensity(double[] theta) {
    Matrix r = Matrix.of(theta.length, 1, theta).minus(Matrix.of(theta.length, 1, mean()));
    double square = r.transpose().times(precision()).times(r).get(0, 0);
    double logDet = new Cholesky(precision()).logDet();
    return (logDet - square - theta.length * Math.log(2 * Math.PI)) / 2;
  }

  /** log p(D | θ*)/T. */
  double logLikelihood() {
    Tensor f = outputs(problem.x());
    int c = f.shape().dim(1);
    double sum = 0;
    for (int n = 0; n < problem.y().count(); n++) {
      sum += likelihood.logDensity(n, Arrays.copyOfRange(f.array(), n * c, (n + 1) * c));
    }
    return sum / problem.temperature();
  }

  /** (θ* − μ)ᵀ P₀ (θ* − μ). */
  double priorQuadratic() {
    double[] mean = mean();
    return IntStream.range(0, mean.length)
        .mapToDouble(i -> delta[i] * (mean[i] - mu[i]) * (mean[i] - mu[i]))
        .sum();
  }

  /** log det P − log det P₀. */
  double logDetRatio() {
    return new Cholesky(precision()).logDet() - new Cholesky(Matrix.diagonal(delta)).logDet();
  }

  double logEvidence() {
    return logLikelihood() - (priorQuadratic() + logDetRatio()) / 2;
  }

  /** γ as the trace of H P⁻¹, which is another way to the same number. */
  double effectiveParameters() {
    return h.times(covariance()).trace();
  }

  /** J P⁻¹ Jᵀ between all outputs at all inputs, (N·C, N·C). */
  Matrix outputCovariance(Tensor x) {
    Matrix j = jacobian(x).selectColumns(selected);
    return j.times(covariance()).times(j.transpose());
  }
}
