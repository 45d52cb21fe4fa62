// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.migrate;

import dev.fairway.cloud.migration.Migration;
import dev.fairway.cloud.migration.Move;
import dev.fairway.cloud.migration.Source;
import dev.fairway.cloud.migration.Source.Part;
import dev.fairway.metal.pool.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `fairway migrate metallb`. What MetalLB's fields mean is described in its API reference
/// (metallb.io, group `metallb.io`, versions v1beta1 and v1beta2).
public final class MetalLbMigration implements Migration {
  private static final String GROUP = "metallb.io";

  @Override
  public String name() {
    return Ours.ORIGIN;
  }

  @Override
  public Source source() {
    return new Source(
        "MetalLB",
        GROUP,
        "metallb-system",
        Set.of("ServiceL2Status", "ServiceBGPStatus", "ConfigurationState"),
        List.of(
            Part.all("v1", "services"),
            Part.all("v1", "nodes").ifPermitted(),
            Part.all("apps/v1", "deployments").ofNamespace().ifPermitted(),
            Part.all("apps/v1", "daemonsets").ofNamespace().ifPermitted(),
            Part.all("v1", "configmaps").ofNamespace().named("bgpextras").ifPermitted()));
  }

  @Override
  public Move plan(String namespace, List<Map<String, Object>> objects) {
    var all = objects.stream().map(Manifest::new).toList();
    var findings = new Findings();
    var theirs = theirs(namespace, all, findings);
    var scope = Scope.of(in(namespace, all));
    var pools = new PoolMapping(ofKind("IPAddressPool", theirs), findings);
    var announcements = new AnnouncementMapping(ofKind("L2Advertisement", theirs), pools, findings);
    BgpRefusal.of(theirs, findings);
    BgpRefusal.ofExtras(ofKind("ConfigMap", in(namespace, all)), findings);
    scope.report(findings);
    var services = served(all, scope, findings);
    var kept = new ServiceMapping(services, pools, announcements, nodes(all), findings);
    var ours = new ArrayList<>(pools.objects());
    ours.addAll(kept.objects());
    ours.addAll(announcements.objects());
    var guide = guide(namespace, scope, services, kept.count());
    return new Move(ours, findings.all(), guide.handOver(), guide.wayBack());
  }

  private List<Manifest> theirs(String namespace, List<Manifest> all, Findings findings) {
    var ofGroup =
        all.stream()
            .filter(object -> object.group().equals(GROUP))
            .filter(object -> !source().written().contains(object.kind()))
            .toList();
    ofGroup.stream()
        .filter(object -> !object.namespace().equals(namespace))
        .forEach(object ->
            findings.differs(
                object,
                "",
                "left out: MetalLB reads only what is in its own namespace, %s"
                    .formatted(namespace)));
    return in(namespace, ofGroup);
  }

  private static List<Manifest> in(String namespace, List<Manifest> objects) {
    return objects.stream().filter(object -> object.namespace().equals(namespace)).toList();
  }

  private static List<Manifest> ofKind(String kind, List<Manifest> objects) {
    return objects.stream().filter(object -> object.kind().equals(kind)).toList();
  }

  private static List<Balanced> served(List<Manifest> all, Scope scope, Findings findings) {
    var served = new ArrayList<Balanced>();
    for (var service : all.stream().filter(Balanced::is).map(Balanced::new).toList()) {
      if (scope.serves(service)) {
        served.add(service);
      } else {
        findings.maps(
            service.service(),
            "spec.loadBalancerClass",
            "%s: not MetalLB's, left alone"
                .formatted(service.loadBalancerClass().orElse("no class")));
      }
    }
    return served;
  }

  private static Map<IpAddress, String> nodes(List<Manifest> all) {
    var addresses = new HashMap<IpAddress, String>();
    for (var node : ofKind("Node", all)) {
      node.part("status").parts("addresses").stream()
          .flatMap(one -> one.text("address").flatMap(IpAddress::parse).stream())
          .forEach(address -> addresses.put(address, node.name()));
    }
    return addresses;
  }

  private static Guide guide(String namespace, Scope scope, List<Balanced> services, int count) {
    var classes =
        services.stream().flatMap(one -> one.loadBalancerClass().stream()).distinct().toList();
    var named = new ArrayList<>(classes);
    scope.loadBalancerClass().filter(one -> !named.contains(one)).ifPresent(named::add);
    return new Guide(namespace, scope, named, scope.loadBalancerClass().isEmpty(), count);
  }
}
