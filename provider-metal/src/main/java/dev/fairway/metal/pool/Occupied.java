// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

/// Addresses that the cluster itself uses.
///
/// @param reason for machines: `NodeAddress`, `ServiceNetwork`, `PodNetwork`
/// @param what for people, as `node node-1` or `the Service network 10.96.0.0/12`
public record Occupied(IpRange range, String reason, String what) {}
