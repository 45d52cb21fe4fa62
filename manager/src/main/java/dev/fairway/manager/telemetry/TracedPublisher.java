// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.reconcile.Publisher;
import dev.fairway.manager.report.StatusChange;
import java.util.List;

/// A publisher whose writes are steps of a trace.
///
/// @param publisher who writes
public record TracedPublisher(Publisher publisher, Traces traces) implements Publisher {
  @Override
  public void addFinalizer(ServiceView service, LoadBalancerKey group) {
    step("publish", "finalizer on", service, () -> publisher.addFinalizer(service, group));
  }

  @Override
  public void move(ServiceView service, LoadBalancerKey group) {
    step("publish", "group", service, () -> publisher.move(service, group));
  }

  @Override
  public void removeFinalizer(ServiceView service) {
    step("publish", "finalizer off", service, () -> publisher.removeFinalizer(service));
  }

  @Override
  public void publish(ServiceView service, StatusChange change) {
    if (change.touchesStatus()) {
      step("publish", "status", service, () -> publisher.publish(service, change));
    } else {
      publisher.publish(service, change);
    }
  }

  // Events are written in the background: there is nothing to measure.
  @Override
  public void tell(ServiceView service, List<StatusChange.EventText> events) {
    publisher.tell(service, events);
  }

  private void step(String name, String what, ServiceView service, Runnable write) {
    try (var span = traces.begin(name)) {
      span.set("fairway.write", what);
      span.set("fairway.service", service.ref().toString());
      try {
        write.run();
      } catch (RuntimeException e) {
        span.failed(e.getClass().getSimpleName());
        throw e;
      }
    }
  }
}
