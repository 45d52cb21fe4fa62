// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import dev.fairway.openstack.model.Abilities;
import dev.fairway.openstack.model.Balancer;
import dev.fairway.openstack.model.Listener;
import dev.fairway.openstack.spec.ListenerSpec;
import dev.fairway.openstack.spec.Spec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which clients a load balancer lets in. It may be of another provider than the one that was asked
/// for: that of somebody else, one that is to be replaced, or one that the group is leaving.
final class Admission {
  private final Pass pass;
  private final Spec spec;
  private final Balancer balancer;
  private final Set<String> everybody;

  Admission(Pass pass, Spec spec, Balancer balancer) {
    this.pass = pass;
    this.spec = spec;
    this.balancer = balancer;
    this.everybody =
        Stream.concat(Stream.of(balancer.vip()), balancer.additionalVips().stream())
            .map(vip -> vip.address().contains(":") ? "::/0" : "0.0.0.0/0")
            .collect(Collectors.toSet());
  }

  /// What it lets in now.
  Ranges now(Listener is) {
    return canonical(is.allowedCidrs());
  }

  static Ranges of(ListenerSpec wanted) {
    return new Ranges(wanted.allowedCidrs());
  }

  /// A listener as this load balancer can have it; empty when it would let in clients that were not
  /// asked for.
  ///
  /// @param there whether there is one already
  Optional<ListenerSpec> fit(ListenerSpec wanted, boolean there) {
    var abilities = pass.seen().around().abilities();
    if (abilities.allowedCidrs(balancer.provider())) {
      var ranges = reachable(wanted.sourceRanges());
      return ranges.isEmpty() && !wanted.sourceRanges().isEmpty()
          ? Optional.empty()
          : Optional.of(wanted.allowing(canonical(ranges).cidrs()));
    }
    return Abilities.isOvn(spec.frame().provider())
            || wanted.sourceRanges().isEmpty()
            || spec.unenforced()
            || (there && guarded(wanted))
        ? Optional.of(wanted.allowing(List.of()))
        : Optional.empty();
  }

  // Octavia refuses ranges of a family of which the load balancer has no address.
  private List<String> reachable(List<String> ranges) {
    return ranges.stream()
        .filter(
            range -> everybody.stream().anyMatch(all -> all.contains(":") == range.contains(":")))
        .toList();
  }

  // The present controller writes out that everybody may connect, which is the same as nothing.
  private Ranges canonical(List<String> cidrs) {
    return new Ranges(cidrs.containsAll(everybody) ? List.of() : cidrs);
  }

  // The nodes see the clients' own addresses then, and keep out all others.
  private boolean guarded(ListenerSpec wanted) {
    var transport = Listener.transport(wanted.protocol()).toLowerCase(Locale.ROOT);
    var nodePorts =
        wanted.pool().members().stream().map(ListenerSpec.MemberSpec::port).distinct().toList();
    var rules =
        pass.seen().around().access().of(pass.key()).stream()
            .filter(rule -> rule.transport().equals(transport))
            .filter(rule -> nodePorts.contains(rule.fromPort()))
            .toList();
    var asked = new Ranges(wanted.sourceRanges());
    return !rules.isEmpty()
        && rules.stream().allMatch(rule -> new Ranges(List.of(rule.remoteCidr())).within(asked));
  }
}
