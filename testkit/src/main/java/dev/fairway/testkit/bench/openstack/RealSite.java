// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import dev.fairway.testkit.openstack.OpenStackProxy;
import dev.fairway.testkit.openstack.lab.LabOptions;
import dev.fairway.testkit.openstack.lab.OpenStackLab;
import java.nio.file.Path;
import java.time.Duration;

/// Keystone, Neutron and Octavia as they are released. No machines are behind the load balancers.
record RealSite(OpenStackLab lab) implements OpenStackSite {
  static RealSite start(Path directory) {
    return new RealSite(OpenStackLab.start(directory, LabOptions.PLAIN));
  }

  @Override
  public String name() {
    return "real";
  }

  @Override
  public Tenancy tenancy() {
    var seed = lab.seed();
    var demo = seed.demo();
    return new Tenancy(
        seed.authUrl(),
        seed.loadBalancerUrl(),
        seed.networkUrl(),
        seed.region(),
        demo.login(),
        new Tenancy.Credential(demo.applicationCredentialId(), demo.applicationCredentialSecret()),
        demo.subnet(),
        seed.external().network(),
        octets(demo.nodes().getFirst().address()));
  }

  private static String octets(String address) {
    return address.substring(0, address.indexOf('.', address.indexOf('.') + 1));
  }

  @Override
  public void takes(Duration boot) {
    // It takes the time it takes.
  }

  // Keystone's clients would believe in a token that it revoked for as long as they remember it.
  @Override
  public void expireTokens(OpenStackProxy proxy) {
    var _ = proxy.faults().add(new ExpiredTokens());
  }

  @Override
  public void close() {
    lab.close();
  }
}
