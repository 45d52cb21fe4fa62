// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

import java.util.Comparator;
import java.util.Optional;

/// A pod that serves a port of a Service, for clouds that send traffic to pods and pass by the
/// nodes. Ordered by address and port.
///
/// @param address an IP literal, as the EndpointSlice has it
/// @param port where the pod listens, 1 to 65535: not the port of the Service
/// @param node the name of its Node object; empty for endpoints outside of the cluster
/// @param zone where it runs (`topology.kubernetes.io/zone`), if that is known
public record Endpoint(
    String address, IpFamily family, int port, Optional<String> node, Optional<String> zone)
    implements Comparable<Endpoint> {
  private static final Comparator<Endpoint> ORDER =
      Comparator.comparing(Endpoint::address)
          .thenComparingInt(Endpoint::port)
          .thenComparing(Endpoint::family)
          .thenComparing(endpoint -> endpoint.node().orElse(""))
          .thenComparing(endpoint -> endpoint.zone().orElse(""));

  @Override
  public int compareTo(Endpoint other) {
    return ORDER.compare(this, other);
  }
}
