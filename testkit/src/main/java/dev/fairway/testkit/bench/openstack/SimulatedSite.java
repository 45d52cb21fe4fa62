// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import dev.fairway.testkit.openstack.OpenStackProxy;
import dev.fairway.testkit.openstack.SimulatedOpenStack;
import dev.fairway.testkit.openstack.fault.Attempt;
import dev.fairway.testkit.openstack.lab.LabSeed;
import java.net.URI;
import java.time.Duration;

/// The simulated one.
record SimulatedSite(SimulatedOpenStack simulated) implements OpenStackSite {
  static SimulatedSite start() {
    return new SimulatedSite(SimulatedOpenStack.start());
  }

  @Override
  public String name() {
    return "simulated";
  }

  @Override
  public Tenancy tenancy() {
    var seed = simulated.seed();
    return new Tenancy(
        seed.authUrl(),
        service(Attempt.LOAD_BALANCER),
        service(Attempt.NETWORK),
        seed.region(),
        new LabSeed.Login("demo", seed.password(), "demo"),
        new Tenancy.Credential(seed.applicationCredential(), seed.applicationCredentialSecret()),
        seed.privateSubnet(),
        seed.publicNetwork(),
        "10.0");
  }

  private URI service(String name) {
    return simulated.authUrl().resolve("/" + name);
  }

  @Override
  public void takes(Duration boot) {
    simulated.delay(boot);
  }

  @Override
  public void expireTokens(OpenStackProxy proxy) {
    simulated.revokeTokens();
  }

  @Override
  public void close() {
    simulated.close();
  }
}
