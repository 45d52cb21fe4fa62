// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.openstack;

import static dev.fairway.manager.e2e.openstack.OpenStackCluster.CALM;
import static dev.fairway.manager.e2e.openstack.OpenStackCluster.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Twenty Services: what looking after them costs, counted between the controller and OpenStack.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenStackManyIT {
  private static final int SERVICES = 20;
  private static final String BALANCERS = "GET /v2.0/lbaas/loadbalancers";
  private static final String FLOATING_IPS = "GET /v2.0/floatingips";
  private OpenStackCluster cluster;
  private List<Service> services;

  @BeforeAll
  void start() {
    cluster = OpenStackCluster.start(Cloud.Simulated.start(), 3);
    cluster.readyController(CALM);
    services = cluster.createMany("web", SERVICES);
  }

  @AfterAll
  void stop() {
    cluster.clear();
    cluster.close();
  }

  @Test
  void aRestartChangesNothing() {
    cluster.kill();
    var mark = cluster.calls().mark();

    cluster.readyController(CALM);
    var late = cluster.create(Wish.web("late"));
    cluster.awaitServed(late);

    var calls = cluster.quietSince(mark);
    assertThat(calls.writes().count()).as("%s", calls).isEqualTo(2);
    assertThat(calls.of("GET /pools/{id}/members").count())
        .as("members are read once a pool at most: %s", calls)
        .isLessThanOrEqualTo(SERVICES);
    assertThat(
            calls.reads().count()
                - calls.of("GET /pools/{id}/members").count()
                - calls
                    .matching(call -> call.query().contains("fields=provisioning_status"))
                    .count())
        .as("%s", calls)
        .isLessThanOrEqualTo(15);
    cluster.delete(late);
    cluster.awaitGone(late);
  }

  @Test
  void aLookAtEverythingIsTwoLists() {
    cluster.kill();
    try {
      var begun = cluster.calls().mark();
      cluster.controller("leaderElection: {enabled: false}", "auditSeconds: 2");
      await().atMost(SOON).until(() -> cluster.calls().since(begun).of(FLOATING_IPS).count() > 3);
      var mark = cluster.calls().mark();

      await().atMost(SOON).until(() -> cluster.calls().since(mark).of(FLOATING_IPS).count() > 2);

      var calls = cluster.calls().since(mark);
      assertThat(calls.byOperation().keySet()).isEqualTo(Set.of(BALANCERS, FLOATING_IPS));
      assertThat(calls.of(BALANCERS).count() - calls.of(FLOATING_IPS).count()).isBetween(0, 1);
    } finally {
      cluster.kill();
      cluster.readyController(CALM);
    }
  }

  @Test
  void fiftyNodesCostOneCallForEachPool() {
    var mark = cluster.quietMark();

    cluster.join(4, 53);

    await()
        .atMost(SOON)
        .until(() ->
            cluster.project().members().size() == 53
                && Set.copyOf(cluster.project().members().values())
                    .equals(Set.of(services.size())));
    var calls = cluster.quietSince(mark);
    assertThat(calls.writes().byOperation())
        .isEqualTo(Map.of("PUT /v2.0/lbaas/pools/{id}/members", SERVICES));
    assertThat(ServiceSpecs.onlyPolls(calls)).as("%s", calls).isTrue();
  }

  @Test
  void whatIsAsItShouldBeCostsNoCall() {
    var mark = cluster.quietMark();

    services.forEach(service -> cluster.annotate(service, "example.com/touched", "1"));

    assertThat(cluster.quietSince(mark).all()).isEmpty();
  }
}
