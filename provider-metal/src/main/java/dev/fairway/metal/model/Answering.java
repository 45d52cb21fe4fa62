// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

/// Who answers for an address, by its own word in the status of the Vip.
///
/// @param since RFC 3339
public record Answering(String node, String mac, String interfaceName, String since) {}
