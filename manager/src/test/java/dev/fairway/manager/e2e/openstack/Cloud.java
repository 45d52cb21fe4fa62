// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.openstack;

import dev.fairway.testkit.openstack.OpenStackSeed;
import dev.fairway.testkit.openstack.SimulatedOpenStack;
import dev.fairway.testkit.openstack.lab.OpenStackLab;
import java.util.Map;

/// An OpenStack under test, and what only its operators can do to it.
interface Cloud extends AutoCloseable {
  OpenStackSeed seed();

  /// An address in the private subnet that no node has.
  ///
  /// @param node 1 to 250
  String nodeAddress(int node);

  /// Puts a load balancer into `ERROR`.
  void fail(String balancer);

  /// @param kind `loadbalancer`, `listener` or `floatingip`
  /// @param most -1 for no limit
  void quota(String kind, int most);

  @Override
  void close();

  /// The one in this process: changes are done when somebody next looks.
  record Simulated(SimulatedOpenStack openStack) implements Cloud {
    static Simulated start() {
      return new Simulated(SimulatedOpenStack.start());
    }

    @Override
    public OpenStackSeed seed() {
      return openStack.seed();
    }

    @Override
    public String nodeAddress(int node) {
      return "10.0.1." + node;
    }

    @Override
    public void fail(String balancer) {
      openStack.setStatus(balancer, "ERROR", "ERROR");
    }

    @Override
    public void quota(String kind, int most) {
      openStack.setQuota(kind, most);
    }

    @Override
    public void close() {
      openStack.close();
    }
  }

  /// Real services, which the test run shares.
  record Real(OpenStackLab lab) implements Cloud {
    private static final Map<String, String> KINDS = Map.of("loadbalancer", "load_balancer");

    @Override
    public OpenStackSeed seed() {
      return lab.seed().asSeed();
    }

    @Override
    public String nodeAddress(int node) {
      return "198.19.15." + node;
    }

    @Override
    public void fail(String balancer) {
      lab.setStatus(balancer, "ERROR");
    }

    @Override
    public void quota(String kind, int most) {
      if (kind.equals("floatingip")) {
        lab.setNetworkQuota(kind, most);
      } else {
        lab.setQuota(KINDS.getOrDefault(kind, kind), most);
      }
    }

    @Override
    public void close() {}
  }
}
