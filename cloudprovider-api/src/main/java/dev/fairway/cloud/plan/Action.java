// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.plan;

/// One step of a plan: as small as one write to the cloud. Every provider seals a hierarchy of its
/// own below it.
///
/// Actions are values: equal ones do the same, and applying one twice has the effect of applying it
/// once.
public interface Action {
  Effect effect();

  /// What is done to what, in one line: dry-run, log, trace and event show exactly this. Never
  /// contains a secret.
  String summary();
}
