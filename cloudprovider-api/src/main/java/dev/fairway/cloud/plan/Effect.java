// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.plan;

/// What an action does to users' traffic and to the bill, in order of danger.
public enum Effect {
  CREATE,
  UPDATE,
  DELETE,
  /// Interrupts traffic that works now, although something equal comes back: a replacement.
  DISRUPT
}
