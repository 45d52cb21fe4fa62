// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

/// One target of a target group.
///
/// @param id an instance id (`i-0abc`) or an IP literal
/// @param port 1 to 65535
public record TargetId(String id, int port) implements Comparable<TargetId> {
  @Override
  public int compareTo(TargetId other) {
    var byId = id.compareTo(other.id);
    return byId != 0 ? byId : Integer.compare(port, other.port);
  }

  @Override
  public String toString() {
    return id + ":" + port;
  }
}
