// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/// A listener as the calls so far have made it.
///
/// @param since when its target groups began to serve
record Listener(String arn, String loadBalancer, Settings settings, Instant since) {
  String protocol() {
    return settings.get("Protocol");
  }

  String port() {
    return settings.get("Port");
  }

  /// ARNs, of a plain forward and of a weighted one.
  Set<String> targetGroups() {
    return targetGroups(settings);
  }

  static Set<String> targetGroups(Settings settings) {
    var arns = new TreeSet<String>();
    settings
        .values()
        .forEach((key, value) -> {
          if (key.startsWith("DefaultActions.") && key.endsWith("TargetGroupArn")) {
            arns.add(value);
          }
        });
    return arns;
  }
}
