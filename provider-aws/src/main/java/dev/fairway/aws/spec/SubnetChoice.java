// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.aws.model.SubnetMapping;
import dev.fairway.cloud.plan.Note;
import java.util.List;

/// Where a load balancer should stand, or why it cannot.
///
/// @param mappings at most one of each zone; empty when there is a note, and only then
/// @param notes blocking ones
public record SubnetChoice(List<SubnetMapping> mappings, List<Note> notes) {
  public SubnetChoice {
    mappings = List.copyOf(mappings);
    notes = List.copyOf(notes);
  }

  static SubnetChoice refused(Note... notes) {
    return new SubnetChoice(List.of(), List.of(notes));
  }
}
