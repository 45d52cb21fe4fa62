// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import dev.fairway.testkit.bench.Processes.Started;
import java.util.Map;
import java.util.OptionalInt;

/// A controller that can be measured.
interface OpenStackSubject {
  /// The name of the cluster, as it is in the names of load balancers.
  String CLUSTER = "bench";

  /// For messages and files.
  String name();

  /// Whether it looks at everything again by itself.
  boolean audits();

  /// Starts a process of it.
  ///
  /// @param words of its cloud.conf
  Started start(Pace pace, Map<String, String> words);

  /// How a process is started.
  ///
  /// @param hurried whether it may have settings other than its own to be faster: where its pace is
  ///   not what is measured, and would take long
  /// @param auditSeconds how often it looks at everything again, 0 for never; only of who does so
  /// @param workers how many Services it works on at a time; empty for its own default
  record Pace(boolean hurried, int auditSeconds, OptionalInt workers) {
    /// With the settings it has by itself, and no audit.
    static final Pace PLAIN = new Pace(false, 0, OptionalInt.empty());

    Pace inHurry() {
      return new Pace(true, auditSeconds, workers);
    }

    Pace auditing(int seconds) {
      return new Pace(hurried, seconds, workers);
    }

    Pace with(int count) {
      return new Pace(hurried, auditSeconds, OptionalInt.of(count));
    }
  }

  /// How the load balancer of a Service is named; both controllers agree on that.
  static String balancer(String namespace, String service) {
    return "kube_service_%s_%s_%s".formatted(CLUSTER, namespace, service);
  }
}
