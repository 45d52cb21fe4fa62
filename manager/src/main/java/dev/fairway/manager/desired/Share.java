// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.desired;

import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.plan.Note;
import dev.fairway.manager.desired.ServiceView.PortStatus;
import java.util.List;

/// What one Service gets of its group.
///
/// @param admitted whether the load balancer serves it
/// @param notes findings about what it asked for
/// @param ports each of its ports, with the error of those that are not served; without those that
///   are not served because the whole Service is not
public record Share(
    ServiceView service, boolean admitted, List<Note> notes, List<PortStatus> ports) {
  /// The codes of notes that are about a single port.
  public static final String PORT_CODES = "UnsupportedProtocol|NodePortMissing|PortConflict";

  public Share {
    notes = List.copyOf(notes);
    ports = List.copyOf(ports);
  }

  public boolean blocked() {
    return notes.stream().anyMatch(note -> note.severity() == Note.Severity.BLOCKING);
  }

  /// Of the places where clients can connect, those of its own IP families.
  public List<Ingress> ingress(List<Ingress> ofTheGroup) {
    if (!admitted) {
      return List.of();
    }
    var families = service.spec().families();
    return ofTheGroup.stream()
        .filter(entry ->
            !(entry instanceof Ingress.Address address)
                || families.isEmpty()
                || families.contains(family(address)))
        .toList();
  }

  private static IpFamily family(Ingress.Address address) {
    return Admission.family(address.ip());
  }
}
