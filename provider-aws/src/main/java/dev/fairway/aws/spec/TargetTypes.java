// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.annotation.Findings;
import java.util.Map;

/// What is registered as targets, as annotations say it.
public final class TargetTypes {
  private TargetTypes() {}

  /// Whether pods are the targets of a load balancer whose oldest Service has these annotations.
  public static boolean arePods(Map<String, String> annotations, Defaults defaults) {
    return read(new Findings(annotations), defaults) == TargetType.IP;
  }

  static TargetType read(Findings findings, Defaults defaults) {
    var asked = findings.read(TargetAnnotations.TYPE);
    return findings
        .read(LoadBalancerAnnotations.TYPE)
        .filter(type -> type.equals("nlb-ip"))
        .map(_ -> TargetType.IP)
        .or(() -> asked)
        .orElse(defaults.targetType());
  }
}
