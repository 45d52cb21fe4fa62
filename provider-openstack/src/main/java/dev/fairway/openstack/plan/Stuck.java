// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import dev.fairway.cloud.plan.Note;
import dev.fairway.openstack.model.Balancer;
import dev.fairway.openstack.model.Troubles;
import java.time.Duration;

/// Octavia is at work on a load balancer, or on what is on one that it calls ACTIVE. It tells the
/// end of the first only: for that of the second, somebody has to look.
final class Stuck {
  private static final Duration SOONEST = Duration.ofSeconds(1);
  private static final Duration LATEST = Duration.ofSeconds(30);
  private static final int SHARE = 5;

  private Stuck() {}

  /// The next look at what is on a load balancer: the longer it has taken, the later.
  static Steps await(Pass pass, Balancer balancer) {
    var pause =
        pass.seen()
            .troublesOf(balancer)
            .pendingSince()
            .map(since -> Duration.between(since, pass.seen().at()).dividedBy(SHARE))
            .filter(share -> share.compareTo(SOONEST) > 0)
            .map(share -> share.compareTo(LATEST) < 0 ? share : LATEST)
            .orElse(SOONEST);
    return Steps.await(pause, "Octavia is still at work on what is on the load balancer");
  }

  /// Tells of what takes so long that it may never end.
  static void tell(Pass pass, Balancer balancer) {
    var after = pass.setup().options().stuckAfter();
    var since = pass.seen().troublesOf(balancer).pendingSince();
    if (since.isPresent() && Troubles.past(since, after, pass.seen().at())) {
      pass.notes()
          .add(
              Note.warning(
                  "StuckInOctavia",
                  "Octavia has been at work on %sload balancer %s for more than %d minutes (%s)"
                      .formatted(
                          balancer.pending() ? "" : "what is on ",
                          balancer.id(),
                          after.toMinutes(),
                          balancer.provisioning()),
                  "ask the operator of the cloud to look after it; it goes on by itself when"
                      + " Octavia is done"));
    }
  }
}
