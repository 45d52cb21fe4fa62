// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import dev.fairway.testkit.bench.Processes.Started;
import java.util.List;

/// A controller that can be measured.
interface AwsSubject {
  /// For messages and files.
  String name();

  /// The Lease by which its processes agree who leads.
  LeaseName lease();

  /// What a reader of its figures must know.
  List<String> notes();

  /// Starts a process of it.
  Started start(Launch launch, AwsPlace place);

  /// @param namespace of the Lease
  /// @param name of the Lease
  record LeaseName(String namespace, String name) {}

  /// How a process is started.
  ///
  /// @param id of the process, for its files
  /// @param hurried whether it may have settings other than its own to be faster: where its pace is
  ///   not what is measured, and would take long
  /// @param elects whether it leads only while it holds the Lease
  /// @param crowded whether there will be more Services than the security group of the nodes has
  ///   room for, which is 60 rules: a controller that opens it for each is told not to
  record Launch(String id, boolean hurried, boolean elects, boolean crowded) {
    /// One process alone, with the settings it has by itself.
    static final Launch PLAIN = new Launch("a", false, false, false);

    Launch inHurry() {
      return new Launch(id, true, elects, crowded);
    }

    Launch electing(String as) {
      return new Launch(as, hurried, true, crowded);
    }

    Launch forMany() {
      return new Launch(id, hurried, elects, true);
    }
  }
}
