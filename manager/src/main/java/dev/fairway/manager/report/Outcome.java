// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.report;

import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.plan.Note;
import dev.fairway.manager.desired.ServiceView.PortStatus;
import java.util.List;

/// How a reconciliation ended, as far as users are concerned.
///
/// @param ingress where clients can connect now
/// @param ports which ports are served there; empty when that goes without saying
/// @param notes findings about what was asked for
/// @param done summaries of the actions that were carried out on a load balancer that existed
///   before
/// @param repaired whether these mended what somebody else had changed
public record Outcome(
    Phase phase,
    List<Ingress> ingress,
    List<PortStatus> ports,
    List<Note> notes,
    List<String> done,
    boolean repaired) {
  public Outcome {
    ingress = List.copyOf(ingress);
    ports = List.copyOf(ports);
    notes = List.copyOf(notes);
    done = List.copyOf(done);
  }

  public sealed interface Phase {
    /// What should be, is.
    record Done() implements Phase {}

    /// On the way; nothing is wrong.
    record InProgress(String because) implements Phase {}

    /// Nothing was changed, because of a finding; what was there before goes on.
    record Blocked() implements Phase {}

    /// A cloud call failed.
    record Failed(String reason, String message) implements Phase {}
  }
}
