// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.model.Cidr;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.plan.Note;
import java.util.List;
import java.util.Optional;

/// Who may connect, and who sees to that.
///
/// @param unenforced whether the user agreed to let in everybody where nobody can
record SourceRanges(Terms terms, boolean unenforced) {
  private static final int SHOWN = 5;

  static SourceRanges read(Terms terms) {
    return new SourceRanges(
        terms,
        terms
            .findings()
            .read(ListenerAnnotations.ALLOW_UNENFORCED)
            .orElse(terms.options().allowUnenforcedSourceRanges()));
  }

  /// What of these ranges the listener itself enforces; empty for all clients.
  List<String> atListener(Frontend frontend, List<String> ranges) {
    if (ranges.isEmpty() || terms.abilities().allowedCidrs(terms.provider())) {
      return ranges;
    }
    if (!atNodes()) {
      terms.findings().add(notEnforced(frontend));
    }
    return List.of();
  }

  /// Whether the nodes are told, which see the addresses of clients with ovn.
  boolean atNodes() {
    return terms.isOvn() && terms.options().manageSecurityGroups();
  }

  /// Canonical and sorted; empty for all clients.
  List<String> of(Frontend frontend, List<IpFamily> families) {
    var asked =
        frontend.traffic().sourceRanges().stream()
            .flatMap(text -> parsed(text, frontend).stream())
            .toList();
    var own = asked.stream().filter(cidr -> families.contains(family(cidr))).toList();
    // Without any range of the family, a listener would be open to everybody.
    if (!asked.isEmpty() && own.isEmpty()) {
      terms
          .findings()
          .add(
              Note.blocking(
                  "InvalidSourceRange",
                  "source ranges %s of Service %s are none of family %s, so that nobody could connect"
                      .formatted(asked, frontend.service(), families.getFirst()),
                  "add one of that family"));
    }
    var everybody =
        families.stream()
            .allMatch(family ->
                own.stream().anyMatch(cidr -> cidr.prefixLength() == 0 && family(cidr) == family));
    return everybody ? List.of() : own.stream().map(Cidr::toString).distinct().sorted().toList();
  }

  private static IpFamily family(Cidr cidr) {
    return cidr.network().isIpv6() ? IpFamily.IPV6 : IpFamily.IPV4;
  }

  private Optional<Cidr> parsed(String text, Frontend frontend) {
    var cidr = Cidr.parse(text.strip());
    if (cidr.isEmpty()) {
      terms
          .findings()
          .add(
              Note.blocking(
                  "InvalidSourceRange",
                  "source range '%s' of Service %s is not a CIDR"
                      .formatted(text, frontend.service()),
                  "write for example 192.0.2.0/24"));
    }
    return cidr;
  }

  private static String some(List<String> ranges) {
    return ranges.size() <= SHOWN
        ? String.join(", ", ranges)
        : "%s and %d more"
            .formatted(String.join(", ", ranges.subList(0, SHOWN)), ranges.size() - SHOWN);
  }

  private Note notEnforced(Frontend frontend) {
    var message =
        "the source ranges of Service %s (%s) cannot be enforced by provider %s (Octavia API 2.%d)"
            .formatted(
                frontend.service(),
                some(frontend.traffic().sourceRanges()),
                terms.provider(),
                terms.abilities().minor());
    return unenforced
        ? Note.warning(
            "SourceRangesNotEnforced",
            message + ": everybody may connect",
            "remove them, or annotation " + ListenerAnnotations.ALLOW_UNENFORCED.key())
        : Note.blocking(
            "SourceRangesNotEnforced",
            message,
            terms.isOvn()
                ? "set manage-security-groups in cloud.conf, choose another provider in %s, or have"
                        .formatted(PlacementAnnotations.PROVIDER.key())
                    + " everybody let in with %s: true"
                        .formatted(ListenerAnnotations.ALLOW_UNENFORCED.key())
                : "have everybody let in with %s: true, or Octavia updated"
                    .formatted(ListenerAnnotations.ALLOW_UNENFORCED.key()));
  }
}
