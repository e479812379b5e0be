package org.laplace4j.propertytests.reference;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.laplace4j.interop.Json;

/**
 * One layer of a network, as a case describes it.
 *
 * @param type its kind, such as {@code linear}; one that is not known here is kept
 * @param sizes its whole numbers, such as {@code in} and {@code out}
 */
public record Layer(String type, Map<String, Integer> sizes) {
  static Layer from(Json json) throws IOException {
    var sizes = new LinkedHashMap<String, Integer>();
    for (var field : json.fields().entrySet()) {
      if (field.getValue().kind() == Json.Kind.NUMBER) {
        sizes.put(field.getKey(), field.getValue().integer());
      }
    }
    return new Layer(json.get("type").text(), Map.copyOf(sizes));
  }

  /**
   * The size of the name.
   *
   * @throws IllegalArgumentException if the case does not state it
   */
  public int size(String name) {
    Integer size = sizes.get(name);
    if (size == null) {
      throw new IllegalArgumentException(
          "a layer of type '" + type + "' requires '" + name + "', the case states " + sizes);
    }
    return size;
  }

  /** The size of the name, or another number where the case does not state it. */
  public int size(String name, int otherwise) {
    return sizes.getOrDefault(name, otherwise);
  }
}
