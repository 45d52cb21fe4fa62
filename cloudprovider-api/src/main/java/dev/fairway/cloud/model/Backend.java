// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

import java.util.OptionalInt;

/// Where on a node the traffic of a frontend goes in.
///
/// @param nodePort the node port (1 to 65535); empty when the Service has none
///   (`allocateLoadBalancerNodePorts: false`), which only providers that announce the address
///   itself can serve
public record Backend(OptionalInt nodePort) {}
