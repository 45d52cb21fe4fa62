// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.model.Frontend;
import java.util.List;

/// The frontends that one listener serves: one, or TCP and UDP of the same port.
///
/// @param frontends oldest claim first; with respect to traffic they are alike
/// @param protocol of the listener
record Slot(List<Frontend> frontends, ListenerProtocol protocol) {
  Slot {
    frontends = List.copyOf(frontends);
  }

  Frontend first() {
    return frontends.getFirst();
  }

  int port() {
    return first().port();
  }

  List<String> services() {
    return frontends.stream().map(frontend -> frontend.service().toString()).distinct().toList();
  }

  /// Such as `TCP/80`.
  String id() {
    return protocol + "/" + port();
  }

  /// Whether the end of the key of an annotation stands for this listener: by what it speaks, or by
  /// what one of its frontends does.
  boolean is(ListenerName name) {
    return name.port() == port()
        && (name.protocol() == protocol
            || frontends.stream()
                .anyMatch(frontend -> frontend.protocol().name().equals(name.protocol().name())));
  }
}
