// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.cloud.Meters;
import dev.fairway.cloud.ProviderContext;
import dev.fairway.cloud.ProviderEvents;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.metal.cloud.AddressPoolResource.PoolSpec;
import dev.fairway.metal.cloud.AnnouncementResource.AnnouncementSpec;
import dev.fairway.metal.cloud.AnnouncementResource.L2;
import dev.fairway.testkit.kube.ControlPlane;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// Our custom resources on a real API server.
public final class TestCluster {
  private final ControlPlane controlPlane;
  private final KubernetesClient client;

  public TestCluster(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
    this.client = controlPlane.client();
  }

  /// Once a control plane: to apply the definitions again would end all watches.
  public void install() {
    if (client.apiextensions().v1().customResourceDefinitions().withName("vips.fairway.dev").get()
        == null) {
      controlPlane.applyYaml(Path.of("..", "deploy", "crds"));
    }
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(SpeakerLease.NAMESPACE)
                .endMetadata()
                .build())
        .serverSideApply();
  }

  public void pool(String name, String... addresses) {
    pool(name, new PoolSpec(List.of(addresses), true, null, null, null, null, null, null));
  }

  void pool(String name, PoolSpec spec) {
    var pool = new AddressPoolResource();
    pool.setMetadata(new ObjectMetaBuilder().withName(name).build());
    pool.setSpec(spec);
    client.resource(pool).serverSideApply();
  }

  void reserve(String name, String namespace, String service, String... addresses) {
    var reservation = new AddressReservationResource();
    reservation.setMetadata(new ObjectMetaBuilder().withName(name).build());
    reservation.setSpec(
        new AddressReservationResource.ReservationSpec(List.of(addresses), namespace, service));
    client.resource(reservation).serverSideApply();
  }

  /// The condition of this type as `status reason message`; empty while there is none.
  static String condition(@Nullable List<Condition> conditions, String type) {
    return Resources.list(conditions).stream()
        .filter(condition -> condition.getType().equals(type))
        .map(one -> one.getStatus() + " " + one.getReason() + " " + one.getMessage())
        .findFirst()
        .orElse("");
  }

  public void announceEverything() {
    var announcement = new AnnouncementResource();
    announcement.setMetadata(new ObjectMetaBuilder().withName("everything").build());
    announcement.setSpec(
        new AnnouncementSpec(List.of(), null, null, null, new L2(List.of(), null)));
    client.resource(announcement).serverSideApply();
  }

  /// A sign of life of the speaker on each of these nodes.
  public void speakers(String... nodes) {
    for (var node : nodes) {
      client
          .resource(SpeakerLease.of(node, "holder", InstantSource.system().instant()))
          .serverSideApply();
    }
  }

  public void clear() {
    client.resources(VipResource.class).delete();
    client.resources(AddressPoolResource.class).delete();
    client.resources(AddressReservationResource.class).delete();
    client.resources(AnnouncementResource.class).delete();
    client.leases().inNamespace(SpeakerLease.NAMESPACE).delete();
  }

  public KubernetesClient client() {
    return client;
  }

  public ProviderContext context() {
    return context(new Silent());
  }

  public ProviderContext context(ProviderEvents events) {
    return new ProviderContext(
        new ClusterId("test"),
        Map.of("kubeconfig", controlPlane.kubeconfig().toString()),
        events,
        () -> true,
        new NoMeters(),
        InstantSource.system());
  }

  private static final class NoMeters implements Meters {
    @Override
    public void gauge(String name, String description, DoubleSupplier value) {}

    @Override
    public void counter(String name, String description, DoubleSupplier value) {}
  }

  private static final class Silent implements ProviderEvents {
    @Override
    public void changed(LoadBalancerKey key) {}

    @Override
    public void everythingChanged() {}

    @Override
    public void resourcesFreed() {}
  }
}
