// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.watch;

import io.fabric8.kubernetes.api.model.Service;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Our own writes, until the watch has caught up with them: else a pass right after a write would
/// decide on what was before it, and write once more.
///
/// Resource versions of one resource are comparable as numbers since Kubernetes 1.35 (KEP-5504),
/// and were so before, without promise, wherever etcd stores them.
final class WrittenServices {
  private final Map<String, Service> written = new ConcurrentHashMap<>();
  private final Set<String> finished = ConcurrentHashMap.newKeySet();

  void put(Service service) {
    written.merge(
        service.getMetadata().getUid(), service, (old, now) -> newer(now, old) ? now : old);
  }

  /// The newer one of what the watch shows and what was written.
  Service newest(Service watched) {
    return Optional.ofNullable(written.get(watched.getMetadata().getUid()))
        .filter(mine -> newer(mine, watched))
        .orElse(watched);
  }

  /// The watch showed this: what is older is of no use any more.
  void seen(Service watched) {
    written.computeIfPresent(
        watched.getMetadata().getUid(), (_, mine) -> newer(mine, watched) ? mine : null);
  }

  void gone(Service watched) {
    written.remove(watched.getMetadata().getUid());
    finished.remove(watched.getMetadata().getUid());
  }

  /// Nothing holds the Service with this uid any more.
  void finish(String uid) {
    finished.add(uid);
  }

  boolean finished(Service watched) {
    return finished.contains(watched.getMetadata().getUid());
  }

  private static boolean newer(Service a, Service b) {
    return version(a) > version(b);
  }

  private static long version(Service service) {
    return Long.parseLong(service.getMetadata().getResourceVersion());
  }
}
