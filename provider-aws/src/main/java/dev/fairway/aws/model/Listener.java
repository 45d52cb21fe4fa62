// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.model;

import dev.fairway.aws.spec.ListenerProtocol;
import dev.fairway.aws.spec.Tls;
import java.util.Map;
import java.util.Optional;

/// A listener as it was seen.
///
/// @param tls present when it speaks TLS
/// @param targetGroup the ARN it forwards to; empty when it does not forward to exactly one
/// @param attributes those that are not at their default
public record Listener(
    String arn,
    int port,
    ListenerProtocol protocol,
    Optional<Tls> tls,
    Optional<String> targetGroup,
    Fact<Map<String, String>> attributes) {
  public Listener withTls(Optional<Tls> now) {
    return new Listener(arn, port, protocol, now, targetGroup, attributes);
  }

  public Listener withAttributes(Fact<Map<String, String>> now) {
    return new Listener(arn, port, protocol, tls, targetGroup, now);
  }
}
