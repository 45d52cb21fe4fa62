// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.annotation.Syntax;

/// The end of the key of an annotation that is for one listener: `TCP-80`.
record ListenerName(ListenerProtocol protocol, int port) {
  static final Syntax<ListenerName> SYNTAX =
      new Syntax<>(
          "PROTOCOL-PORT",
          text -> {
            var dash = text.indexOf('-');
            if (dash > 0
                && Syntax.oneOf("TCP", "UDP", "TCP_UDP", "TLS").read(text.substring(0, dash))
                    instanceof Syntax.Good<String>(var protocol)
                && Syntax.number(1, 65535).read(text.substring(dash + 1))
                    instanceof Syntax.Good<Integer>(var port)) {
              return new Syntax.Good<>(new ListenerName(ListenerProtocol.valueOf(protocol), port));
            }
            return new Syntax.Bad<>("is not TCP, UDP, TCP_UDP or TLS, a hyphen and a port");
          });

  @Override
  public String toString() {
    return protocol + "-" + port;
  }
}
