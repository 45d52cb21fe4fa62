// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import dev.fairway.cloud.model.Desired;
import dev.fairway.openstack.model.Balancer;
import dev.fairway.openstack.model.Surroundings;
import dev.fairway.openstack.spec.Exposure;
import dev.fairway.openstack.spec.Frame;
import dev.fairway.openstack.spec.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What Octavia cannot change.
final class Frames {
  private Frames() {}

  /// What of a load balancer is not as it should be. What was not asked for may be anything.
  static List<String> differences(Frame wanted, Balancer is) {
    var differences = new ArrayList<String>();
    if (!provider(wanted.provider()).equals(provider(is.provider()))) {
      differences.add(
          "the provider (%s, wanted is %s)".formatted(is.provider(), wanted.provider()));
    }
    compare("the flavor", wanted.flavor(), is.flavor().orElse("none"), differences);
    compare(
        "the availability zone",
        wanted.availabilityZone(),
        is.availabilityZone().orElse("none"),
        differences);
    var vip = wanted.vip();
    compare("the VIP port", vip.port(), is.vip().port(), differences);
    if (vip.port().isEmpty()) {
      compare("the VIP subnet", vip.subnet(), is.vip().subnet(), differences);
      compare("the VIP address", vip.address(), is.vip().address(), differences);
      if (vip.subnet().isEmpty()) {
        compare("the VIP network", vip.network(), is.vip().network(), differences);
      }
    }
    for (var extra : wanted.additionalVips()) {
      if (is.additionalVips().stream()
          .noneMatch(vipSeen -> extra.subnet().equals(Optional.of(vipSeen.subnet())))) {
        differences.add("the additional VIPs");
      }
    }
    return differences;
  }

  // Two names of one driver.
  private static String provider(String name) {
    return name.equals("octavia") ? "amphora" : name;
  }

  private static void compare(
      String what, Optional<String> wanted, String is, List<String> differences) {
    wanted
        .filter(value -> !value.equals(is))
        .ifPresent(value ->
            differences.add(
                "%s (%s, wanted is %s)".formatted(what, is.isEmpty() ? "none" : is, value)));
  }

  /// The address that clients of an internal load balancer use already, if it can be had again.
  static Optional<String> preferred(Spec spec, Desired.Present desired, Surroundings around) {
    var vip = spec.frame().vip();
    if (vip.address().isPresent()
        || vip.port().isPresent()
        || spec.exposure() instanceof Exposure.Floating) {
      return Optional.empty();
    }
    return vip.subnet()
        .flatMap(around::subnet)
        .flatMap(subnet ->
            desired.addresses().preferred().stream().filter(subnet::contains).findFirst());
  }
}
