// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.speaker.VipReport;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes into the status of a Vip which node answers for it, in the background: nothing waits for
/// it.
final class VipStatusWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VipStatusWriter.class);
  private static final int UNPROCESSABLE = 422;

  private final KubernetesClient client;
  private final String node;
  private final InstantSource clock;
  private final Map<IpAddress, VipReport.VipClaimed> claims = new ConcurrentHashMap<>();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("vip-status").factory());

  VipStatusWriter(KubernetesClient client, String node, InstantSource clock) {
    this.client = client;
    this.node = node;
    this.clock = clock;
  }

  /// Returns at once.
  void report(VipReport report) {
    switch (report) {
      case VipReport.VipClaimed claim -> {
        claims.put(claim.address(), claim);
        writer.execute(() -> claimed(claim));
      }
      case VipReport.VipWithdrawn(var address) -> noLonger(address);
      case VipReport.VipNotAnnounced(var address, _) -> noLonger(address);
    }
  }

  /// A Vip object was seen that was not there before. If it stands for an address that is announced
  /// already, because an object of this name went and came faster than it was noticed, nothing else
  /// would write its status.
  void seen(IpAddress address) {
    Optional.ofNullable(claims.get(address))
        .ifPresent(claim -> writer.execute(() -> claimed(claim)));
  }

  private void noLonger(IpAddress address) {
    claims.remove(address);
    writer.execute(() -> withdrawn(address));
  }

  private void claimed(VipReport.VipClaimed report) {
    patch(
        report.address(),
        PatchType.JSON_MERGE,
        Map.of(
            "status",
            Map.of(
                "announcedBy",
                node,
                "interface",
                report.interfaceName(),
                "mac",
                report.mac().toString(),
                "since",
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())));
  }

  // Only if it is still this node that stands there: the next owner may have written already.
  private void withdrawn(IpAddress address) {
    patch(
        address,
        PatchType.JSON,
        List.of(
            Map.of("op", "test", "path", "/status/announcedBy", "value", node),
            Map.of("op", "replace", "path", "/status", "value", Map.of())));
  }

  private void patch(IpAddress address, PatchType type, Object patch) {
    try {
      client
          .resource(Resources.named(new VipResource(), Resources.name(address)))
          .subresource("status")
          .patch(PatchContext.of(type), client.getKubernetesSerialization().asJson(patch));
    } catch (KubernetesClientException e) {
      var overtaken =
          e.getCode() == HttpURLConnection.HTTP_NOT_FOUND || e.getCode() == UNPROCESSABLE;
      if (!overtaken) {
        LOG.warn("could not write the status of Vip {}: {}", address, e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    writer.close();
  }
}
