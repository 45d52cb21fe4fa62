// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Note;
import dev.fairway.metal.MetalProvider;
import dev.fairway.metal.cloud.AddressPoolResource.PoolSpec;
import dev.fairway.metal.cloud.AddressPoolResource.PoolStatus;
import dev.fairway.metal.model.MetalObserved;
import dev.fairway.testkit.conformance.Examples;
import dev.fairway.testkit.kube.ControlPlane;
import dev.fairway.testkit.kube.SharedControlPlane;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What stands in the objects reaches the plans, and what comes of it their status.
@ExtendWith(SharedControlPlane.class)
class PoolRulesIT {
  private static final LoadBalancerKey WEB = LoadBalancerKey.ofService("pool-rules", "web");

  private final TestCluster cluster;
  private final List<MetalProvider> started = new ArrayList<>();

  PoolRulesIT(ControlPlane controlPlane) {
    cluster = new TestCluster(controlPlane);
  }

  @BeforeEach
  void install() {
    cluster.install();
    cluster.announceEverything();
    cluster.speakers("node-1", "node-2", "node-3");
  }

  @AfterEach
  void clear() {
    started.forEach(MetalProvider::close);
    cluster.clear();
    cluster.client().nodes().withName("pool-node").delete();
  }

  @Test
  void whatIsReservedGoesToItsServiceAndToNobodyElse() {
    cluster.pool("a", "10.99.1.0/30");
    cluster.reserve("front", "pool-rules", "web", "10.99.1.2");
    cluster.reserve("outside", "pool-rules", "web", "10.98.0.1");
    var provider = start();

    assertThat(serve(provider, WEB)).isEqualTo("10.99.1.2");
    for (var other : List.of("b", "c", "d")) {
      assertThat(serve(provider, LoadBalancerKey.ofService("pool-rules", other)))
          .isNotEqualTo("10.99.1.2");
    }
    eventually(() -> {
      assertThat(reservation("front")).startsWith("True Valid ");
      assertThat(reservation("outside")).startsWith("False OutsidePools ");
      assertThat(pool("a"))
          .returns("4", PoolStatus::total)
          .returns("4", PoolStatus::assigned)
          .returns("0", PoolStatus::available);
    });
  }

  @Test
  void anAddressOfANodeIsGivenToNobodyAndBothAreNamed() {
    cluster.pool("a", "10.99.1.0/31");
    var provider = start();
    cluster
        .client()
        .resource(
            new NodeBuilder()
                .withNewMetadata()
                .withName("pool-node")
                .endMetadata()
                .withNewSpec()
                .withPodCIDRs("10.97.0.0/24")
                .endSpec()
                .build())
        .create();
    cluster
        .client()
        .nodes()
        .withName("pool-node")
        .editStatus(node ->
            new NodeBuilder(node)
                .editOrNewStatus()
                .addNewAddress("10.99.1.1", "InternalIP")
                .endStatus()
                .build());

    eventually(() ->
        assertThat(TestCluster.condition(pool("a").conditions(), "Overlapping"))
            .startsWith("True NodeAddress ")
            .contains("10.99.1.1 of node pool-node"));
    assertThat(serve(provider, WEB)).isEqualTo("10.99.1.0");
    cluster.pool("b", "10.97.0.128/25");
    eventually(() ->
        assertThat(TestCluster.condition(pool("b").conditions(), "Overlapping"))
            .startsWith("True PodNetwork "));
  }

  @Test
  void theLabelsOfANamespaceDecideAsSoonAsTheyAreThere() {
    var gold = new LabelSelectorBuilder().addToMatchLabels("tier", "gold").build();
    cluster.pool(
        "gold",
        new PoolSpec(
            List.of("10.99.2.0/24", "fd99::/64"),
            true,
            5,
            null,
            List.of(gold),
            null,
            List.of("10.99.2.1"),
            true));
    namespace(Map.of());
    var provider = start();

    eventually(() ->
        assertThat(pool("gold"))
            .returns("18446744073709551872", PoolStatus::total)
            .returns("18446744073709551869", PoolStatus::available));
    assertThat(provider.plan(Examples.with(WEB, List.of("TCP/80@30080"), 3), provider.observe(WEB)))
        .satisfies(
            plan -> assertThat(plan.notes()).extracting(Note::code).containsExactly("NoPool"));
    namespace(Map.of("tier", "gold"));
    eventually(() -> assertThat(serve(provider, WEB)).startsWith("10.99.2."));
  }

  @Test
  void aPoolThatShrinksTakesNothingAwayAndTheServiceIsTold() {
    cluster.pool("a", "10.99.3.0/30");
    var provider = start();
    var address = serve(provider, WEB);

    cluster.pool("a", "10.99.4.0/30");

    eventually(() -> {
      var seen = provider.observe(WEB);
      var plan = provider.plan(Examples.with(WEB, List.of("TCP/80@30080"), 3), seen);
      assertThat(plan.actions()).isEmpty();
      assertThat(plan.notes()).extracting(Note::code).containsExactly("AddressOutsidePools");
      assertThat(address(seen)).isEqualTo(address);
    });
  }

  private void namespace(Map<String, String> labels) {
    cluster
        .client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(WEB.namespace())
                .withLabels(labels)
                .endMetadata()
                .build())
        .serverSideApply();
  }

  private MetalProvider start() {
    var provider = new MetalProvider(cluster.context());
    started.add(provider);
    return provider;
  }

  // The address it has after everything that is planned; empty for none.
  private static String serve(MetalProvider provider, LoadBalancerKey key) {
    var seen = provider.observe(key);
    var desired = Examples.with(key, List.of("TCP/80@30080"), 3);
    for (var action : provider.plan(desired, seen).actions()) {
      seen = provider.apply(action, seen);
    }
    return address(seen);
  }

  private static String address(MetalObserved seen) {
    return seen.vips().stream().map(vip -> vip.address().toString()).findFirst().orElse("");
  }

  private PoolStatus pool(String name) {
    return Optional.ofNullable(
            cluster.client().resources(AddressPoolResource.class).withName(name).get().getStatus())
        .orElseGet(() -> new PoolStatus(null, null, null, null));
  }

  private String reservation(String name) {
    var status =
        cluster
            .client()
            .resources(AddressReservationResource.class)
            .withName(name)
            .get()
            .getStatus();
    return status == null ? "" : TestCluster.condition(status.conditions(), "Valid");
  }

  private static void eventually(ThrowingRunnable check) {
    await().untilAsserted(check);
  }
}
