package org.laplace4j.propertytests.reference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.laplace4j.interop.Json;
import org.laplace4j.interop.MalformedFileException;
import org.laplace4j.interop.SafeTensors;

/**
 * A network, its data, and the numbers of the reference for it: a folder with {@code case.json} and
 * {@code case.safetensors}.
 *
 * @param name its name
 * @param likelihood {@code regression} or {@code classification}; another is kept
 * @param layers the network, first layer first
 * @param parameters names and shapes, in the order of the flat vector
 * @param alternatives pairs (prior precision, noise) of {@code marglik_alt}
 * @param predicted the number of test points that are predicted
 * @param batchSize the number of examples in a batch of the fit
 * @param optimizer how the reference tuned prior precisions
 * @param gridSearch how it searched a grid of them, if on a grid of the form that is known here
 * @param variants the posteriors
 * @param tensors every array
 */
public record ReferenceCase(
    String name,
    String likelihood,
    List<Layer> layers,
    Map<String, int[]> parameters,
    List<double[]> alternatives,
    int predicted,
    int batchSize,
    AdamReplay optimizer,
    Optional<GridSearch> gridSearch,
    List<ReferenceVariant> variants,
    SafeTensors tensors) {
  /** The file that describes a case. */
  public static final String DESCRIPTION = "case.json";

  private static final String TENSORS = "case.safetensors";

  /**
   * Reads a folder.
   *
   * @throws MalformedFileException if one of its two files is not what it must be
   */
  public static ReferenceCase read(Path folder) throws IOException {
    Json json = Json.read(folder.resolve(DESCRIPTION));
    SafeTensors tensors = SafeTensors.read(folder.resolve(TENSORS));
    var layers = new ArrayList<Layer>();
    for (Json layer : json.get("layers").items()) {
      layers.add(Layer.from(layer));
    }
    var parameters = new LinkedHashMap<String, int[]>();
    for (var parameter : json.get("parameters").fields().entrySet()) {
      int[] shape = parameter.getValue().integers();
      require(json, tensors, "param/" + parameter.getKey(), shape);
      parameters.put(parameter.getKey(), shape);
    }
    for (var data : json.get("shapes").fields().entrySet()) {
      require(json, tensors, data.getKey(), data.getValue().integers());
    }
    var alternatives = new ArrayList<double[]>();
    for (Json pair : json.get("alternatives").items()) {
      alternatives.add(pair.numbers());
    }
    return new ReferenceCase(
        json.get("name").text(),
        json.get("likelihood").text(),
        Collections.unmodifiableList(layers),
        Collections.unmodifiableMap(parameters),
        Collections.unmodifiableList(alternatives),
        json.get("n_pred").integer(),
        json.get("batch_size").integer(),
        AdamReplay.from(json.get("optimize")),
        GridSearch.from(json.get("gridsearch")),
        variants(json, tensors),
        tensors);
  }

  /** Whether the outputs are logits of classes. */
  public boolean isClassification() {
    return likelihood.equals("classification");
  }

  /** The training inputs. */
  public Inputs x() {
    return inputs("X");
  }

  /** The test inputs. */
  public Inputs xTest() {
    return inputs("X_test");
  }

  /** C, the number of outputs. */
  public int outputs() {
    return Math.toIntExact(tensors.get("f_train").size() / Math.max(1, tensors.shape("X")[0]));
  }

  /** The flat vector of all parameters. */
  public double[] theta() {
    var theta =
        new double[parameters.keySet().stream().mapToInt(this::parameterSize).sum()];
    int at = 0;
    for (String parameter : parameters.keySet()) {
      double[] values = parameter(parameter);
      System.arraycopy(values, 0, theta, at, values.length);
      at += values.length;
    }
    return theta;
  }

  /** The value of a parameter, row-major. */
  public double[] parameter(String parameter) {
    return tensors.doubles("param/" + parameter);
  }

  /** The number of a parameter's elements. */
  public int parameterSize(String parameter) {
    return Arrays.stream(parameters.get(parameter)).reduce(1, Math::multiplyExact);
  }

  /** A tensor of indices. */
  public int[] indices(String tensor) {
    return Arrays.stream(tensors.longs(tensor)).mapToInt(Math::toIntExact).toArray();
  }

  private Inputs inputs(String tensor) {
    return new Inputs(tensors.doubles(tensor), tensors.shape(tensor));
  }

  private static List<ReferenceVariant> variants(Json json, SafeTensors tensors)
      throws IOException {
    var variants = new ArrayList<ReferenceVariant>();
    // The outputs need no matrix, so the cheapest structure will do for them.
    addWhole(variants, json, "diag", "GGN", tensors, "f_train", "loss");
    addWhole(variants, json, "full", "GGN", tensors, "ggn");
    addWhole(variants, json, "hessian", "GGN", tensors, "hessian");
    addWhole(variants, json, "full", "EF", tensors, "ef");
    for (var variant : json.get("variants").fields().entrySet()) {
      String name = variant.getKey();
      var quantities = new TreeSet<String>();
      for (String tensor : tensors.names()) {
        if (tensor.startsWith(name + "/")) {
          quantities.add(tensor.substring(name.length() + 1));
        }
        if (tensor.startsWith(ReferenceVariant.ORACLE + name + "/")) {
          quantities.add(ReferenceVariant.ORACLE
              + tensor.substring(tensor.indexOf('/', ReferenceVariant.ORACLE.length()) + 1));
        }
      }
      variants.add(ReferenceVariant.from(name, variant.getValue(), quantities));
    }
    return Collections.unmodifiableList(variants);
  }

  private static void addWhole(
      List<ReferenceVariant> variants,
      Json json,
      String structure,
      String backend,
      SafeTensors tensors,
      String... names)
      throws IOException {
    var quantities = new TreeSet<>(List.of(names));
    quantities.removeIf(name -> !tensors.contains(name));
    if (!quantities.isEmpty()) {
      variants.add(ReferenceVariant.ofCase(json, structure, backend, quantities));
    }
  }

  private static void require(Json json, SafeTensors tensors, String name, int[] shape)
      throws MalformedFileException {
    if (!tensors.contains(name) || !Arrays.equals(tensors.shape(name), shape)) {
      throw json.malformed(TENSORS + " requires a tensor '" + name + "' of shape "
          + Arrays.toString(shape) + ", it has "
          + (tensors.contains(name) ? Arrays.toString(tensors.shape(name)) : "none"));
    }
  }
}
