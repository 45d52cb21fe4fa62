// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.model.Target;
import java.util.Optional;
import java.util.regex.Pattern;

/// The instance that a node is.
public final class InstanceId {
  // cloud-provider-aws, instances.go: aws:///ZONE/INSTANCE or aws:////INSTANCE or INSTANCE.
  private static final Pattern PROVIDER_ID = Pattern.compile("(?:aws://.*/)?(i-[0-9a-z]+)");

  private InstanceId() {}

  /// Empty when the node has no provider id of AWS.
  public static Optional<String> of(Target node) {
    return node.providerId()
        .map(PROVIDER_ID::matcher)
        .filter(match -> match.matches())
        .map(match -> match.group(1));
  }
}
