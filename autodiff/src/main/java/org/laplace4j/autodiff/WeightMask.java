package org.laplace4j.autodiff;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * An {@link ElementMask} for each of some parameters: what a choice of weights is, whatever it is
 * called. Parameters that it does not mention are not selected.
 */
public final class WeightMask {
  private final Map<Parameter, ElementMask> masks;

  private WeightMask(Map<Parameter, ElementMask> masks) {
    this.masks = masks;
  }

  /** The given masks, each over its parameter's shape. */
  public static WeightMask of(Map<Parameter, ElementMask> masks) {
    masks.forEach((parameter, mask) -> {
      if (!mask.shape().equals(parameter.shape())) {
        throw new IllegalArgumentException("WeightMask.of: the parameter '" + parameter.name()
            + "' has shape " + parameter.shape() + ", its mask has " + mask.shape() + ".");
      }
    });
    return new WeightMask(new LinkedHashMap<>(masks));
  }

  /** The mask of one parameter. */
  public static WeightMask of(Parameter parameter, ElementMask mask) {
    return of(Map.of(parameter, mask));
  }

  /** Every element of the given parameters. */
  public static WeightMask all(Iterable<Parameter> parameters) {
    Map<Parameter, ElementMask> masks = new LinkedHashMap<>();
    parameters.forEach(p -> masks.put(p, ElementMask.all(p.shape())));
    return new WeightMask(masks);
  }

  /** The trainable elements of the given parameters. */
  public static WeightMask trainable(Iterable<Parameter> parameters) {
    Map<Parameter, ElementMask> masks = new LinkedHashMap<>();
    parameters.forEach(p -> masks.put(p, p.trainable()));
    return new WeightMask(masks);
  }

  /** The selected elements of a parameter; none where this mask does not mention it. */
  public ElementMask get(Parameter parameter) {
    ElementMask mask = masks.get(parameter);
    return mask == null ? ElementMask.none(parameter.shape()) : mask;
  }

  /** The parameters that this mask mentions. */
  public Iterable<Parameter> parameters() {
    return java.util.Collections.unmodifiableSet(masks.keySet());
  }

  /** The number of selected elements. */
  public long count() {
    return masks.values().stream().mapToLong(ElementMask::count).sum();
  }

  /** The elements selected here or there. */
  public WeightMask union(WeightMask other) {
    return combine(other, ElementMask::union);
  }

  /** The elements selected here and there. */
  public WeightMask intersection(WeightMask other) {
    return combine(other, ElementMask::intersection);
  }

  /** The elements of the mentioned parameters that are not selected. */
  public WeightMask complement() {
    return map(ElementMask::complement);
  }

  private WeightMask map(UnaryOperator<ElementMask> f) {
    Map<Parameter, ElementMask> mapped = new LinkedHashMap<>();
    masks.forEach((parameter, mask) -> mapped.put(parameter, f.apply(mask)));
    return new WeightMask(mapped);
  }

  private WeightMask combine(WeightMask other, BinaryOperator<ElementMask> f) {
    Map<Parameter, ElementMask> combined = new LinkedHashMap<>();
    masks.forEach(
        (parameter, mask) -> combined.put(parameter, f.apply(mask, other.get(parameter))));
    other.masks.forEach((parameter, mask) ->
        combined.computeIfAbsent(parameter, p -> f.apply(ElementMask.none(p.shape()), mask)));
    return new WeightMask(combined);
  }
}
