// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Findings;
import dev.fairway.cloud.model.Cidr;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.plan.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who may connect: security groups, source ranges and prefix lists.
///
/// @param everybody the source ranges of a frontend that names none
record Admittance(
    GroupsWish groups,
    List<String> prefixLists,
    Optional<String> privateLink,
    List<String> everybody) {

  static Admittance read(
      List<Frontend> frontends, boolean dualstack, Defaults defaults, Findings findings) {
    var prefixLists = findings.read(SecurityAnnotations.PREFIX_LISTS).orElse(List.of());
    var groups = groups(defaults, findings);
    var ours = groups instanceof GroupsWish.Managed;
    if (!ours) {
      tellOfRanges(frontends, findings);
    }
    var all = dualstack ? List.of("0.0.0.0/0", "::/0") : List.of("0.0.0.0/0");
    return new Admittance(
        groups,
        ours ? prefixLists : List.of(),
        findings.read(SecurityAnnotations.PRIVATE_LINK),
        ours && !prefixLists.isEmpty() ? List.of() : all);
  }

  private static GroupsWish groups(Defaults defaults, Findings findings) {
    var off = findings.read(SecurityAnnotations.DISABLE).orElse(false);
    var own = new ArrayList<>(findings.read(SecurityAnnotations.GROUPS).orElse(List.of()));
    var extra = findings.read(SecurityAnnotations.EXTRA_GROUPS).orElse(List.of());
    var manageBackend = findings.read(SecurityAnnotations.MANAGE_BACKEND);
    var icmp = findings.read(SecurityAnnotations.ICMP).orElse(false);
    if (off) {
      contradicts(SecurityAnnotations.GROUPS, findings);
      contradicts(SecurityAnnotations.EXTRA_GROUPS, findings);
      leftOut(findings, "remove %s".formatted(SecurityAnnotations.DISABLE.key()));
      return new GroupsWish.Off();
    }
    if (own.isEmpty() && defaults.managedGroups()) {
      return new GroupsWish.Managed(extra, icmp, manageBackend.orElse(true));
    }
    extra.stream().filter(group -> !own.contains(group)).forEach(own::add);
    leftOut(findings, "have the security groups of the load balancer say so");
    return own.isEmpty()
        ? new GroupsWish.Off()
        : new GroupsWish.Own(own, manageBackend.orElse(false));
  }

  private static void contradicts(AnnotationSpec<?> spec, Findings findings) {
    if (findings.has(spec)) {
      findings.invalid(
          spec,
          "contradicts %s".formatted(SecurityAnnotations.DISABLE.key()),
          "remove one of the two");
    }
  }

  // What only a security group of ours could do.
  private static void leftOut(Findings findings, String instead) {
    for (var spec : List.of(SecurityAnnotations.PREFIX_LISTS, SecurityAnnotations.ICMP)) {
      if (findings.has(spec)) {
        findings.notApplied(spec, instead);
      }
    }
  }

  private static void tellOfRanges(List<Frontend> frontends, Findings findings) {
    frontends.stream()
        .filter(frontend -> !frontend.traffic().sourceRanges().isEmpty())
        .map(Frontend::service)
        .distinct()
        .forEach(service ->
            findings.add(
                Note.warning(
                    "NotApplied",
                    "the source ranges of Service %s are not applied: its load balancer has no"
                            .formatted(service)
                        + " security group of Fairway's",
                    "have the security groups of the load balancer say so, or leave them to"
                        + " Fairway")));
  }

  /// The CIDRs of the clients of a listener.
  List<String> sources(Slot slot, Findings findings) {
    var ranges = slot.first().traffic().sourceRanges();
    return ranges.isEmpty()
        ? everybody
        : ranges.stream()
            .flatMap(
                range -> Cidr.parse(range.strip()).or(() -> bad(slot, range, findings)).stream())
            .map(Cidr::toString)
            .distinct()
            .toList();
  }

  private static Optional<Cidr> bad(Slot slot, String range, Findings findings) {
    findings.add(
        Note.blocking(
            "InvalidSourceRange",
            "source range '%s' of Service %s is not a CIDR"
                .formatted(range, slot.first().service()),
            "write for example 192.0.2.0/24"));
    return Optional.empty();
  }
}
