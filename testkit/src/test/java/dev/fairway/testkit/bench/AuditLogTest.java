// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
  private static final String PATCH =
      """
      {"kind":"Event","verb":"patch","user":{"username":"me"},"objectRef":{"resource":"services","name":"web"}}
      """;
  private static final String EVENT =
      """
      {"kind":"Event","verb":"create","user":{"username":"me"},"objectRef":{"resource":"events","name":"web.1"}}
      """;
  private static final String OTHER =
      """
      {"kind":"Event","verb":"create","user":{"username":"you"},"objectRef":{"resource":"pods"}}
      """;

  @TempDir Path directory;

  @Test
  void writesAreCountedByUserWhileTheLogGrows() throws IOException {
    var file = directory.resolve("audit.jsonl");
    var audit = new AuditLog(file);
    assertThat(audit.count()).as("before the first").isZero();

    // The API server may be in the middle of a line.
    Files.writeString(file, PATCH + OTHER + EVENT.substring(0, 20));
    assertThat(audit.by("me")).extracting(AuditLog.Write::name).containsExactly("web");

    Files.writeString(file, EVENT.substring(20), StandardOpenOption.APPEND);
    assertThat(audit.by("me")).last().matches(AuditLog.Write::isEvent);
    assertThat(audit.count()).isEqualTo(3);
  }
}
