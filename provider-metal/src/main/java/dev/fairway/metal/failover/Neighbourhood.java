// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.failover;

import java.time.Instant;

/// What the seats of a node have in common.
interface Neighbourhood {
  /// Name of this node.
  String self();

  Profile profile();

  Peers peers();

  Testimonies testimonies();

  /// Whether this node is about to stop, and takes nothing any more.
  boolean leaving();

  void order(Order order);

  /// The other owners are to be told of it.
  void changed(Seat seat);

  /// Witnesses are to be asked whether they hear a node.
  void ask(String suspect, Instant at);
}
