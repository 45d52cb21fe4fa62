// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.plan;

import dev.fairway.cloud.model.Desired.Present;
import dev.fairway.cloud.model.Target;
import dev.fairway.cloud.plan.Note;
import dev.fairway.metal.model.AnnouncementView;
import dev.fairway.metal.pool.IpAddress;
import java.util.List;

/// Why nobody announces an address, and what to do.
final class AnnouncerNotes {
  private AnnouncerNotes() {}

  static Note notAnnounced(IpAddress address, String pool, List<AnnouncementView> all) {
    var ofPool =
        all.stream().filter(one -> one.announces(pool)).map(AnnouncementView::name).toList();
    return ofPool.isEmpty()
        ? Note.blocking(
            "NotAnnounced",
            "%s is reserved, but no Announcement selects pool %s".formatted(address, pool),
            "create an Announcement for it")
        : Note.blocking(
            "NotAnnounced",
            "%s is reserved, but no Announcement of pool %s selects this Service: %s"
                .formatted(address, pool, String.join(", ", ofPool)),
            "give the Service labels that one of their serviceSelectors matches, or create an"
                + " Announcement for it");
  }

  static Note noSpeaker(IpAddress address, int nodes, int selected) {
    return Note.blocking(
        "NoEligibleNode",
        "no node can announce %s: %d nodes, %d of them selected by an Announcement, none of"
                .formatted(address, nodes, selected)
            + " these with a running speaker",
        "check the pods of the speaker, and the nodeSelector of the Announcement");
  }

  static Note noInterface(IpAddress address, List<Target> nodes) {
    return Note.blocking(
        "NoInterface",
        "none of the %d nodes that may announce %s has an interface for it that is up: %s"
            .formatted(
                nodes.size(),
                address,
                String.join(", ", nodes.stream().map(Target::node).limit(5).toList())),
        "use a pool of a subnet of the nodes, or name the interfaces in the Announcement");
  }

  static Note others(IpAddress address, String namespace) {
    return Note.blocking(
        "OtherSpeakers",
        "%s is not announced while the speakers of MetalLB run in namespace %s: two that answer for"
                .formatted(address, namespace)
            + " one address cut connections",
        "stop them when you hand over, or set besideMetalLB: true among the settings if they serve"
            + " other Services");
  }

  static Note noEndpoint(IpAddress address, int nodes, Present present) {
    var shared = present.services().size() > 1;
    return Note.blocking(
        "NoLocalEndpoint",
        "externalTrafficPolicy is Local and none of the %d nodes that can announce %s has a"
                .formatted(nodes, address)
            + " ready endpoint"
            + (shared ? " of each Service that shares it" : ""),
        shared
            ? "run their pods on the same nodes, or share only where the policy is Cluster"
            : "check the pods of the Service");
  }
}
