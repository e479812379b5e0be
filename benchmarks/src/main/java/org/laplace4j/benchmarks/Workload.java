package org.laplace4j.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.interop.DescribedNetwork;
import org.laplace4j.interop.Json;
import org.laplace4j.interop.LayerDescription;
import org.laplace4j.interop.SafeTensors;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Module;
import org.laplace4j.nn.Targets;

/**
 * A folder of the benchmark: a trained network, its data, and the posteriors to make of it.
 *
 * @param name what it is called
 * @param isClassification whether y are labels
 * @param layers of the network
 * @param sigma the noise of a regression
 * @param priorPrecision of every element
 * @param batchSize examples a batch
 * @param learningRate of the training
 * @param variants the posteriors by name, in the order of the file
 * @param initial weights before training
 * @param trained weights after it
 * @param data the training data, in batches, in the order of the file
 * @param test inputs to predict
 */
record Workload(
    String name,
    boolean isClassification,
    List<LayerDescription> layers,
    double sigma,
    double priorPrecision,
    int batchSize,
    double learningRate,
    Map<String, Variant> variants,
    Map<String, Tensor> initial,
    Map<String, Tensor> trained,
    Dataset data,
    Tensor test) {

  private static final String DESCRIPTION = "config.json";

  /** Reads a folder; what its {@code files} name may lie in another. */
  static Workload read(Path folder) throws IOException {
    Json config = Json.read(folder.resolve(DESCRIPTION));
    Json files = config.get("files");
    SafeTensors tensors = SafeTensors.read(folder.resolve(files.get("data").text()));
    boolean isClassification = config.get("likelihood").text().equals("classification");
    List<LayerDescription> layers = new ArrayList<>();
    for (Json layer : config.get("layers").items()) {
      layers.add(LayerDescription.from(layer));
    }
    Map<String, Variant> variants = new LinkedHashMap<>();
    for (var variant : config.get("variants").fields().entrySet()) {
      variants.put(variant.getKey(), Variant.from(variant.getValue()));
    }
    int batchSize = config.get("batch_size").integer();
    return new Workload(
        config.get("name").text(),
        isClassification,
        layers,
        config.get("sigma_noise").number(),
        config.get("prior_precision").number(),
        batchSize,
        config.get("train").get("lr").number(),
        variants,
        state(folder.resolve(files.get("init").text())),
        state(folder.resolve(files.get("weights").text())),
        Dataset.of(tensor(tensors, "X"), targets(tensors, isClassification), batchSize),
        tensor(tensors, "X_test"));
  }

  /** A network of its own, with the weights given. */
  Module network(Map<String, Tensor> weights) {
    return DescribedNetwork.of(layers, weights);
  }

  /** The first n training examples, in batches. */
  Dataset first(int n) {
    if (n == data.size()) {
      return data;
    }
    int[] indices = new int[n];
    java.util.Arrays.setAll(indices, i -> i);
    return data.select(indices).rebatched(batchSize);
  }

  private static Targets targets(SafeTensors tensors, boolean isClassification) {
    if (!isClassification) {
      return Targets.values(tensor(tensors, "y"));
    }
    long[] labels = tensors.longs("y");
    int[] narrow = new int[labels.length];
    java.util.Arrays.setAll(narrow, i -> Math.toIntExact(labels[i]));
    return Targets.labels(narrow);
  }

  private static Map<String, Tensor> state(Path path) throws IOException {
    SafeTensors file = SafeTensors.read(path);
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (String name : file.names()) {
      state.put(name, tensor(file, name));
    }
    return state;
  }

  private static Tensor tensor(SafeTensors file, String name) {
    return Tensor.adopt(Shape.of(file.shape(name)), file.doubles(name));
  }
}
