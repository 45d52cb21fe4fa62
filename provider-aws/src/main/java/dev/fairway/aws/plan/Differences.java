// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.model.Digest;
import dev.fairway.cloud.plan.Action;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// What a plan would change at a load balancer of somebody else, for a user to agree to.
final class Differences {
  private static final int DIGEST = 8;
  private static final int SHOWN = 8;

  private Differences() {}

  static String text(List<AwsAction> actions) {
    var shown =
        actions.stream()
            .sorted(Comparator.comparingInt(Differences::rank))
            .limit(SHOWN)
            .map(Action::summary)
            .collect(Collectors.joining("; "));
    return actions.size() <= SHOWN
        ? "this would be done: " + shown
        : "this would be done: %s; and %d more".formatted(shown, actions.size() - SHOWN);
  }

  // What is lost comes first, then what is changed, then what is added.
  private static int rank(AwsAction action) {
    return switch (action.effect()) {
      case DELETE, DISRUPT -> 0;
      case UPDATE -> counts(action) && !(action instanceof AwsAction.AllowClients) ? 1 : 2;
      case CREATE -> 2;
    };
  }

  /// Changes when something else would be done. Which nodes there are does not count: an approval
  /// outlives a node.
  static String digest(List<AwsAction> actions) {
    return Digest.of(
        DIGEST, actions.stream().filter(Differences::counts).map(Action::summary).toList());
  }

  private static boolean counts(AwsAction action) {
    return !(action instanceof AwsAction.Register)
        && !(action instanceof AwsAction.Deregister)
        && !(action instanceof AwsAction.SyncTargets)
        && !(action instanceof AwsAction.OpenNodePorts)
        && !(action instanceof AwsAction.CreateBackendGroup);
  }
}
