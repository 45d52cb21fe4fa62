// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import dev.fairway.testkit.openstack.lab.LabSeed;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/// A project in an OpenStack, and where its services really are.
///
/// @param authUrl ends in `/v3`
/// @param loadBalancers Octavia, without a version
/// @param network Neutron, without a version
/// @param credential the application credential that controllers use
/// @param subnet of load balancers and nodes
/// @param octets the first two of the subnet's addresses, as in `10.0`
record Tenancy(
    URI authUrl,
    URI loadBalancers,
    URI network,
    String region,
    LabSeed.Login login,
    Credential credential,
    String subnet,
    String floatingNetwork,
    String octets) {
  private static final int IN_A_BLOCK = 200;
  // Neutron gives away the addresses below.
  private static final int FIRST_BLOCK = 10;

  /// An application credential.
  record Credential(String id, String secret) {
    @Override
    public String toString() {
      return id;
    }
  }

  /// For the template of a cloud.conf.
  ///
  /// @param proxied where controllers find Keystone
  Map<String, String> words(URI proxied) {
    return Map.of(
        "authUrl",
        proxied.toString(),
        "region",
        region,
        "credentialId",
        credential.id(),
        "credentialSecret",
        credential.secret(),
        "subnet",
        subnet,
        "floatingNetwork",
        floatingNetwork);
  }

  /// Machines that are only addresses in the subnet.
  ///
  /// @param from the number of the first one, from 1
  List<LabSeed.Node> machines(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(this::machine).toList();
  }

  private LabSeed.Node machine(int number) {
    return new LabSeed.Node(
        "node-" + number,
        new UUID(0, number).toString(),
        "",
        "%s.%d.%d".formatted(octets, FIRST_BLOCK + number / IN_A_BLOCK, number % IN_A_BLOCK + 1),
        "2001:db8:1::a:%x".formatted(number));
  }
}
