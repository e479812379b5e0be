package org.laplace4j.propertytests.grid;

import java.util.function.Function;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.Linearization;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.SymmetricEigen;
import org.laplace4j.linalg.rows.MatrixSum;

/**
 * The curvature of a cell from the Jacobian of all trainable weights multiplied out.
 *
 * <pre>
 *   G = Σₙ Jₙᵀ Λₙ Jₙ over all trainable weights; of it, at the selected ones:
 *   full, functional   G
 *   diagonal           the diagonal of G
 *   block-diagonal     G between elements of the same parameter
 *   low rank           Σ_i≤k λᵢ uᵢ uᵢᵀ, the leading eigenpairs of the selected G
 *   Kronecker          B ⊗ A / N for each parameter, A = Σₙ aₙ aₙᵀ, B = Σₙ Dₙᵀ Λₙ Dₙ, where Jₙ = Dₙ ⊗ aₙᵀ
 *   EKFAC              V diag(Vᵀ G V) Vᵀ for each parameter over the rows × columns that it touches, V = U_B ⊗ U_A
 * </pre>
 */
final class DenseOracle {
  private final SmallNetwork network;
  private final Observed observed;
  private final Tensor x;
  private final ParameterSpace whole;
  private final ParameterSpace space;

  DenseOracle(SmallNetwork network, Observed observed, ParameterSpace space) {
    this.network = network;
    this.observed = observed;
    this.x = observed.inputs();
    this.whole = ParameterSpace.of(network.model());
    this.space = space;
  }

  /** ∂f/∂(all trainable weights), (N·C, all). */
  private Matrix jacobianOfAll(Tensor at) {
    Tensor j = Linearization.of(network.model(), whole, Weights.of(network.model()), at)
        .jacobian();
    return j.reshape(j.size() / whole.size(), whole.size()).matrix();
  }

  /** ∂f/∂θ, (N·C, Θ). */
  Matrix jacobian(Tensor at) {
    return jacobianOfAll(at).selectColumns(selected());
  }

  /** The places of the selected weights among all. */
  private int[] selected() {
    return space.blocks().stream().flatMapToInt(this::places).toArray();
  }

  private IntStream places(ParameterSpace.Block block) {
    int offset = whole.block(block.parameter()).orElseThrow().offset();
    return IntStream.of(block.mask().indices()).map(i -> offset + i);
  }

  private double[] outputs(int n) {
    Tensor f = network.model().forward(Weights.of(network.model()), x);
    int c = observed.outputs();
    return java.util.Arrays.copyOfRange(f.array(), n * c, (n + 1) * c);
  }

  /** log p(D | θ*). */
  double logLikelihood() {
    return IntStream.range(0, x.shape().dim(0))
        .mapToDouble(n -> observed.logDensity(n, outputs(n)))
        .sum();
  }

  /** Σₙ Dₙᵀ Λₙ Dₙ for D (N·C, anything). */
  private Matrix pulledBack(Matrix d) {
    int c = observed.outputs();
    Matrix sum = Matrix.zeros(d.cols(), d.cols());
    for (int n = 0; n < x.shape().dim(0); n++) {
      Matrix dn = d.rows(n * c, (n + 1) * c);
      sum = sum.plus(dn.transposeTimes(observed.hessian(outputs(n)).times(dn)));
    }
    return sum;
  }

  /** H, (Θ, Θ). */
  Matrix curvature(Kept kept) {
    Matrix full = pulledBack(jacobian(x));
    return switch (kept) {
      case FULL, FUNCTIONAL -> full;
      case DIAGONAL -> Matrix.diagonal(full.diagonal());
      case LOW_RANK -> leading(full);
      case BLOCK_DIAGONAL ->
        blocks(block -> {
          int[] own = IntStream.range(block.offset(), block.end()).toArray();
          return full.select(own, own);
        });
      case KRONECKER -> blocks(this::kronecker);
      case EKFAC -> blocks(this::ekfac);
    };
  }

  private Matrix blocks(Function<ParameterSpace.Block, Matrix> of) {
    MatrixSum sum = new MatrixSum(space.size(), space.size());
    space.blocks().forEach(block -> sum.add(of.apply(block), block.offset(), block.offset()));
    return sum.total();
  }

  private static Matrix leading(Matrix full) {
    SymmetricEigen eigen = new SymmetricEigen(full);
    int size = full.rows();
    int[] last = IntStream.range(Math.max(0, size - Kept.RANK), size).toArray();
    double[] values =
        IntStream.of(last).mapToDouble(i -> Math.max(0, eigen.values()[i])).toArray();
    Matrix u = eigen.vectors().selectColumns(last);
    return u.scaleColumns(values).timesTranspose(u);
  }

  /** B over the rows of a parameter: Dₙ = Jₙ aₙ / ‖aₙ‖². */
  private Matrix factorB(ParameterSpace.Block block) {
    Matrix a = network.inputs().get(block.parameter());
    ParameterSpace.Block all = whole.block(block.parameter()).orElseThrow();
    int rows = all.size() / a.cols();
    Matrix j = jacobianOfAll(x);
    Matrix d = Matrix.zeros(j.rows(), rows);
    for (int k = 0; k < j.rows(); k++) {
      double[] an = a.row(k / observed.outputs());
      double square = 0;
      for (double v : an) square += v * v;
      for (int i = 0; i < all.size(); i++) {
        d.array()[k * rows + i / a.cols()] +=
            j.get(k, all.offset() + i) * an[i % a.cols()] / square;
      }
    }
    return pulledBack(d);
  }

  private Matrix kronecker(ParameterSpace.Block block) {
    Matrix inputs = network.inputs().get(block.parameter());
    return product(factorB(block), inputs.gram(), block.mask().indices())
        .times(1.0 / inputs.rows());
  }

  /** The entries of B ⊗ A at some places of the parameter. */
  private static Matrix product(Matrix b, Matrix a, int[] places) {
    int columns = a.cols();
    Matrix product = Matrix.zeros(places.length, places.length);
    for (int s = 0; s < places.length; s++) {
      for (int t = 0; t < places.length; t++) {
        product.array()[s * places.length + t] = b.get(places[s] / columns, places[t] / columns)
            * a.get(places[s] % columns, places[t] % columns);
      }
    }
    return product;
  }

  private Matrix ekfac(ParameterSpace.Block block) {
    Matrix a = network.inputs().get(block.parameter()).gram();
    int width = a.cols();
    int[] places = block.mask().indices();
    int[] rows = IntStream.of(places).map(i -> i / width).distinct().sorted().toArray();
    int[] columns = IntStream.of(places).map(i -> i % width).distinct().sorted().toArray();
    Matrix uB = new SymmetricEigen(factorB(block).select(rows, rows)).vectors();
    Matrix uA = new SymmetricEigen(a.select(columns, columns)).vectors();
    int[] everywhere = IntStream.range(0, rows.length * columns.length).toArray();
    Matrix v = product(uB, uA, everywhere);
    int offset = whole.block(block.parameter()).orElseThrow().offset();
    int[] touched = IntStream.of(everywhere)
        .map(i -> offset + rows[i / columns.length] * width + columns[i % columns.length])
        .toArray();
    Matrix g = pulledBack(jacobianOfAll(x).selectColumns(touched));
    double[] moments = v.transposeTimes(g.times(v)).diagonal();
    int[] kept = IntStream.of(everywhere)
        .filter(i -> IntStream.of(places).anyMatch(p -> p + offset == touched[i]))
        .toArray();
    return v.scaleColumns(moments).timesTranspose(v).select(kept, kept);
  }
}
