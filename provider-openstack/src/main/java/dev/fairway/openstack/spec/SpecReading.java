// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.plan.Note;
import java.util.List;

/// What came of reading what the Services of a group ask for.
///
/// @param specs one, or two where each IP family needs a load balancer of its own; empty when one
///   of the notes is blocking
/// @param access which nodes must let in which traffic; empty where security groups are not ours
public record SpecReading(List<Spec> specs, List<Note> notes, List<AccessRule> access) {
  public SpecReading {
    specs = List.copyOf(specs);
    notes = List.copyOf(notes);
    access = List.copyOf(access);
  }
}
