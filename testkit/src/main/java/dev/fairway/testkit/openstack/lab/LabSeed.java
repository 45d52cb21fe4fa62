// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.testkit.openstack.OpenStackSeed;
import java.net.URI;
import java.util.List;
import java.util.stream.StreamSupport;

/// What is in a fresh cloud, and where its services are. The passwords are the lab's own and good
/// for nothing else.
///
/// @param authUrl of Keystone, ends in `/v3`
/// @param networkUrl of Neutron, without a version
/// @param loadBalancerUrl of Octavia, without a version
/// @param demo the project that tests work in
/// @param other somebody else's project, for objects that are not ours
/// @param flavor id of a flavor of load balancers
/// @param databaseSocket where MariaDB listens
/// @param ovn whether there is the provider ovn, which carries packets
public record LabSeed(
    URI authUrl,
    URI networkUrl,
    URI loadBalancerUrl,
    String region,
    Login admin,
    Project demo,
    Project other,
    External external,
    String flavor,
    String availabilityZone,
    String databaseSocket,
    boolean ovn) {

  /// The same as it is described for any cloud of tests.
  public OpenStackSeed asSeed() {
    return new OpenStackSeed(
        authUrl,
        region,
        demo.projectId(),
        demo.userId(),
        demo.login().password(),
        demo.applicationCredentialId(),
        demo.applicationCredentialSecret(),
        other.projectId(),
        external.network(),
        external.subnet(),
        external.smallSubnet(),
        demo.network(),
        demo.subnet(),
        demo.subnet6(),
        demo.router());
  }

  /// A user, and the project in which he acts; both are in the domain `default`.
  public record Login(String user, String password, String project) {
    @Override
    public String toString() {
      return user + " in " + project;
    }
  }

  /// @param router connects the network's IPv4 subnet with the external network
  public record Project(
      Login login,
      String userId,
      String projectId,
      String applicationCredentialId,
      String applicationCredentialSecret,
      String network,
      String subnet,
      String subnet6,
      String router,
      List<Node> nodes) {
    public Project {
      nodes = List.copyOf(nodes);
    }

    @Override
    public String toString() {
      return "project " + projectId;
    }
  }

  /// A machine, as far as it shows in Neutron.
  ///
  /// @param id of the server; `openstack:///ID` is the provider id of its Node
  /// @param port id of its Neutron port
  public record Node(String name, String id, String port, String address, String address6) {}

  /// The network of floating IPs.
  ///
  /// @param subnet has some 4000 addresses and the tag `large`
  /// @param smallSubnet has two addresses and the tag `small`
  public record External(String network, String subnet, String smallSubnet) {}

  static LabSeed parse(String json) {
    try {
      return read(new ObjectMapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the description of the control plane is no JSON", e);
    }
  }

  private static LabSeed read(JsonNode json) {
    var external = json.required("external");
    return new LabSeed(
        URI.create(text(json, "auth_url")),
        URI.create(text(json, "network_url")),
        URI.create(text(json, "load_balancer_url")),
        text(json, "region"),
        login(json.required("admin")),
        project(json.required("demo")),
        project(json.required("other")),
        new External(
            text(external, "network"), text(external, "subnet"), text(external, "small_subnet")),
        text(json, "flavor"),
        text(json, "availability_zone"),
        text(json, "database_socket"),
        json.has("ovn"));
  }

  private static Project project(JsonNode json) {
    return new Project(
        login(json),
        text(json, "user_id"),
        text(json, "project_id"),
        text(json, "application_credential_id"),
        text(json, "application_credential_secret"),
        text(json, "network"),
        text(json, "subnet"),
        text(json, "subnet6"),
        text(json, "router"),
        StreamSupport.stream(json.required("nodes").spliterator(), false)
            .map(LabSeed::node)
            .toList());
  }

  private static Login login(JsonNode json) {
    return new Login(text(json, "user"), text(json, "password"), text(json, "project"));
  }

  private static Node node(JsonNode json) {
    return new Node(
        text(json, "name"),
        text(json, "id"),
        text(json, "port"),
        text(json, "address"),
        text(json, "address6"));
  }

  private static String text(JsonNode json, String key) {
    return json.required(key).asText();
  }
}
