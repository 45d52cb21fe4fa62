// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.report;

import dev.fairway.cloud.model.Ingress;
import dev.fairway.manager.desired.ServiceView.Condition;
import dev.fairway.manager.desired.ServiceView.PortStatus;
import java.util.List;
import java.util.Optional;

/// What has to be written about a Service: nothing when all parts are empty.
///
/// @param balancer `status.loadBalancer`, when it changes
/// @param conditions those that change
/// @param events what happened, each once
public record StatusChange(
    Optional<Balancer> balancer, List<Condition> conditions, List<EventText> events) {
  public StatusChange {
    conditions = List.copyOf(conditions);
    events = List.copyOf(events);
  }

  public boolean touchesStatus() {
    return balancer.isPresent() || !conditions.isEmpty();
  }

  /// @param ingress the whole list
  /// @param ports what stands below each entry of it
  public record Balancer(List<Ingress> ingress, List<PortStatus> ports) {
    public Balancer {
      ingress = List.copyOf(ingress);
      ports = List.copyOf(ports);
    }
  }

  /// @param warning whether its type is Warning
  public record EventText(boolean warning, String reason, String message) {
    public static EventText normal(String reason, String message) {
      return new EventText(false, reason, message);
    }

    public static EventText warning(String reason, String message) {
      return new EventText(true, reason, message);
    }
  }
}
