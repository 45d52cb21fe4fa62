// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

/// An HTTP check that tells which nodes may receive traffic, answered by kube-proxy on every node.
///
/// @param port the node's port, 1 to 65535
/// @param path the request path; a 200 answer means healthy
public record HealthCheck(int port, String path) {}
