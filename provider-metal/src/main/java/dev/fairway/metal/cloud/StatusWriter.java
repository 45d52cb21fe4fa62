// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.metal.cloud.AddressPoolResource.PoolStatus;
import dev.fairway.metal.cloud.AddressReservationResource.ReservationStatus;
import dev.fairway.metal.cloud.AnnouncementResource.AnnouncementStatus;
import dev.fairway.metal.pool.Allocator;
import dev.fairway.metal.pool.ReservationState;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the status of AddressPools, AddressReservations and Announcements: valid or not and why,
/// and how many addresses are in use. At most one write an object and interval, and none when
/// nothing changed.
final class StatusWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
  private static final long INTERVAL_MILLIS = 500;
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final Ledger ledger;
  private final Present present;
  private final BooleanSupplier mayWrite;
  private final InstantSource clock;
  private final AtomicBoolean dirty = new AtomicBoolean();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("status").daemon().factory());

  /// The objects as they are known now.
  interface Present {
    List<AddressPoolResource> pools();

    List<AddressReservationResource> reservations();

    List<AnnouncementResource> announcements();
  }

  StatusWriter(
      KubernetesClient client,
      Ledger ledger,
      Present present,
      BooleanSupplier mayWrite,
      InstantSource clock) {
    this.client = client;
    this.ledger = ledger;
    this.present = present;
    this.mayWrite = mayWrite;
    this.clock = clock;
  }

  void start() {
    var _ =
        timer.scheduleWithFixedDelay(
            this::write, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// A pool, the use of one, or an Announcement changed.
  void changed() {
    dirty.set(true);
  }

  private void write() {
    if (!mayWrite.getAsBoolean() || !dirty.getAndSet(false)) {
      return;
    }
    try {
      var usage = ledger.usage();
      for (var pool : present.pools()) {
        Optional.ofNullable(usage.get(pool.getMetadata().getName()))
            .ifPresent(use -> write(pool, use));
      }
      var reservations = ledger.reservations().states();
      for (var reservation : present.reservations()) {
        Optional.ofNullable(reservations.get(reservation.getMetadata().getName()))
            .ifPresent(state -> write(reservation, state));
      }
      present.announcements().forEach(announcement -> write(announcement, usage));
    } catch (RuntimeException e) {
      // Thrown further, it would end all later turns.
      LOG.error("could not write a status", e);
    }
  }

  private void write(AddressPoolResource pool, Allocator.Usage use) {
    var before = Optional.ofNullable(pool.getStatus()).map(PoolStatus::conditions);
    var wanted =
        new PoolStatus(
            PoolFindings.of(use).stream().map(finding -> condition(pool, before, finding)).toList(),
            use.total().toString(),
            use.assigned().toString(),
            use.available().toString());
    if (!wanted.equals(pool.getStatus())) {
      patch(new AddressPoolResource(), pool, wanted);
    }
  }

  private void write(AddressReservationResource reservation, ReservationState state) {
    var before = Optional.ofNullable(reservation.getStatus()).map(ReservationStatus::conditions);
    var finding = ReservationFindings.of(Resources.reservation(reservation), state, ledger);
    var wanted = new ReservationStatus(List.of(condition(reservation, before, finding)));
    if (!wanted.equals(reservation.getStatus())) {
      patch(new AddressReservationResource(), reservation, wanted);
    }
  }

  private void write(AnnouncementResource announcement, Map<String, Allocator.Usage> pools) {
    var before = Optional.ofNullable(announcement.getStatus()).map(AnnouncementStatus::conditions);
    var wanted =
        new AnnouncementStatus(
            List.of(condition(announcement, before, finding(announcement, pools))));
    if (!wanted.equals(announcement.getStatus())) {
      patch(new AnnouncementResource(), announcement, wanted);
    }
  }

  private static Finding finding(
      AnnouncementResource announcement, Map<String, Allocator.Usage> pools) {
    var unreadable = Resources.unreadablePatterns(announcement);
    if (!unreadable.isEmpty()) {
      return new Finding(
          Finding.VALID,
          false,
          "InvalidPattern",
          "spec.l2.interfacePatterns: '%s' is not a regular expression; write one as eth[0-9]+"
              .formatted(unreadable.getFirst()));
    }
    var unknown =
        Resources.announcement(announcement).pools().stream()
            .filter(pool -> !pools.containsKey(pool))
            .sorted()
            .toList();
    return unknown.isEmpty()
        ? new Finding(Finding.VALID, true, Finding.VALID, "all its pools are there")
        : new Finding(
            Finding.VALID,
            false,
            "UnknownPool",
            "spec.pools: there is no AddressPool %s; there are %s"
                .formatted(String.join(", ", unknown), pools.keySet()));
  }

  private <T extends HasMetadata> void patch(T standIn, T of, Object status) {
    var name = of.getMetadata().getName();
    if (!mayWrite.getAsBoolean()) {
      dirty.set(true);
      return;
    }
    try {
      client
          .resource(Resources.named(standIn, name))
          .subresource("status")
          .patch(MERGE, client.getKubernetesSerialization().asJson(Map.of("status", status)));
    } catch (KubernetesClientException e) {
      // One object that cannot be written must not keep the others from it.
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        LOG.warn("could not write the status of {} {}: {}", of.getKind(), name, e.getMessage());
        if (e.getCode() == 0 || e.getCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
          dirty.set(true);
        }
      }
    }
  }

  private Condition condition(HasMetadata of, Optional<List<Condition>> present, Finding finding) {
    var status = finding.holds() ? "True" : "False";
    var since =
        present.stream()
            .flatMap(conditions -> conditions.stream())
            .filter(old ->
                finding.type().equals(old.getType()) && Objects.equals(old.getStatus(), status))
            .map(Condition::getLastTransitionTime)
            .findFirst()
            .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    return new ConditionBuilder()
        .withType(finding.type())
        .withStatus(status)
        .withReason(finding.reason())
        .withMessage(finding.message())
        .withObservedGeneration(of.getMetadata().getGeneration())
        .withLastTransitionTime(since)
        .build();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
