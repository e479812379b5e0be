/**
 * The layers of networks, one a file: {@link org.laplace4j.nn.layer.Linear},
 * {@link org.laplace4j.nn.layer.Conv2d}, {@link org.laplace4j.nn.layer.MaxPool2d},
 * {@link org.laplace4j.nn.layer.AvgPool2d}, {@link org.laplace4j.nn.layer.Activation}, and the ways
 * to join them, {@link org.laplace4j.nn.layer.Sequential} and {@link org.laplace4j.nn.layer.Add}.
 *
 * <p>What arrives: {@link org.laplace4j.autodiff.Weights} and inputs (B, …, D). What leaves:
 * outputs of the same leading axes, recorded where derivatives are asked for.
 *
 * <pre>  y = x Wᵀ + b      y = φ(x)      y = f₁(f₀(x))      y = x + f(x)  </pre>
 *
 * <p>A layer says what it computes and holds its parameters; how it is differentiated is the matter
 * of {@code autodiff}. Names follow PyTorch's state dictionaries: {@code 0.weight}, {@code 2.bias}.
 *
 * <p>Next: {@code likelihood}, what the outputs mean.
 */
package org.laplace4j.nn.layer;
