// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.metal.failover.Order;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.speaker.VipReport;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes into the status of a Vip which node answers for it and why, in the background: nothing
/// waits for it. What cannot be written is tried again, unless it is old news by then.
final class VipStatusWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VipStatusWriter.class);
  private static final int UNPROCESSABLE = 422;
  private static final long AGAIN_MILLIS = 1000;
  private static final Duration RIVAL_FORGOTTEN = Duration.ofMinutes(2);
  private static final long FORGET_EVERY_SECONDS = 10;

  private final KubernetesClient client;
  private final String node;
  private final InstantSource clock;
  private final Map<IpAddress, Claim> claims = new ConcurrentHashMap<>();
  private final Map<IpAddress, String> foreign = new ConcurrentHashMap<>();
  private final Map<IpAddress, Heard> rivals = new ConcurrentHashMap<>();
  private final Map<IpAddress, Order.Took> rights = new ConcurrentHashMap<>();
  private final Set<IpAddress> unwritten = new LinkedHashSet<>();
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("vip-status").factory());
  private final AtomicBoolean waiting = new AtomicBoolean();
  private boolean failing;

  private record Claim(VipReport.VipClaimed report, Instant since) {}

  private record Heard(String mac, Instant at) {}

  VipStatusWriter(KubernetesClient client, String node, InstantSource clock) {
    this.client = client;
    this.node = node;
    this.clock = clock;
    var _ =
        writer.scheduleWithFixedDelay(
            this::forgetRivals, FORGET_EVERY_SECONDS, FORGET_EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /// What came of a VIP. Returns at once.
  void report(VipReport report) {
    switch (report) {
      case VipReport.VipClaimed claim ->
          claims.compute(
              claim.address(),
              (_, before) -> new Claim(claim, before == null ? clock.instant() : before.since()));
      case VipReport.VipWithdrawn(var address) -> forget(address);
      case VipReport.VipNotAnnounced(var address, _) -> forget(address);
    }
    write(report.address());
  }

  private void forget(IpAddress address) {
    claims.remove(address);
    rivals.remove(address);
    foreign.remove(address);
  }

  /// A foreign host claims what is announced here. Returns at once.
  void rival(IpAddress address, String mac) {
    var before = rivals.put(address, new Heard(mac, clock.instant()));
    if (before == null || !before.mac().equals(mac)) {
      write(address);
    }
  }

  private void forgetRivals() {
    var limit = clock.instant().minus(RIVAL_FORGOTTEN);
    rivals.forEach((address, heard) -> {
      if (heard.at().isBefore(limit) && rivals.remove(address, heard)) {
        write(address);
      }
    });
  }

  /// By which right it is announced, told before it is. Returns at once.
  void took(Order.Took took) {
    rights.put(took.vip(), took);
  }

  /// Another host has the address. Returns at once.
  void conflict(Order.Conflict conflict) {
    foreign.put(conflict.vip(), conflict.mac());
    write(conflict.vip());
  }

  /// A Vip object was seen that was not there before. If it stands for an address that is announced
  /// already, because an object of this name went and came faster than it was noticed, nothing else
  /// would write its status.
  void seen(IpAddress address) {
    if (claims.containsKey(address)) {
      write(address);
    }
  }

  private void write(IpAddress address) {
    synchronized (unwritten) {
      unwritten.add(address);
    }
    writeSoon(0);
  }

  // One turn writes all there is: more of them, waiting for the API server, would only pile up.
  private void writeSoon(long millis) {
    if (!waiting.compareAndSet(false, true)) {
      return;
    }
    try {
      var _ = writer.schedule(this::writeAll, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException _) {
      LOG.debug("a report came after the end");
    }
  }

  private Optional<IpAddress> next() {
    synchronized (unwritten) {
      var next = unwritten.stream().findFirst();
      next.ifPresent(unwritten::remove);
      return next;
    }
  }

  private void writeAll() {
    waiting.set(false);
    for (var next = next(); next.isPresent(); next = next()) {
      var address = next.get();
      if (!written(address)) {
        synchronized (unwritten) {
          unwritten.add(address);
        }
        writeSoon(AGAIN_MILLIS);
        return;
      }
    }
  }

  private boolean written(IpAddress address) {
    var claim = claims.get(address);
    var mac = foreign.get(address);
    if (claim != null) {
      return claimed(address, claim);
    }
    return mac == null ? withdrawn(address) : hadByAnother(address, mac);
  }

  private boolean hadByAnother(IpAddress address, String mac) {
    var done = patch(address, PatchType.JSON_MERGE, Map.of("status", Map.of("conflict", mac)));
    if (done) {
      foreign.remove(address, mac);
    }
    return done;
  }

  private boolean claimed(IpAddress address, Claim claim) {
    var status = new LinkedHashMap<String, @Nullable Object>();
    status.put("announcedBy", node);
    status.put("interface", claim.report().interfaceName());
    status.put("mac", claim.report().mac().toString());
    status.put("since", claim.since().truncatedTo(ChronoUnit.SECONDS).toString());
    // Nobody else had it: it was asked for, or is in use since.
    status.put("probed", true);
    status.put("conflict", Optional.ofNullable(rivals.get(address)).map(Heard::mac).orElse(null));
    Optional.ofNullable(rights.get(address))
        .ifPresent(took -> {
          status.put("reason", took.why());
          status.put("ownersVersion", took.term().generation());
        });
    return patch(address, PatchType.JSON_MERGE, Map.of("status", status));
  }

  // Only if it is still this node that stands there: the next owner may have written already.
  private boolean withdrawn(IpAddress address) {
    return patch(
        address,
        PatchType.JSON,
        List.of(
            Map.of("op", "test", "path", "/status/announcedBy", "value", node),
            Map.of("op", "replace", "path", "/status", "value", Map.of("probed", true))));
  }

  private boolean patch(IpAddress address, PatchType type, Object patch) {
    try {
      client
          .resource(Resources.named(new VipResource(), Resources.name(address)))
          .subresource("status")
          .patch(PatchContext.of(type), client.getKubernetesSerialization().asJson(patch));
      failing = false;
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND || e.getCode() == UNPROCESSABLE) {
        return true;
      }
      if (!failing) {
        LOG.warn("could not write the status of Vip {}, trying again: {}", address, e.getMessage());
      }
      failing = true;
      return false;
    }
  }

  @Override
  public void close() {
    writer.close();
  }
}
