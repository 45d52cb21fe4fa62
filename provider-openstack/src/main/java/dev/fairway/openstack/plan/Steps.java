// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import dev.fairway.cloud.plan.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Steps, and when to look again.
record Steps(List<OpenStackAction> actions, Optional<Await> await) {
  static final Steps NONE = new Steps(List.of(), Optional.empty());

  Steps {
    actions = List.copyOf(actions);
  }

  static Steps of(List<? extends OpenStackAction> actions) {
    return new Steps(List.copyOf(actions), Optional.empty());
  }

  static Steps of(OpenStackAction... actions) {
    return of(List.of(actions));
  }

  /// Look again because of what Octavia does. It is told when that ends; the time is for when even
  /// that fails.
  static Steps await(String because) {
    return await(Duration.ofSeconds(30), because);
  }

  static Steps await(Duration after, String because) {
    return new Steps(List.of(), Optional.of(new Await(after, because)));
  }

  Steps then(Steps next) {
    var all = new ArrayList<>(actions);
    all.addAll(next.actions);
    return new Steps(
        all,
        Stream.concat(await.stream(), next.await.stream()).min(Comparator.comparing(Await::after)));
  }
}
