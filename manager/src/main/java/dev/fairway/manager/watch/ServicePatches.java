// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.watch;

import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.desired.ServiceView.Condition;
import dev.fairway.manager.report.ServiceReport;
import dev.fairway.manager.report.StatusChange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Strategic merge patches for the status subresource of a Service, as plain maps.
///
/// Each carries the uid, so that a Service created again under the same name is not touched, and
/// the version that it was made from, so that nothing is written over what came between (the API
/// server answers 409 to both). It leaves what others wrote alone: finalizers and conditions merge
/// by key.
final class ServicePatches {
  private ServicePatches() {}

  static Map<String, Object> addFinalizer(
      ServiceView service, LoadBalancerKey group, String version, Instant now) {
    return Map.of(
        "metadata",
        Map.of(
            "uid",
            service.ref().uid(),
            "resourceVersion",
            version,
            "finalizers",
            List.of(ServiceView.FINALIZER)),
        "status",
        Map.of("conditions", group(service, group, now)));
  }

  static Map<String, Object> move(
      ServiceView service, LoadBalancerKey group, String version, Instant now) {
    return Map.of(
        "metadata",
        Map.of("uid", service.ref().uid(), "resourceVersion", version),
        "status",
        Map.of("conditions", group(service, group, now)));
  }

  private static List<Map<String, Object>> group(
      ServiceView service, LoadBalancerKey group, Instant now) {
    return switch (group.kind()) {
      case SHARED ->
          List.of(
              Map.of(
                  "type",
                  Condition.SHARED,
                  "status",
                  "True",
                  "reason",
                  "Shared",
                  "message",
                  group.toString(),
                  "lastTransitionTime",
                  now.truncatedTo(ChronoUnit.SECONDS).toString()));
      case SERVICE ->
          has(service, Condition.SHARED)
              ? List.of(Map.of("type", Condition.SHARED, "$patch", "delete"))
              : List.of();
    };
  }

  private static boolean has(ServiceView service, String condition) {
    return service.status().conditions().stream().anyMatch(c -> c.type().equals(condition));
  }

  static Map<String, Object> removeFinalizer(ServiceView service, String version) {
    var deleted =
        Stream.of(
                ServiceReport.PROVISIONING,
                ServiceReport.SERVING,
                Condition.SHARED,
                Condition.PORTS_ERROR)
            .filter(type -> has(service, type))
            .map(type -> Map.of("type", type, "$patch", "delete"))
            .toList();
    var patch = new LinkedHashMap<String, Object>();
    patch.put(
        "metadata",
        Map.of(
            "uid",
            service.ref().uid(),
            "resourceVersion",
            version,
            "$deleteFromPrimitiveList/finalizers",
            List.of(ServiceView.FINALIZER)));
    if (!deleted.isEmpty()) {
      patch.put("status", Map.of("conditions", deleted));
    }
    return patch;
  }

  static Map<String, Object> status(
      ServiceView service, StatusChange change, String version, Instant now) {
    var status = new LinkedHashMap<String, Object>();
    change
        .balancer()
        .ifPresent(balancer ->
            // $retainKeys is not needed: the list is atomic, so it is replaced as a whole.
            status.put(
                "loadBalancer",
                Map.of(
                    "ingress",
                    balancer.ingress().stream()
                        .map(entry -> ingress(entry, balancer.ports()))
                        .toList())));
    if (!change.conditions().isEmpty()) {
      status.put(
          "conditions",
          change.conditions().stream()
              .map(condition -> condition(service, condition, now))
              .toList());
    }
    return Map.of(
        "metadata",
        Map.of("uid", service.ref().uid(), "resourceVersion", version),
        "status",
        status);
  }

  private static Map<String, Object> ingress(Ingress entry, List<ServiceView.PortStatus> ports) {
    var patch = new LinkedHashMap<String, Object>();
    switch (entry) {
      case Ingress.Address(var ip, var mode) -> {
        patch.put("ip", ip);
        patch.put("ipMode", mode == Ingress.Mode.PROXY ? "Proxy" : "VIP");
      }
      case Ingress.Hostname(var name) -> patch.put("hostname", name);
    }
    if (!ports.isEmpty()) {
      patch.put("ports", ports.stream().map(ServicePatches::port).toList());
    }
    return patch;
  }

  private static Map<String, Object> port(ServiceView.PortStatus port) {
    var patch = new LinkedHashMap<String, Object>();
    patch.put("port", port.port());
    patch.put("protocol", port.protocol().toString());
    port.error().ifPresent(error -> patch.put("error", error));
    return patch;
  }

  private static Map<String, Object> condition(
      ServiceView service, Condition condition, Instant now) {
    var patch = new LinkedHashMap<String, Object>();
    patch.put("type", condition.type());
    patch.put("status", condition.status() ? "True" : "False");
    patch.put("reason", condition.reason());
    patch.put("message", condition.message());
    patch.put("observedGeneration", condition.observedGeneration());
    if (statusChanged(service, condition)) {
      patch.put("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
    }
    return patch;
  }

  private static boolean statusChanged(ServiceView service, Condition condition) {
    return service.status().conditions().stream()
        .filter(old -> old.type().equals(condition.type()))
        .noneMatch(old -> old.status() == condition.status());
  }
}
