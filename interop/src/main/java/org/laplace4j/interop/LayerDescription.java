package org.laplace4j.interop;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One layer of a network, as a file describes it.
 *
 * @param type its kind, such as {@code linear}; one that is not known here is kept
 * @param sizes its whole numbers, such as {@code in} and {@code out}
 */
public record LayerDescription(String type, Map<String, Integer> sizes) {

  /** Copies the map. */
  public LayerDescription {
    sizes = Map.copyOf(sizes);
  }

  /**
   * A layer from an object with its {@code type} and its numbers.
   *
   * @throws MalformedFileException if it is not such an object, or a number is not whole
   */
  public static LayerDescription from(Json json) throws IOException {
    var sizes = new LinkedHashMap<String, Integer>();
    for (var field : json.fields().entrySet()) {
      if (field.getValue().kind() == Json.Kind.NUMBER) {
        sizes.put(field.getKey(), field.getValue().integer());
      }
    }
    return new LayerDescription(json.get("type").text(), sizes);
  }

  /**
   * The size of the name.
   *
   * @throws IllegalArgumentException if the description does not state it
   */
  public int size(String name) {
    Integer size = sizes.get(name);
    if (size == null) {
      throw new IllegalArgumentException("LayerDescription.size: a layer of type '" + type
          + "' requires '" + name + "', the description states " + sizes);
    }
    return size;
  }

  /** The size of the name, or another number where the description does not state it. */
  public int size(String name, int otherwise) {
    return sizes.getOrDefault(name, otherwise);
  }
}
