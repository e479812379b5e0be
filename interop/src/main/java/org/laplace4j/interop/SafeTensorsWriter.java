package org.laplace4j.interop;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a safetensors file. Wide elements come first, so that all are aligned in the file, and
 * names are in order among equal widths: equal maps give equal bytes.
 */
final class SafeTensorsWriter {
  private SafeTensorsWriter() {}

  static void write(Path path, Map<String, StoredTensor> tensors, Map<String, String> metadata)
      throws IOException {
    if (tensors.containsKey(SafeTensorsHeader.METADATA)) {
      throw new IllegalArgumentException("SafeTensors.write: the format keeps the name '"
          + SafeTensorsHeader.METADATA + "' for metadata; rename the tensor");
    }
    for (String name : tensors.keySet()) {
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
        throw new IllegalArgumentException("SafeTensors.write: the name '" + name
            + "' has half a surrogate pair, which UTF-8 cannot write; rename the tensor");
      }
    }
    List<Map.Entry<String, StoredTensor>> ordered =
        new ArrayList<>(new TreeMap<>(tensors).entrySet());
    ordered.sort(Comparator.comparing(entry -> -entry.getValue().type().bytes()));
    byte[] header = header(ordered, new TreeMap<>(metadata));
    AtomicFile.write(path, out -> {
      out.write(SafeTensors.littleEndian(new byte[SafeTensors.LENGTH_BYTES])
          .putLong(header.length)
          .array());
      out.write(header);
      for (var entry : ordered) {
        out.write(entry.getValue().raw());
      }
    });
  }

  private static byte[] header(
      List<Map.Entry<String, StoredTensor>> ordered, Map<String, String> metadata)
      throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(SafeTensorsHeader.METADATA);
        for (var text : metadata.entrySet()) {
          json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeEndObject();
      }
      long at = 0;
      for (var entry : ordered) {
        StoredTensor tensor = entry.getValue();
        long end = at + tensor.raw().length;
        json.writeObjectFieldStart(entry.getKey());
        json.writeStringField("dtype", tensor.type().name());
        json.writeFieldName("shape");
        json.writeArray(tensor.shape(), 0, tensor.shape().length);
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {at, end}, 0, 2);
        json.writeEndObject();
        at = end;
      }
      json.writeEndObject();
    }
    // Spaces up to a multiple of eight, so that the data are aligned in the file.
    while (bytes.size() % SafeTensors.LENGTH_BYTES != 0) {
      bytes.write(' ');
    }
    if (bytes.size() > SafeTensors.LARGEST_HEADER) {
      throw new IllegalArgumentException("SafeTensors.write: names and metadata make a header of "
          + bytes.size() + " bytes, the format allows " + SafeTensors.LARGEST_HEADER);
    }
    return bytes.toByteArray();
  }
}
