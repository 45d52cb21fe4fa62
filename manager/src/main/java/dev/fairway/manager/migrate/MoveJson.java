// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.migrate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.fairway.cloud.migration.Move;
import java.util.LinkedHashMap;

/// What comes of a move, for programs. The names are those of the records' components.
public final class MoveJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private MoveJson() {}

  /// Without the objects, which are written apart.
  public static String of(Move move) {
    var report = new LinkedHashMap<String, Object>();
    report.put("complete", move.complete());
    report.put("findings", move.findings());
    report.put("handOver", move.handOver());
    report.put("wayBack", move.wayBack());
    try {
      return MAPPER.writeValueAsString(report) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report is always JSON", e);
    }
  }
}
