// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.cloud.ProviderContext;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.metal.model.AnnouncementView;
import dev.fairway.metal.model.MetalObserved;
import dev.fairway.metal.model.Surroundings;
import dev.fairway.metal.model.Terms;
import dev.fairway.metal.model.Terrain;
import dev.fairway.metal.plan.MetalAction;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// What the metal provider sees and does: reads come from watches and cost no call, a write is one
/// call.
public final class MetalCloud implements AutoCloseable {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
  private static final int KEY_BYTES = 32;

  private final KubernetesClient client;
  private final MetalSettings settings;
  private final Ledger ledger = new Ledger();
  private final MetalWatch watch;
  private final StatusWriter status;
  private final VipWrites writes;
  private final HoldExpiry expiry;
  private final HeartbeatKeys keys;
  private final Inspection inspection;

  /// Connects and reads everything once.
  ///
  /// @throws CloudException.Unavailable when the API server cannot be reached or lacks our
  ///   resources
  public MetalCloud(ProviderContext context) {
    settings = MetalSettings.of(context.settings());
    client = Kube.connect(context.settings(), REQUEST_TIMEOUT);
    status = new StatusWriter(client, ledger, new Written(), context.mayWrite(), context.clock());
    watch =
        new MetalWatch(
            client, ledger, context.events(), status::changed, context.clock(), settings);
    writes = new VipWrites(client, ledger, context.mayWrite(), new Wrote(), context.clock());
    expiry = new HoldExpiry(ledger, writes, context.mayWrite(), context.clock());
    inspection = new Inspection(watch, new Enquiry(settings.speakerPort()));
    keys = HeartbeatKeys.make(client, context.mayWrite(), MetalCloud::newKey);
    try {
      watch.start();
      status.start();
      expiry.start();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static byte[] newKey() {
    var key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  /// Everything that has a Vip; what is held is nobody's.
  public List<MetalObserved> list() {
    var announcements = announcements();
    var speakers = watch.speakers().alive();
    var terrain = watch.terrain();
    return ledger.keys().stream()
        .sorted(Comparator.comparing(LoadBalancerKey::toString))
        .map(key -> observe(key, announcements, speakers, terrain))
        .toList();
  }

  /// One load balancer; costs no call.
  public MetalObserved observe(LoadBalancerKey key) {
    return observe(key, announcements(), watch.speakers().alive(), watch.terrain());
  }

  /// The same after a closer look: the speakers look at its Vips from their nodes, and ask their
  /// networks for them. Takes a second or two, more where speakers do not answer.
  public MetalObserved inspect(LoadBalancerKey key) {
    var seen = observe(key);
    return seen.inspected(inspection.of(seen));
  }

  private MetalObserved observe(
      LoadBalancerKey key,
      List<AnnouncementView> announcements,
      Set<String> speakers,
      Terrain terrain) {
    var look = ledger.look(key);
    return new MetalObserved(
        key,
        look.vips(),
        look.held(),
        new Surroundings(
            look.pools(),
            announcements,
            speakers,
            look.load(),
            look.holdings(),
            terrain,
            new Terms(
                watch.namespaceLabels(key.namespace()),
                look.reservations(),
                look.reserved(),
                settings.addressesOutsideMove())),
        watch.answering(look.vips()),
        watch.conflicts(look.vips()));
  }

  private List<AnnouncementView> announcements() {
    return watch.announcements().stream()
        .map(Resources::announcement)
        .sorted(Comparator.comparing(AnnouncementView::name))
        .toList();
  }

  /// One write.
  public MetalObserved apply(MetalAction action, MetalObserved seen) {
    return switch (action) {
      case MetalAction.CreateVip create -> writes.create(create, seen);
      case MetalAction.ClaimVip claim -> writes.claim(claim, seen);
      case MetalAction.UpdateVip update -> writes.update(update, seen);
      case MetalAction.QuarantineVip quarantine -> writes.quarantine(quarantine, seen);
      case MetalAction.HoldVip hold -> writes.hold(hold, seen);
      case MetalAction.DeleteVip delete -> writes.delete(delete, seen);
    };
  }

  private final class Wrote implements VipWrites.Told {
    @Override
    public void changed() {
      status.changed();
    }

    @Override
    public void freed() {
      watch.freed();
    }
  }

  /// What the watch shows of those objects whose status is kept.
  private final class Written implements StatusWriter.Present {
    @Override
    public List<AddressPoolResource> pools() {
      return watch.pools();
    }

    @Override
    public List<AddressReservationResource> reservations() {
      return watch.reservations();
    }

    @Override
    public List<AnnouncementResource> announcements() {
      return watch.announcements();
    }
  }

  @Override
  public void close() {
    inspection.close();
    keys.close();
    expiry.close();
    watch.close();
    status.close();
    client.close();
  }
}
