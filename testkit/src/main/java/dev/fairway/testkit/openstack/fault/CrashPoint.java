// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.fault;

import java.time.Instant;
import java.util.Optional;

/// The caller dies right after OpenStack has done its n-th mutating call: that answer is lost, and
/// from then on no connection holds until [#mend()].
public final class CrashPoint implements FaultRule {
  private final Runnable crash;
  private int left;
  private boolean broken;

  /// @param n counted from 1; tokens do not count
  /// @param crash called once, when the n-th call has been carried out; ends the caller, and
  ///   returns when it is gone
  public CrashPoint(int n, Runnable crash) {
    this.left = n;
    this.crash = crash;
  }

  @Override
  public synchronized Optional<Fault> at(Attempt attempt, Instant now) {
    if (broken) {
      return Optional.of(new Fault.ResetBefore());
    }
    if (!attempt.mutating() || --left != 0) {
      return Optional.empty();
    }
    broken = true;
    return Optional.of(new Fault.ResetAfter(crash));
  }

  /// Whether the n-th call has come.
  public synchronized boolean reached() {
    return left <= 0;
  }

  /// All is well from now on.
  public synchronized void mend() {
    broken = false;
  }
}
