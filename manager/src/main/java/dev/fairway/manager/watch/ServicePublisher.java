// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.watch;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.ServiceRef;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.election.Fence;
import dev.fairway.manager.reconcile.Publisher;
import dev.fairway.manager.report.StatusChange;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes to Services, through the status subresource only: that is all the right that the
/// controller needs.
public final class ServicePublisher implements Publisher {
  private static final PatchContext STRATEGIC = PatchContext.of(PatchType.STRATEGIC_MERGE);
  private static final Logger LOG = LoggerFactory.getLogger(ServicePublisher.class);
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNPROCESSABLE = 422;

  private final KubernetesClient client;
  private final ClusterWatch watch;
  private final EventLog events;
  private final Fence fence;
  private final InstantSource clock;

  public ServicePublisher(
      KubernetesClient client,
      ClusterWatch watch,
      EventLog events,
      Fence fence,
      InstantSource clock) {
    this.client = client;
    this.watch = watch;
    this.events = events;
    this.fence = fence;
    this.clock = clock;
  }

  @Override
  public void addFinalizer(ServiceView service, LoadBalancerKey group) {
    var version = versionOf(service, UnaryOperator.identity());
    patch(service, ServicePatches.addFinalizer(service, group, version, clock.instant()), false);
  }

  @Override
  public void move(ServiceView service, LoadBalancerKey group) {
    var version = versionOf(service, UnaryOperator.identity());
    patch(service, ServicePatches.move(service, group, version, clock.instant()), true);
  }

  @Override
  public void removeFinalizer(ServiceView service) {
    if (watch.newest(service.ref()).isPresent()) {
      var version = versionOf(service, ServiceView::asReported);
      patch(service, ServicePatches.removeFinalizer(service, version), true);
    }
    if (service.deleting()) {
      watch.finished(service.ref());
    }
  }

  @Override
  public void publish(ServiceView service, StatusChange change) {
    if (change.touchesStatus() && watch.newest(service.ref()).isPresent()) {
      var version = versionOf(service, ServiceView::asReported);
      patch(service, ServicePatches.status(service, change, version, clock.instant()), true);
    }
    tell(service, change.events());
  }

  // A write is made from what a pass saw. If that is not so any more, the pass must look again: the
  // Service may be somebody else's by now.
  private String versionOf(ServiceView service, UnaryOperator<ServiceView> whatMatters) {
    var newest = watch.newest(service.ref()).orElseThrow(() -> changed(service));
    if (!whatMatters.apply(Views.service(newest)).equals(whatMatters.apply(service))) {
      throw changed(service);
    }
    return newest.getMetadata().getResourceVersion();
  }

  private static CloudException changed(ServiceView service) {
    return new CloudException.Conflict(
        "Service %s has changed since the pass began".formatted(service.ref()), null);
  }

  @Override
  public void tell(ServiceView service, List<StatusChange.EventText> texts) {
    texts.forEach(text -> events.tell(service.ref(), text));
  }

  private void patch(ServiceView service, Map<String, Object> patch, boolean goneIsFine) {
    fence.check();
    var ref = service.ref();
    try {
      var result =
          client
              .resource(standIn(ref))
              .subresource("status")
              .patch(STRATEGIC, client.getKubernetesSerialization().asJson(patch));
      // Without finalizer, a Service that was being deleted is gone: its end may have been seen
      // already.
      if (result.getMetadata().getDeletionTimestamp() == null) {
        watch.wrote(result);
      }
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND && goneIsFine) {
        return;
      }
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        lookAgain(ref);
      }
      throw translate(ref.toString(), e);
    }
  }

  // The watch has yet to show what came between; a new pass needs it now. By name through a list,
  // because the right to list is there already.
  private void lookAgain(ServiceRef ref) {
    try {
      client
          .services()
          .inNamespace(ref.namespace())
          .withField("metadata.name", ref.name())
          .list()
          .getItems()
          .stream()
          .filter(service -> service.getMetadata().getUid().equals(ref.uid()))
          .forEach(watch::wrote);
    } catch (KubernetesClientException e) {
      LOG.debug("could not read Service {} again: {}", ref, e.getMessage());
    }
  }

  // Says which object is meant: with it, the client patches without reading before.
  private static Service standIn(ServiceRef ref) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace(ref.namespace())
        .withName(ref.name())
        .endMetadata()
        .build();
  }

  private static CloudException translate(String service, KubernetesClientException e) {
    var message = "writing Service %s: %s".formatted(service, e.getMessage());
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_CONFLICT ->
          new CloudException.Conflict(message, e);
      case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_UNAUTHORIZED ->
          new CloudException.Denied(message, "patch services/status", e);
      case TOO_MANY_REQUESTS -> new CloudException.Throttled(message, Duration.ofSeconds(1), e);
      case UNPROCESSABLE ->
          new CloudException.Rejected("status", message, "report this as a defect", e);
      default -> new CloudException.Unavailable(message, e);
    };
  }
}
