// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.desired;

import dev.fairway.cloud.annotation.Syntax;
import java.net.InetAddress;
import java.util.Optional;

/// IP addresses and CIDRs as text. Names are never looked up.
final class Literals {
  private Literals() {}

  /// An address, brought into canonical form.
  static Syntax<String> address() {
    return new Syntax<>(
        "an IP address",
        text ->
            parse(text)
                .<Syntax.Result<String>>map(address -> new Syntax.Good<>(canonical(address)))
                .orElseGet(() -> new Syntax.Bad<>("is not an IP address")));
  }

  static Syntax<String> cidr() {
    return new Syntax<>("a CIDR", Literals::readCidr);
  }

  private static Syntax.Result<String> readCidr(String text) {
    var slash = text.indexOf('/');
    if (slash < 0) {
      return new Syntax.Bad<>("is not a CIDR");
    }
    var address = parse(text.substring(0, slash));
    var length = text.substring(slash + 1);
    if (address.isEmpty() || !length.matches("\\d{1,3}")) {
      return new Syntax.Bad<>("is not a CIDR");
    }
    var bits = Integer.parseInt(length);
    var most = address.get().getAddress().length * 8;
    return bits > most
        ? new Syntax.Bad<>("has a prefix longer than %d".formatted(most))
        : new Syntax.Good<>(canonical(address.get()) + "/" + bits);
  }

  static Optional<InetAddress> parse(String text) {
    // The JDK reads 10.1 as 10.0.0.1; whoever writes that has most likely lost a part of it.
    if (text.indexOf(':') < 0 && !text.matches("\\d+(\\.\\d+){3}")) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  // The API server wants RFC 5952; InetAddress writes every group of IPv6.
  private static String canonical(InetAddress address) {
    return Rfc5952.text(address.getAddress());
  }
}
