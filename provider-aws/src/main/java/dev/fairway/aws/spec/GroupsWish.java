// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import java.util.List;

/// Which security groups a load balancer should have.
public sealed interface GroupsWish {
  /// Whether the nodes let its traffic in by rules of ours.
  boolean manageBackend();

  /// One of ours that lets the clients in, the shared backend group, and these.
  ///
  /// @param extra ids or names
  /// @param icmp whether clients may send ICMP for path MTU discovery
  record Managed(List<String> extra, boolean icmp, boolean manageBackend) implements GroupsWish {
    public Managed {
      extra = List.copyOf(extra);
    }
  }

  /// Only these (and the shared backend group, with `manageBackend`).
  ///
  /// @param idsOrNames at least one
  record Own(List<String> idsOrNames, boolean manageBackend) implements GroupsWish {
    public Own {
      idsOrNames = List.copyOf(idsOrNames);
    }
  }

  /// None. Cannot be changed once the load balancer is there.
  record Off() implements GroupsWish {
    @Override
    public boolean manageBackend() {
      return false;
    }
  }
}
