// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.inspect;

import dev.fairway.manager.telemetry.HttpAnswer;
import java.net.HttpURLConnection;
import java.util.Map;

/// The kinds of answers that [Pages] gives.
final class Answers {
  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain; charset=utf-8";

  private Answers() {}

  static HttpAnswer json(String text) {
    return new HttpAnswer(HttpURLConnection.HTTP_OK, JSON, text, Map.of());
  }

  static HttpAnswer text(String text) {
    return new HttpAnswer(HttpURLConnection.HTTP_OK, TEXT, text, Map.of());
  }

  /// An error in the form of the API server (`meta/v1 Status`), so that kubectl, which asks through
  /// it, shows the message.
  ///
  /// @param kind what is missing or wrong, in the plural and lower case, as `services`
  static HttpAnswer failure(int code, String reason, String kind, String message) {
    var status = new Status("Status", "v1", "Failure", message, reason, new Details(kind), code);
    return new HttpAnswer(code, JSON, Json.text(status), Map.of());
  }

  private record Status(
      String kind,
      String apiVersion,
      String status,
      String message,
      String reason,
      Details details,
      int code) {}

  private record Details(String kind) {}
}
