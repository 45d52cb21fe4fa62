// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.cloud.ProviderContext;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.metal.model.AnnouncementView;
import dev.fairway.metal.model.MetalObserved;
import dev.fairway.metal.model.Surroundings;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.plan.MetalAction;
import dev.fairway.metal.pool.IpAddress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// What the metal provider sees and does: reads come from watches and cost no call, a write is one
/// call.
public final class MetalCloud implements AutoCloseable {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final BooleanSupplier mayWrite;
  private final KubernetesClient client;
  private final Ledger ledger = new Ledger();
  private final MetalWatch watch;
  private final StatusWriter status;

  /// Connects and reads everything once.
  ///
  /// @throws CloudException.Unavailable when the API server cannot be reached or lacks our
  ///   resources
  public MetalCloud(ProviderContext context) {
    mayWrite = context.mayWrite();
    client = Kube.connect(context.settings(), REQUEST_TIMEOUT);
    status = new StatusWriter(client, ledger, new Written(), context.mayWrite(), context.clock());
    watch = new MetalWatch(client, ledger, context.events(), status::changed, context.clock());
    try {
      watch.start();
      status.start();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /// Everything that has a Vip.
  public List<MetalObserved> list() {
    return ledger.keys().stream()
        .sorted(Comparator.comparing(LoadBalancerKey::toString))
        .map(this::observe)
        .toList();
  }

  /// One load balancer; costs no call.
  public MetalObserved observe(LoadBalancerKey key) {
    var announcements =
        watch.announcements().stream()
            .map(Resources::announcement)
            .sorted(Comparator.comparing(AnnouncementView::name))
            .toList();
    var vips = ledger.vipsOf(key);
    return new MetalObserved(
        key,
        vips,
        new Surroundings(ledger.pools(key), announcements, watch.speakers().alive(), ledger.load()),
        watch.answering(vips));
  }

  /// One write.
  public MetalObserved apply(MetalAction action, MetalObserved seen) {
    return switch (action) {
      case MetalAction.CreateVip create -> create(create, seen);
      case MetalAction.UpdateVip update -> update(update, seen);
      case MetalAction.DeleteVip delete -> delete(delete, seen);
    };
  }

  private MetalObserved create(MetalAction.CreateVip action, MetalObserved seen) {
    var vip = action.vip();
    try {
      var created = client.resource(Resources.vip(action.key(), vip)).create();
      learn(created);
      return seen.with(vip);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw Kube.translate("create Vip " + vip.address(), "create vips.fairway.dev", e);
      }
      return seen.with(existing(action, e));
    }
  }

  // Somebody has it: we ourselves, when an answer was lost or a crash came between, or another load
  // balancer.
  private VipView existing(MetalAction.CreateVip action, KubernetesClientException conflict) {
    var address = action.vip().address();
    var present = read(address).flatMap(Resources::vip);
    if (present.isEmpty()) {
      throw new CloudException.Conflict("Vip %s came and went".formatted(address), conflict);
    }
    var holder = present.get().key();
    if (holder.equals(action.key())) {
      return present.get().view();
    }
    var message = "address %s belongs to %s".formatted(address, holder);
    if (action.requested()) {
      throw new CloudException.Rejected(
          "requested address", message, "ask for another one, or delete that Service", conflict);
    }
    throw new CloudException.Conflict(message, conflict);
  }

  private Optional<VipResource> read(IpAddress address) {
    try {
      var present =
          Optional.ofNullable(
              client.resources(VipResource.class).withName(Resources.name(address)).get());
      present.ifPresent(this::learn);
      return present;
    } catch (KubernetesClientException e) {
      throw Kube.translate("read Vip " + address, "get vips.fairway.dev", e);
    }
  }

  private MetalObserved update(MetalAction.UpdateVip action, MetalObserved seen) {
    var to = action.to();
    // The load balancer is part of the patch: if the address changed hands, the API server refuses,
    // as it is immutable.
    var patch =
        Map.of(
            "spec",
            Map.of(
                "loadBalancer",
                action.key().toString(),
                "owners",
                to.owners(),
                "interfaces",
                to.interfaces()));
    try {
      var patched =
          client
              .resource(Resources.named(new VipResource(), Resources.name(to.address())))
              .patch(MERGE, client.getKubernetesSerialization().asJson(patch));
      learn(patched);
      return seen.with(to);
    } catch (KubernetesClientException e) {
      throw Kube.translate("update Vip " + to.address(), "patch vips.fairway.dev", e);
    }
  }

  private MetalObserved delete(MetalAction.DeleteVip action, MetalObserved seen) {
    var address = action.address();
    try {
      var present = read(address);
      var mine =
          present.flatMap(Resources::vip).map(vip -> vip.key().equals(action.key())).orElse(false);
      if (mine) {
        var resource = present.orElseThrow();
        // The read may have taken long: the Lease may be lost since the core asked.
        if (!mayWrite.getAsBoolean()) {
          throw new CloudException.Unavailable("not deleted: not the leader any more", null);
        }
        client.resource(resource).lockResourceVersion().delete();
        if (ledger.deleted(address, version(resource))) {
          watch.freed();
        }
      }
      return seen.without(address);
    } catch (KubernetesClientException e) {
      throw Kube.translate("delete Vip " + address, "delete vips.fairway.dev", e);
    }
  }

  private static long version(VipResource resource) {
    return Long.parseLong(resource.getMetadata().getResourceVersion());
  }

  private void learn(VipResource resource) {
    Resources.vip(resource)
        .ifPresent(vip ->
            ledger.put(
                vip.key(),
                vip.view(),
                Long.parseLong(resource.getMetadata().getResourceVersion())));
    status.changed();
  }

  /// What the watch shows of those objects whose status is kept.
  private final class Written implements StatusWriter.Present {
    @Override
    public List<AddressPoolResource> pools() {
      return watch.pools();
    }

    @Override
    public List<AnnouncementResource> announcements() {
      return watch.announcements();
    }
  }

  @Override
  public void close() {
    watch.close();
    status.close();
    client.close();
  }
}
