// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.openstack;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.http.Json;
import io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.List;

/// Leaves at OpenStack, and in the Service, what the openstack-cloud-controller-manager leaves
/// there: its names, its tags, its descriptions, its annotations.
record Predecessor(OpenStackCluster cluster) {
  /// @param address of its floating IP
  record Left(String balancer, String floatingIp, String address) {}

  /// The load balancer of a Service, which it then serves.
  Left serves(Service service) {
    var name = "kube_service_kubernetes_default_" + service.getMetadata().getName();
    var project = cluster.project();
    var balancer =
        project
            .make("/v2/lbaas/loadbalancers", Json.write(balancer(name, service)))
            .path("id")
            .asText();
    await()
        .atMost(OpenStackCluster.SOON)
        .until(() -> project.balancer(balancer).status().equals("ACTIVE"));
    var body = Json.object();
    body.putObject("floatingip")
        .put("floating_network_id", cluster.cloud().seed().publicNetwork())
        .put("port_id", project.balancer(balancer).port())
        .put(
            "description",
            "Floating IP for Kubernetes external service default/%s from cluster kubernetes"
                .formatted(service.getMetadata().getName()));
    var ip = project.make("/v2.0/floatingips", Json.write(body));
    var address = ip.path("floating_ip_address").asText();
    cluster.annotate(service, Wish.PREFIX + "load-balancer-id", balancer);
    cluster.annotate(service, Wish.PREFIX + "load-balancer-address", address);
    publish(service, address);
    return new Left(balancer, ip.path("id").asText(), address);
  }

  private ObjectNode balancer(String name, Service service) {
    var root = Json.object();
    var balancer =
        root.putObject("loadbalancer")
            .put("name", name)
            .put(
                "description",
                "Kubernetes external service default/%s from cluster kubernetes"
                    .formatted(service.getMetadata().getName()))
            .put("vip_subnet_id", cluster.cloud().seed().privateSubnet());
    balancer.set("tags", Json.texts(List.of(name)));
    var listeners = balancer.putArray("listeners");
    var ports = service.getSpec().getPorts();
    for (int at = 0; at < ports.size(); at++) {
      listeners.add(listener(name, at, ports.get(at)));
    }
    return root;
  }

  private ObjectNode listener(String name, int at, ServicePort port) {
    var listener =
        Json.object()
            .put("name", "listener_%d_%s".formatted(at, name))
            .put("protocol", port.getProtocol())
            .put("protocol_port", port.getPort());
    listener.set("tags", Json.texts(List.of(name)));
    listener.set("allowed_cidrs", Json.texts(List.of("0.0.0.0/0")));
    var pool =
        listener
            .putObject("default_pool")
            .put("name", "pool_%d_%s".formatted(at, name))
            .put("protocol", port.getProtocol())
            .put("lb_algorithm", "ROUND_ROBIN");
    var members = pool.putArray("members");
    for (int node = 1; node <= 3; node++) {
      members
          .addObject()
          .put("name", "node-" + node)
          .put("address", cluster.cloud().nodeAddress(node))
          .put("protocol_port", port.getNodePort())
          .put("subnet_id", cluster.cloud().seed().privateSubnet());
    }
    return listener;
  }

  private void publish(Service service, String address) {
    cluster
        .client()
        .resource(cluster.get(service).orElseThrow())
        .editStatus(now ->
            new ServiceBuilder(now)
                .editOrNewStatus()
                .withNewLoadBalancer()
                .withIngress(new LoadBalancerIngressBuilder().withIp(address).build())
                .endLoadBalancer()
                .endStatus()
                .build());
  }
}
