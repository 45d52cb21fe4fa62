// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.metal.model.Holding;
import dev.fairway.metal.model.MetalObserved;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.plan.MetalAction;
import dev.fairway.metal.pool.IpAddress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Carries out actions: each is one write of one Vip, after a look at it where that is needed to
/// know whose it is.
final class VipWrites {
  private static final int UNPROCESSABLE = 422;
  // Long enough that a pool of which a stranger has half does not try the same again and again.
  private static final Duration QUARANTINE = Duration.ofMinutes(10);
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final Ledger ledger;
  private final BooleanSupplier mayWrite;
  private final Told told;
  private final InstantSource clock;

  /// Is told of what was written.
  interface Told {
    void changed();

    /// An address can be had, if only by one, or is not to be waited for any more.
    void freed();
  }

  VipWrites(
      KubernetesClient client,
      Ledger ledger,
      BooleanSupplier mayWrite,
      Told told,
      InstantSource clock) {
    this.client = client;
    this.ledger = ledger;
    this.mayWrite = mayWrite;
    this.told = told;
    this.clock = clock;
  }

  MetalObserved create(MetalAction.CreateVip action, MetalObserved seen) {
    var vip = action.vip().begun(clock.instant());
    try {
      learn(client.resource(Resources.vip(action.key(), vip)).create());
      return seen.with(vip);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw Kube.translate("create Vip " + vip.address(), "create vips.fairway.dev", e);
      }
      // Somebody has it: we ourselves, when an answer was lost or a crash came between, or another
      // load balancer.
      var present = read(vip.address()).flatMap(Resources::holding);
      return seen.with(ofMine(vip.address(), action.key(), present));
    }
  }

  MetalObserved claim(MetalAction.ClaimVip action, MetalObserved seen) {
    var address = action.vip().address();
    var resource = read(address);
    var holding = resource.flatMap(Resources::holding);
    var reserved =
        holding
            .filter(Holding.Held.class::isInstance)
            .filter(
                held -> ((Holding.Held) held).reservedFor().equals(action.held().reservedFor()));
    if (reserved.isEmpty()) {
      return seen.with(ofMine(address, action.key(), holding));
    }
    var vip = action.vip().begun(clock.instant());
    patch(resource.orElseThrow(), Resources.changes(action.key(), vip));
    // Who waits for it in vain is to be told who has it now.
    told.freed();
    return seen.with(vip);
  }

  private static VipView ofMine(IpAddress address, LoadBalancerKey key, Optional<Holding> holding) {
    if (holding.orElse(null) instanceof Holding.InUse(var holder, var vip) && holder.equals(key)) {
      return vip;
    }
    throw new CloudException.Conflict(
        holding
            .map(other -> "address %s is not free: %s".formatted(address, other))
            .orElseGet(() -> "Vip %s came and went".formatted(address)),
        null);
  }

  MetalObserved update(MetalAction.UpdateVip action, MetalObserved seen) {
    var address = action.to().address();
    try {
      // The load balancer is part of the patch: if the address changed hands, the API server
      // refuses.
      learn(
          client
              .resource(Resources.named(new VipResource(), Resources.name(address)))
              .patch(MERGE, json(Map.of("spec", Resources.changes(action.key(), action.to())))));
      return seen.with(action.to());
    } catch (KubernetesClientException e) {
      if (e.getCode() == UNPROCESSABLE) {
        ofMine(address, action.key(), read(address).flatMap(Resources::holding));
      }
      throw Kube.translate("update Vip " + address, "patch vips.fairway.dev", e);
    }
  }

  MetalObserved hold(MetalAction.HoldVip action, MetalObserved seen) {
    var mine = readMine(action.address(), action.key());
    if (mine.isPresent()) {
      var until = clock.instant().plus(action.hold().time());
      patch(mine.get(), Resources.held(action.key(), action.hold(), until));
      told.freed();
    }
    return seen.without(action.address());
  }

  MetalObserved delete(MetalAction.DeleteVip action, MetalObserved seen) {
    readMine(action.address(), action.key()).ifPresent(this::delete);
    return seen.without(action.address());
  }

  MetalObserved quarantine(MetalAction.QuarantineVip action, MetalObserved seen) {
    var mine = readMine(action.address(), action.key());
    if (mine.isPresent()) {
      var until = clock.instant().plus(QUARANTINE);
      patch(mine.get(), Resources.quarantined(action.key(), action.mac(), QUARANTINE, until));
    }
    return seen.without(action.address());
  }

  /// Frees an address that was kept from others, unless somebody has it by now.
  void expire(Holding.Idle idle) {
    read(idle.address())
        .filter(resource -> Resources.holding(resource).filter(idle::equals).isPresent())
        .ifPresent(this::delete);
  }

  private void delete(VipResource resource) {
    fence();
    var name = resource.getMetadata().getName();
    try {
      client.resource(resource).lockResourceVersion().delete();
    } catch (KubernetesClientException e) {
      throw Kube.translate("delete Vip " + name, "delete vips.fairway.dev", e);
    }
    var address = Resources.holding(resource).map(Holding::address).orElseThrow();
    if (ledger.deleted(address, version(resource))) {
      told.freed();
    }
  }

  private Optional<VipResource> readMine(IpAddress address, LoadBalancerKey key) {
    return read(address)
        .filter(resource ->
            Resources.holding(resource).orElse(null) instanceof Holding.InUse(var holder, _)
                && holder.equals(key));
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

  // Only the version that was looked at.
  private void patch(VipResource seen, Map<String, @Nullable Object> spec) {
    fence();
    var name = seen.getMetadata().getName();
    var patch = new LinkedHashMap<String, Object>();
    patch.put("metadata", Map.of("resourceVersion", seen.getMetadata().getResourceVersion()));
    patch.put("spec", spec);
    try {
      learn(client.resource(Resources.named(new VipResource(), name)).patch(MERGE, json(patch)));
    } catch (KubernetesClientException e) {
      throw Kube.translate("update Vip " + name, "patch vips.fairway.dev", e);
    }
  }

  // The read may have taken long: the Lease may be lost since the core asked.
  private void fence() {
    if (!mayWrite.getAsBoolean()) {
      throw new CloudException.Unavailable("not written: not the leader any more", null);
    }
  }

  private String json(Object patch) {
    return client.getKubernetesSerialization().asJson(patch);
  }

  private void learn(VipResource resource) {
    Resources.holding(resource).ifPresent(holding -> ledger.put(holding, version(resource)));
    told.changed();
  }

  private static long version(VipResource resource) {
    return Long.parseLong(resource.getMetadata().getResourceVersion());
  }
}
