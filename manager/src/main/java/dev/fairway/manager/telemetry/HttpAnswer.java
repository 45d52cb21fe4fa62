// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import java.util.Map;

/// What is sent back over HTTP.
///
/// @param type the content type
/// @param headers beside it
public record HttpAnswer(int code, String type, String text, Map<String, String> headers) {
  public HttpAnswer {
    headers = Map.copyOf(headers);
  }

  /// The same with one more header.
  public HttpAnswer with(String header, String value) {
    return new HttpAnswer(code, type, text, Map.of(header, value));
  }
}
