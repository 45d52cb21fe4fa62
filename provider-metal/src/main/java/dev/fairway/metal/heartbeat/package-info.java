// SPDX-License-Identifier: Apache-2.0
/// Fail-over on the network: heartbeats by UDP, and the thread that decides.
@org.jspecify.annotations.NullMarked
package dev.fairway.metal.heartbeat;
