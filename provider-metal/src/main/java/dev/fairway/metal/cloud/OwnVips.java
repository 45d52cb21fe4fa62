// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.metal.heartbeat.OwnedVip;
import dev.fairway.metal.heartbeat.Roster;
import dev.fairway.metal.model.Answering;
import dev.fairway.metal.model.Holding;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The VIPs and their owners, as the API server has them. While it cannot be reached, the last
/// known ones stay: traffic must not depend on it.
final class OwnVips implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OwnVips.class);

  private static final long TOGETHER_MILLIS = 20;

  private final KubernetesClient client;
  private final Consumer<Roster> told;
  private final Consumer<IpAddress> seen;
  private final SharedIndexInformer<VipResource> vips;
  private final AtomicBoolean dirty = new AtomicBoolean();
  private final ScheduledExecutorService reader =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("roster").factory());
  private volatile boolean known;

  /// @param told all of it, after every change; of changes that come fast, only the last
  /// @param seen is told of each Vip object that was not there before
  OwnVips(KubernetesClient client, Consumer<Roster> told, Consumer<IpAddress> seen) {
    this.client = client;
    this.told = told;
    this.seen = seen;
    this.vips = client.resources(VipResource.class).runnableInformer(0);
    vips.addEventHandler(new Changes());
  }

  /// Begins to read in the background; keeps trying while the API server cannot be reached.
  ///
  /// @param then once they were read the first time
  void start(Runnable then) {
    vips.exceptionHandler((_, error) -> {
      LOG.warn("cannot watch Vips, trying again: {}", error.getMessage());
      return true;
    });
    vips.start()
        .whenComplete((_, error) -> {
          if (error == null) {
            known = true;
            changed();
            then.run();
          }
        });
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
    var watched = vips.lastSyncResourceVersion();
    if (watched == null || Long.parseLong(watched) < Long.parseLong(version)) {
      told.accept(roster(listed));
    } else {
      tell();
    }
  }

  private synchronized void tell() {
    told.accept(roster(vips.getIndexer().list()));
  }

  private void changed() {
    if (known && dirty.compareAndSet(false, true)) {
      try {
        // All is told each time: of a thousand changes, one by one, that would be a thousand times.
        var _ =
            reader.schedule(
                () -> {
                  dirty.set(false);
                  tell();
                },
                TOGETHER_MILLIS,
                TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException _) {
        LOG.debug("a change of Vips came after the end");
      }
    }
  }

  static Roster roster(Collection<VipResource> resources) {
    List<OwnedVip> owned = new ArrayList<>();
    Map<String, IpAddress> addresses = new HashMap<>();
    Set<MacAddress> macs = new HashSet<>();
    for (var resource : resources) {
      if (Resources.holding(resource).orElse(null) instanceof Holding.InUse(_, var vip)) {
        owned.add(Resources.owned(vip, resource));
        var both = Math.min(vip.owners().size(), vip.ownerAddresses().size());
        for (var i = 0; i < both; i++) {
          var owner = vip.owners().get(i);
          IpAddress.parse(vip.ownerAddresses().get(i))
              .ifPresent(address -> addresses.put(owner, address));
        }
      }
      Resources.answering(resource)
          .map(Answering::mac)
          .flatMap(MacAddress::parse)
          .ifPresent(macs::add);
    }
    return new Roster(owned, addresses, macs);
  }

  @Override
  public void close() {
    vips.stop();
    reader.close();
  }

  private final class Changes implements ResourceEventHandler<VipResource> {
    @Override
    public void onAdd(VipResource vip) {
      changed();
      Resources.holding(vip).ifPresent(holding -> seen.accept(holding.address()));
    }

    @Override
    public void onUpdate(VipResource old, VipResource now) {
      if (matters(old, now)) {
        changed();
      }
    }

    private static boolean matters(VipResource old, VipResource now) {
      return !Objects.equals(old.getSpec(), now.getSpec())
          || Resources.probed(old) != Resources.probed(now)
          || !Resources.answering(old)
              .map(Answering::mac)
              .equals(Resources.answering(now).map(Answering::mac));
    }

    @Override
    public void onDelete(VipResource vip, boolean finalStateUnknown) {
      changed();
    }
  }
}
