// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import java.util.function.BooleanSupplier;

/// Where a controller can be killed in the middle of its work.
///
/// @param <K> what it makes
public interface CrashStage<K extends Enum<K>> {
  /// For the progress.
  void say(String text);

  BenchServices services();

  /// No process, no Services, and nothing in the cloud.
  void beginAnew();

  /// Starts a process, with settings that make it quick, and waits until it has looked around.
  void startInHurry();

  /// Waits until the cloud is no longer called.
  void settle();

  boolean isAlive();

  /// How many mutating calls something led to, until the controller was at rest again.
  int mutatingCallsOf(Runnable change);

  /// Kills the controller when the cloud has done its n-th mutating call from now on.
  ///
  /// @param step counted from 1
  ArmedCrash crashAfter(int step);

  /// What is in the cloud.
  Inventory<K> stock();

  /// @param reached whether the call has come
  /// @param mend makes all well again
  record ArmedCrash(BooleanSupplier reached, Runnable mend) {}
}
