package org.laplace4j.propertytests.laplace;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.laplace4j.nn.Module;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Add;
import org.laplace4j.nn.layer.Sequential;

/** Where the suites get networks: small ones of every make. */
final class NetworkMarket {
  private static final List<Activation> ACTIVATIONS =
      List.of(Activation.tanh(), Activation.relu(), Activation.gelu());

  private NetworkMarket() {}

  /** A network of any make. */
  static Network network(int in, int out, RandomGenerator rng) {
    return switch (rng.nextInt(4)) {
      case 0 -> shared(in, out, rng);
      case 1 -> residual(in, out, rng);
      default -> perceptron(in, out, 1 + rng.nextInt(3), rng);
    };
  }

  /** One to three dense layers with an activation between them. */
  static Network perceptron(int in, int out, int layers, RandomGenerator rng) {
    Activation activation = ACTIVATIONS.get(rng.nextInt(ACTIVATIONS.size()));
    List<Module> modules = new ArrayList<>();
    List<WatchedLinear> watched = new ArrayList<>();
    int width = in;
    for (int layer = 1; layer <= layers; layer++) {
      int next = layer == layers ? out : 1 + rng.nextInt(4);
      watched.add(WatchedLinear.random(width, next, rng));
      modules.add(watched.get(layer - 1));
      if (layer < layers) {
        modules.add(activation);
      }
      width = next;
    }
    return new Network(Sequential.of(modules), watched);
  }

  /** One dense layer: linear in its parameters. */
  static Network linear(int in, int out, RandomGenerator rng) {
    return perceptron(in, out, 1, rng);
  }

  private static Network residual(int in, int out, RandomGenerator rng) {
    WatchedLinear inner = WatchedLinear.random(in, in, rng);
    WatchedLinear head = WatchedLinear.random(in, out, rng);
    Module block = Add.residual("f", Sequential.of(inner, Activation.tanh()));
    return new Network(Sequential.of(block, head), List.of(inner, head));
  }

  private static Network shared(int in, int out, RandomGenerator rng) {
    // The transpose of a weight (1, 1) is the weight itself: nothing would be special about it.
    List<SharedWeight.Use> uses = in == 1
        ? List.of(SharedWeight.Use.TIED, SharedWeight.Use.TWICE, SharedWeight.Use.AT_TWO_POSITIONS)
        : List.of(SharedWeight.Use.values());
    SharedWeight module = SharedWeight.random(uses.get(rng.nextInt(uses.size())), in, out, rng);
    return new Network(module, List.of(module.head()));
  }
}
