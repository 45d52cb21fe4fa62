// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Who wrote what, in the words of the API server.
public final class AuditLog {
  /// The policy: writes only, and no contents. Leases are left out: their number depends on the
  /// time that passes.
  static final String POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      rules:
      - level: None
        verbs: [get, list, watch]
      - level: None
        resources:
        - group: coordination.k8s.io
      - level: None
        userGroups: [system:masters]
      - level: Metadata
      """;

  private final Path file;
  private final List<Write> writes = new ArrayList<>();
  private long position;

  /// @param resource in the plural, as in `services`
  /// @param name of the object; for events, that of the Service and a suffix
  public record Write(String user, String resource, String name) {
    boolean isEvent() {
      return resource.equals("events");
    }
  }

  public AuditLog(Path file) {
    this.file = file;
  }

  /// Everything so far that one user wrote, in order.
  public synchronized List<Write> by(String user) {
    readOn();
    return writes.stream().filter(write -> write.user().equals(user)).toList();
  }

  /// How many writes there were so far.
  public synchronized int count() {
    readOn();
    return writes.size();
  }

  private void readOn() {
    if (!Files.exists(file)) {
      return;
    }
    try (var input = new RandomAccessFile(file.toFile(), "r")) {
      input.seek(position);
      var bytes = new byte[Math.toIntExact(input.length() - position)];
      input.readFully(bytes);
      var text = new String(bytes, StandardCharsets.UTF_8);
      var whole = text.substring(0, text.lastIndexOf('\n') + 1);
      position += whole.getBytes(StandardCharsets.UTF_8).length;
      whole.lines().map(AuditLog::write).forEach(writes::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Write write(String line) {
    Map<?, ?> event = Serialization.unmarshal(line, Map.class);
    var user = (Map<?, ?>) Objects.requireNonNull(event.get("user"));
    var object = (Map<?, ?>) Objects.requireNonNull(event.get("objectRef"));
    return new Write(
        String.valueOf(user.get("username")),
        String.valueOf(object.get("resource")),
        String.valueOf(object.get("name")));
  }
}
