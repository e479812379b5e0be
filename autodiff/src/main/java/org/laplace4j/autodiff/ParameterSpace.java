package org.laplace4j.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * R^Θ: the selected and trainable elements of a model's parameters, in order. Optimisers,
 * gradients, Jacobians, curvatures, samples and evidence all live here; nothing computes a longer
 * vector and slices it.
 */
public final class ParameterSpace {

  /**
   * The part of R^Θ that belongs to one parameter.
   *
   * @param name the parameter's qualified name
   * @param parameter the parameter
   * @param mask its elements in the space
   * @param offset where they begin in R^Θ
   */
  public record Block(String name, Parameter parameter, ElementMask mask, int offset) {

    /** The number of elements. */
    public int size() {
      return mask.count();
    }

    /** One past the last position in R^Θ. */
    public int end() {
      return offset + size();
    }
  }

  private final List<Block> blocks;
  private final Map<Parameter, Block> byParameter;
  private final List<String> parameterNames;
  private final int size;

  private ParameterSpace(List<Block> blocks, Collection<String> parameterNames) {
    this.blocks = List.copyOf(blocks);
    this.parameterNames = List.copyOf(parameterNames);
    this.byParameter = new HashMap<>();
    blocks.forEach(block -> byParameter.put(block.parameter(), block));
    this.size = blocks.isEmpty() ? 0 : blocks.get(blocks.size() - 1).end();
  }

  /** All trainable elements of a model. */
  public static ParameterSpace of(Model<?> model) {
    return of(model, WeightMask.all(model.parameters().values()));
  }

  /** The trainable elements of a model that a mask selects. */
  public static ParameterSpace of(Model<?> model, WeightMask subset) {
    Map<String, Parameter> parameters = model.parameters();
    for (Parameter selected : subset.parameters()) {
      if (!parameters.containsValue(selected)) {
        throw new IllegalArgumentException(
            "ParameterSpace: the mask selects elements of the parameter " + selected
                + ", which is not one of this model's " + parameters.keySet()
                + "; make the mask from the same model.");
      }
    }
    Map<String, Parameter> distinct = distinct(parameters);
    List<Block> blocks = new ArrayList<>();
    long offset = 0;
    for (Map.Entry<String, Parameter> entry : distinct.entrySet()) {
      Parameter parameter = entry.getValue();
      ElementMask mask = subset.get(parameter).intersection(parameter.trainable());
      if (!mask.isNone()) {
        blocks.add(new Block(entry.getKey(), parameter, mask, Math.toIntExact(offset)));
        offset += mask.count();
      }
    }
    if (blocks.isEmpty()) {
      long trainable = WeightMask.trainable(parameters.values()).count();
      throw new IllegalArgumentException(
          "ParameterSpace: no element is both selected (" + subset.count() + " are) and trainable ("
              + trainable + " are); select some trainable elements, or unfreeze some.");
    }
    return new ParameterSpace(blocks, distinct.keySet());
  }

  /** A parameter that a model holds twice counts once, under its first name. */
  private static Map<String, Parameter> distinct(Map<String, Parameter> parameters) {
    Map<Parameter, String> names = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> names.putIfAbsent(parameter, name));
    Map<String, Parameter> once = new LinkedHashMap<>();
    names.forEach((parameter, name) -> once.put(name, parameter));
    return once;
  }

  /** Θ. */
  public int size() {
    return size;
  }

  /** The parameters with elements in the space, in order. */
  public List<Block> blocks() {
    return blocks;
  }

  /** The names of all the model's parameters, also of those without an element in the space. */
  public List<String> parameterNames() {
    return parameterNames;
  }

  /** The block of a parameter, if any of its elements is in the space. */
  public Optional<Block> block(Parameter parameter) {
    return Optional.ofNullable(byParameter.get(parameter));
  }

  /**
   * For each element of this space, its place in a larger one that has it too.
   *
   * @throws IllegalArgumentException if the other space has not all of these elements
   */
  public int[] placesIn(ParameterSpace larger) {
    int[] places = new int[size];
    for (Block block : blocks) {
      Block other = larger.byParameter.get(block.parameter());
      int[] theirs = other == null ? new int[0] : other.mask().indices();
      int at = block.offset();
      for (int element : block.mask().indices()) {
        int place = Arrays.binarySearch(theirs, element);
        if (place < 0) {
          throw new IllegalArgumentException("ParameterSpace.placesIn: element " + element + " of '"
              + block.name() + "' " + block.parameter().shape() + " is one of the " + size
              + " of this space, but not of the " + larger.size
              + " of the other, which must have all of these.");
        }
        places[at++] = other.offset() + place;
      }
    }
    return places;
  }

  /** θ ∈ R^Θ, the elements of the space at the given weights. */
  public double[] gather(Weights at) {
    double[] theta = new double[size];
    for (Block block : blocks) {
      double[] selected = block.mask().gather(at.get(block.parameter()).array());
      System.arraycopy(selected, 0, theta, block.offset(), selected.length);
    }
    return theta;
  }

  /**
   * The weights {@code base} with the elements of the space replaced by θ; every other element
   * keeps its bits.
   */
  public Weights scatter(double[] theta, Weights base) {
    checkSize("ParameterSpace.scatter", theta);
    Map<Parameter, Tensor> replaced = new LinkedHashMap<>();
    for (Block block : blocks) {
      Tensor before = base.get(block.parameter());
      replaced.put(
          block.parameter(),
          Tensor.adopt(
              before.shape(), block.mask().scatter(theta, block.offset(), before.array())));
    }
    return base.with(replaced);
  }

  /** A vector of R^Θ as one tensor a parameter, zero outside the space. */
  Map<Parameter, Tensor> spread(double[] v) {
    checkSize("ParameterSpace", v);
    Map<Parameter, Tensor> tensors = new LinkedHashMap<>();
    for (Block block : blocks) {
      Shape shape = block.parameter().shape();
      tensors.put(
          block.parameter(),
          Tensor.adopt(shape, block.mask().scatter(v, block.offset(), new double[shape.size()])));
    }
    return tensors;
  }

  /** The weights with the parameters of the space as new leaves of the graph. */
  Weights track(Weights at) {
    Map<Parameter, Tensor> leaves = new LinkedHashMap<>();
    blocks.forEach(b -> leaves.put(b.parameter(), at.get(b.parameter()).detach().asLeaf()));
    return at.with(leaves);
  }

  /** The leaves among tracked weights, and the block that each belongs to. */
  Map<Tensor, Block> leaves(Weights tracked) {
    Map<Tensor, Block> leaves = new IdentityHashMap<>();
    blocks.forEach(block -> leaves.put(tracked.get(block.parameter()), block));
    return leaves;
  }

  private void checkSize(String where, double[] v) {
    if (v.length != size) {
      throw new IllegalArgumentException(
          where + ": a vector of " + v.length + " numbers was given for a space of " + size
              + " elements; give one number an element, in the order of blocks().");
    }
  }
}
