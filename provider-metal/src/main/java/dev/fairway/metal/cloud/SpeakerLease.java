// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.metal.model.NodeLink;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The sign of life of a speaker: a Lease that it renews, which everybody can read with `kubectl
/// get leases`.
final class SpeakerLease {
  static final String NAMESPACE = "fairway-speakers";
  static final Map<String, String> LABELS =
      Map.of("app.kubernetes.io/name", "fairway", "app.kubernetes.io/component", "speaker");
  static final Duration RENEW = Duration.ofSeconds(1);

  /// Three renewals missed: one may be lost, two may be late.
  static final Duration MAY_BE_SILENT = Duration.ofSeconds(3);

  /// The interfaces of the node on which it can announce, with their subnets, as
  /// `eth0=10.13.240.0/22+fd00:13::/64,eth1=`: so that no VIP goes to a node that cannot announce
  /// it.
  static final String LINKS = "fairway.dev/links";

  /// The Ethernet addresses of these interfaces, with commas between: so that it can be said which
  /// node it is that answers for something.
  static final String STATIONS = "fairway.dev/stations";

  private static final String PREFIX = "speaker-";

  private SpeakerLease() {}

  static String name(String node) {
    return PREFIX + node;
  }

  static String node(Lease lease) {
    return lease.getMetadata().getName().substring(PREFIX.length());
  }

  /// Whether the speaker said goodbye.
  static boolean released(Lease lease) {
    return Objects.requireNonNullElse(lease.getSpec().getHolderIdentity(), "").isEmpty();
  }

  /// What the speaker says of the node's interfaces; empty when it does not, or not readably.
  static Optional<List<NodeLink>> links(Lease lease) {
    return Optional.ofNullable(lease.getMetadata().getAnnotations())
        .flatMap(annotations -> Optional.ofNullable(annotations.get(LINKS)))
        .flatMap(LinkText::parse);
  }

  /// The Ethernet addresses of the node, as far as the speaker says.
  static List<String> stations(Lease lease) {
    return Optional.ofNullable(lease.getMetadata().getAnnotations())
        .flatMap(annotations -> Optional.ofNullable(annotations.get(STATIONS)))
        .map(text -> List.of(text.split(",", -1)))
        .orElse(List.of());
  }

  /// @param holder empty to say goodbye
  static Lease of(String node, String holder, Instant now) {
    return of(node, holder, now, Map.of());
  }

  /// @param told of the node, by annotation
  static Lease of(String node, String holder, Instant now, Map<String, String> told) {
    return new LeaseBuilder()
        .withNewMetadata()
        .withNamespace(NAMESPACE)
        .withName(name(node))
        .withLabels(LABELS)
        .withAnnotations(told)
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity(holder)
        .withLeaseDurationSeconds((int) MAY_BE_SILENT.toSeconds())
        .withRenewTime(now.atZone(ZoneOffset.UTC))
        .endSpec()
        .build();
  }
}
