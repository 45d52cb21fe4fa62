// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Effect;
import dev.fairway.openstack.cloud.connect.Call;
import dev.fairway.openstack.cloud.connect.CallFailed;
import dev.fairway.openstack.cloud.connect.OpenStackApi;
import dev.fairway.openstack.cloud.connect.Operation;
import dev.fairway.openstack.model.Graph;
import dev.fairway.openstack.plan.Names;
import dev.fairway.openstack.plan.OpenStackAction;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.Semaphore;

/// Writes of load balancers as a whole.
final class BalancerWrites {
  private static final String CONFLICT = "already in use";

  private final OpenStackApi api;
  private final Inventory inventory;
  private final Busy busy;
  private final Names names;
  // More at a time only wait for the project's quota row, and Octavia refuses some of them then.
  private final Semaphore posts = new Semaphore(4, true);
  private final VipPorts vipPorts;

  BalancerWrites(OpenStackApi api, Inventory inventory, Busy busy, Names names, VipPorts vipPorts) {
    this.api = api;
    this.inventory = inventory;
    this.busy = busy;
    this.names = names;
    this.vipPorts = vipPorts;
  }

  void create(OpenStackAction.CreateBalancer wanted, LoadBalancerKey key) {
    if (inventory.owned(key, wanted.half(), wanted.besides()).isPresent()) {
      return;
    }
    posts.acquireUninterruptibly();
    JsonNode answer;
    try {
      answer = post(wanted, key, wanted.preferred());
    } finally {
      posts.release();
    }
    inventory.history().made(key, wanted.half());
    var node = answer.path("loadbalancer");
    var graph = Views.graph(node);
    inventory.wrote(
        Views.balancer(node)
            .withGraph(complete(graph, wanted) ? Optional.of(graph) : Optional.empty()));
  }

  private JsonNode post(
      OpenStackAction.CreateBalancer wanted, LoadBalancerKey key, Optional<String> address) {
    try {
      return api.post(
          Call.of(Operation.CREATE_LOAD_BALANCER, OctaviaReads.BALANCERS),
          Json.wrapped(
              "loadbalancer",
              Bodies.balancer(wanted, address, (kind, part) -> names.child(kind, part, key))));
    } catch (CloudException e) {
      vipPorts.refused(e);
      // An address that was only preferred is no reason to stay without one.
      if (address.isPresent()
          && CallFailed.of(e).filter(failed -> failed.said().contains(CONFLICT)).isPresent()) {
        return post(wanted, key, Optional.empty());
      }
      if (e instanceof CloudException.Rejected && blamesWhatIsThere(e, wanted)) {
        throw new CloudException.Unavailable(
            "Octavia could not ask Neutron: " + e.getMessage(), e.getCause());
      }
      throw e;
    }
  }

  // When Neutron fails, Octavia says that the subnet does not exist.
  private boolean blamesWhatIsThere(CloudException error, OpenStackAction.CreateBalancer wanted) {
    return wanted
        .frame()
        .vip()
        .subnet()
        .filter(id -> inventory.subnet(id).isPresent())
        .filter(id ->
            CallFailed.of(error)
                .map(CallFailed::said)
                .filter(said -> said.contains(id) && said.contains("not found"))
                .isPresent())
        .isPresent();
  }

  // An Octavia that does not answer with all that it made is asked.
  private static boolean complete(Graph graph, OpenStackAction.CreateBalancer wanted) {
    return graph.listeners().size() == wanted.listeners().size()
        && graph.pools().size() == wanted.listeners().size()
        && graph.listeners().stream().allMatch(listener -> listener.defaultPool().isPresent());
  }

  void setTags(String balancer, SortedSet<String> tags) {
    if (inventory.balancer(balancer).filter(one -> one.tags().equals(tags)).isPresent()) {
      return;
    }
    busy.changing(
        balancer,
        () ->
            api.put(
                Call.of(Operation.UPDATE_LOAD_BALANCER, OctaviaReads.BALANCERS + "/" + balancer),
                Json.wrapped("loadbalancer", tagsOnly(tags))));
    inventory.change(balancer, one -> one.withTags(tags));
  }

  static ObjectNode tagsOnly(SortedSet<String> tags) {
    var body = Json.object();
    body.set("tags", Json.texts(tags));
    return body;
  }

  void failOver(String balancer) {
    inventory.history().failedOver(balancer);
    try {
      busy.changing(
          balancer,
          () ->
              api.put(
                  Call.of(
                      Operation.FAILOVER_LOAD_BALANCER,
                      OctaviaReads.BALANCERS + "/" + balancer + "/failover"),
                  Json.object()));
    } catch (CloudException.Denied e) {
      inventory.history().failoverDenied();
      throw new CloudException.Conflict("the cloud permits failovers to its operators only", e);
    }
  }

  void delete(OpenStackAction.DeleteBalancer wanted) {
    var balancer = wanted.balancer();
    var there = inventory.balancer(balancer);
    if (there.isEmpty() || there.get().goingAway()) {
      return;
    }
    busy.mustNotBe(balancer);
    boolean found;
    try {
      found =
          api.delete(
              Call.of(Operation.DELETE_LOAD_BALANCER, OctaviaReads.BALANCERS + "/" + balancer)
                  .with("cascade", "true"));
    } catch (CloudException.NotReady e) {
      inventory.busyWithOthers(balancer);
      throw e;
    }
    if (found) {
      if (wanted.effect() == Effect.DELETE) {
        inventory.history().notNeeded(balancer);
      }
      inventory.change(balancer, one -> one.withStatus("PENDING_DELETE", one.operating()));
    } else {
      inventory.drop(balancer);
    }
  }
}
