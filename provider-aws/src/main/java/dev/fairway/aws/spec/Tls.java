// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import java.util.List;
import java.util.Optional;

/// What a TLS listener needs.
///
/// @param certificates ARNs: the first is the default one, the others are chosen by server name; at
///   least one
/// @param policy the name of a security policy, such as `ELBSecurityPolicy-2016-08`
/// @param alpn the name of an ALPN policy, such as `HTTP2Preferred`; empty for none
public record Tls(List<String> certificates, String policy, Optional<String> alpn) {
  public Tls {
    certificates = List.copyOf(certificates);
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("a TLS listener needs a certificate");
    }
  }
}
