// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.annotation.Findings;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.ExternalTrafficPolicy;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.plan.Note;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads what the Services of a group ask for. Reading is checking: all that is the matter is told
/// at once, before any call is made.
public final class SpecReader {
  private final Desired.Present present;
  private final Defaults defaults;
  private final Findings findings;

  private SpecReader(Desired.Present present, Defaults defaults) {
    this.present = present;
    this.defaults = defaults;
    this.findings = new Findings(present.annotations());
  }

  /// What should be, in the words of ELBv2. Unknown keys are not told here: the core does that.
  public static SpecReading read(Desired.Present present, Defaults defaults) {
    return new SpecReader(present, defaults).read();
  }

  private SpecReading read() {
    var placement = Placement.read(present.addresses(), defaults, findings);
    var settings = Settings.read(defaults, findings);
    var admittance =
        Admittance.read(present.frontends(), placement.dualstack(), defaults, findings);
    var spec =
        new Spec(
            findings.read(LoadBalancerAnnotations.NAME),
            placement.scheme(),
            placement.addressType(),
            placement.subnets(),
            placement.fixed(),
            admittance.groups(),
            settings.attributes(),
            settings.tags(),
            admittance.privateLink(),
            findings.read(LoadBalancerAnnotations.ADOPT),
            findings.read(LoadBalancerAnnotations.ADOPT_APPROVED),
            findings.read(LoadBalancerAnnotations.MAKE_BEFORE_BREAK).orElse(false),
            listeners(admittance, placement.dualstack()));
    LeftOutAnnotations.tell(findings);
    return new SpecReading(
        findings.blocking() ? Optional.empty() : Optional.of(spec), findings.notes());
  }

  private List<ListenerSpec> listeners(Admittance admittance, boolean dualstack) {
    var reach =
        new Reach(
            TargetTypes.read(findings, defaults),
            present.addresses().families().getFirst(),
            dualstack);
    var tls = TlsReader.read(present.frontends(), defaults, findings);
    var slots =
        new Slots(
                present.services(),
                findings.read(ListenerAnnotations.TCP_UDP).orElse(true),
                tls::takesTls,
                reach::same)
            .of(reach.reachable(present.frontends(), findings), findings);
    var groups = groups(reach, tls);
    var attributes = new ListenerAttributes(slots, findings);
    return slots.stream()
        .map(slot ->
            new ListenerSpec(
                slot.port(),
                slot.protocol(),
                slot.services(),
                tls.tls().filter(_ -> slot.protocol() == ListenerProtocol.TLS),
                attributes.of(slot),
                admittance.sources(slot, findings),
                admittance.prefixLists(),
                groups.apply(slot)))
        .toList();
  }

  private Function<Slot, GroupSpec> groups(Reach reach, TlsReader tls) {
    var checks = new HealthCheckReader(reach, new Ports(present.frontends()), findings);
    var attributes = new GroupAttributes(present.frontends(), findings);
    var targets = targets(reach);
    return slot -> {
      var protocol = tls.ofTargets(slot.protocol());
      var group =
          new GroupSpec(
              protocol,
              reach.type(),
              reach.portOfGroup(slot.first()),
              reach.family() == IpFamily.IPV6,
              checks.of(slot.first()),
              attributes.of(slot, protocol),
              targets.apply(slot));
      warnOfProxyProtocol(slot, group);
      return group;
    };
  }

  private Function<Slot, List<TargetId>> targets(Reach reach) {
    return switch (reach.type()) {
      case IP -> slot -> reach.pods(slot.first());
      case INSTANCE -> {
        var nodes = TargetChooser.read(present.key(), present.backends(), defaults, findings);
        yield slot -> nodes.choose(slot.id(), slot.first());
      }
    };
  }

  // The header is sent with health checks too, and kube-proxy does not understand it.
  private void warnOfProxyProtocol(Slot slot, GroupSpec group) {
    if (group.type() == TargetType.INSTANCE
        && slot.first().traffic().externalPolicy() == ExternalTrafficPolicy.LOCAL
        && !group.check().protocol().equals("TCP")
        && "true".equals(group.attributes().get(KnownAttributes.PROXY_PROTOCOL))) {
      findings.add(
          Note.warning(
              "HealthCheckFails",
              "listener %s: with proxy protocol v2 and externalTrafficPolicy Local, %s health checks"
                      .formatted(slot.id(), group.check().protocol())
                  + " fail, because what answers them on the nodes does not speak it",
              "set %s to tcp and %s to traffic-port, or use proxy protocol with"
                      .formatted(HealthAnnotations.PROTOCOL.key(), HealthAnnotations.PORT.key())
                  + " externalTrafficPolicy Cluster"));
    }
  }
}
