// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.metal.l2.AnnouncedVip;
import dev.fairway.metal.model.Holding;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.speaker.VipFeed;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The VIPs whose first owner is this node. While the API server cannot be reached, the last known
/// ones stay: traffic must not depend on it.
final class OwnVips implements VipFeed, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OwnVips.class);

  private final KubernetesClient client;
  private final String node;
  private final Consumer<IpAddress> seen;
  private final SharedIndexInformer<VipResource> vips;
  private Optional<Consumer<Collection<AnnouncedVip>>> consumer = Optional.empty();
  private Optional<Set<AnnouncedVip>> last = Optional.empty();
  private volatile boolean known;

  /// @param seen is told of each Vip object of this node that was not there before
  OwnVips(KubernetesClient client, String node, Consumer<IpAddress> seen) {
    this.client = client;
    this.node = node;
    this.seen = seen;
    this.vips = client.resources(VipResource.class).runnableInformer(0);
    vips.addEventHandler(new Changes());
  }

  /// Begins to read in the background; keeps trying while the API server cannot be reached.
  void start() {
    vips.exceptionHandler((_, error) -> {
      LOG.warn("cannot watch Vips, trying again: {}", error.getMessage());
      return true;
    });
    vips.start()
        .whenComplete((_, error) -> {
          if (error == null) {
            known = true;
            tell();
          }
        });
  }

  /// Whether the VIPs were read once.
  boolean known() {
    return known;
  }

  @Override
  public synchronized Subscription subscribe(Consumer<Collection<AnnouncedVip>> vipConsumer) {
    consumer = Optional.of(vipConsumer);
    last.ifPresent(vipConsumer);
    return this::unsubscribe;
  }

  private synchronized void unsubscribe() {
    consumer = Optional.empty();
  }

  /// Reads anew, past the watch: after a time without contact, what the watch knows may be old
  /// news, and another node may own what this one still answers for.
  ///
  /// @throws KubernetesClientException when the API server cannot be reached
  void refresh() {
    var fresh = client.resources(VipResource.class).list();
    if (known) {
      tellNewest(fresh.getItems(), fresh.getMetadata().getResourceVersion());
    }
  }

  // The watch may have got further than the list by now.
  private synchronized void tellNewest(List<VipResource> listed, String version) {
    var watched = Optional.ofNullable(vips.lastSyncResourceVersion()).map(Long::parseLong);
    if (watched.orElse(0L) >= Long.parseLong(version)) {
      tell();
    } else {
      tell(own(listed));
    }
  }

  private synchronized void tell() {
    if (known) {
      tell(own(vips.getIndexer().list()));
    }
  }

  private synchronized void tell(Set<AnnouncedVip> own) {
    if (last.filter(own::equals).isEmpty()) {
      last = Optional.of(own);
      consumer.ifPresent(c -> c.accept(own));
      notifyAll();
    }
  }

  /// Waits until no VIP is left to this node, or the time is over.
  synchronized void awaitNone(Duration most) {
    var end = System.nanoTime() + most.toNanos();
    try {
      while (last.filter(own -> !own.isEmpty()).isPresent() && System.nanoTime() < end) {
        wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Set<AnnouncedVip> own(Collection<VipResource> resources) {
    return resources.stream()
        .flatMap(resource -> own(resource).stream())
        .map(vip -> new AnnouncedVip(vip.address(), new HashSet<>(vip.interfaces())))
        .collect(Collectors.toSet());
  }

  // What is held is announced by nobody.
  private Optional<VipView> own(VipResource resource) {
    return Resources.holding(resource)
        .filter(Holding.InUse.class::isInstance)
        .map(holding -> ((Holding.InUse) holding).vip())
        .filter(vip -> vip.owners().stream().findFirst().filter(node::equals).isPresent());
  }

  @Override
  public void close() {
    vips.stop();
  }

  private final class Changes implements ResourceEventHandler<VipResource> {
    @Override
    public void onAdd(VipResource vip) {
      tell();
      own(vip).ifPresent(own -> seen.accept(own.address()));
    }

    @Override
    public void onUpdate(VipResource old, VipResource now) {
      tell();
    }

    @Override
    public void onDelete(VipResource vip, boolean finalStateUnknown) {
      tell();
    }
  }
}
