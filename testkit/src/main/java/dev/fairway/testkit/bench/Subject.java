// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import dev.fairway.testkit.kube.User;
import dev.fairway.testkit.process.ChildProcess;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// A controller that can be measured.
interface Subject {
  /// For messages and files.
  String name();

  /// As whom it speaks to the API server.
  User user();

  /// Starts a process of it.
  ///
  /// @param hurried whether it may have settings other than its own to be faster: where its pace is
  ///   not what is measured, and would take long
  Running start(boolean hurried);

  /// A process of it.
  ///
  /// @param ready whether it works
  /// @param heap what is reachable in its memory, in bytes
  record Running(ChildProcess process, BooleanSupplier ready, LongSupplier heap) {}
}
