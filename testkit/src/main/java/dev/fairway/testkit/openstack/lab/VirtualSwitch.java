// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.testkit.process.Command;
import dev.fairway.testkit.process.Until;
import dev.fairway.testkit.world.NetworkNamespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The Open vSwitch of a lab with OVN. It forwards in user space, in a network namespace of its
/// own, and the virtual networks of the cloud and its external one are all there is behind its
/// ports. Machines are network namespaces.
public final class VirtualSwitch {
  private static final String INTERFACE = "os0";
  // A virtual network takes 58 bytes of each packet for itself.
  private static final int MTU = 1400;
  private static final Duration PORT_LIMIT = Duration.ofSeconds(60);

  private final JsonNode json;
  private final OpenStackLab lab;

  private VirtualSwitch(JsonNode json, OpenStackLab lab) {
    this.json = json;
    this.lab = lab;
  }

  static VirtualSwitch parse(String description, OpenStackLab lab) {
    try {
      var json = new ObjectMapper().readTree(description).path("ovn");
      if (json.isMissingNode()) {
        throw new IllegalStateException("the lab was started without OVN");
      }
      return new VirtualSwitch(json, lab);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the description of the control plane is no JSON", e);
    }
  }

  /// Connects a machine to its port, and waits until Neutron says that the port is ACTIVE. The
  /// machine reaches the external network by the router of its project.
  public void plug(NetworkNamespace machine, LabSeed.Node node) {
    var port = get("/ports/" + node.port()).path("port");
    var subnet = get("/subnets/" + lab.seed().demo().subnet()).path("subnet");
    var outside = get("/subnets/" + lab.seed().external().subnet()).path("subnet");
    cable(machine, port.path("mac_address").asText());
    address(machine, node.address(), subnet.path("cidr").asText());
    var _ =
        Command.run(
            "ip",
            "-n",
            machine.name(),
            "route",
            "add",
            outside.path("cidr").asText(),
            "via",
            subnet.path("gateway_ip").asText());
    connect(machine, text("integration_bridge"), List.of("external_ids:iface-id=" + node.port()));
    Until.isTrue(
        "the port of " + machine.name(),
        PORT_LIMIT,
        () -> get("/ports/" + node.port()).at("/port/status").asText().equals("ACTIVE"));
  }

  /// Connects a machine to the external network.
  ///
  /// @param address in the subnet of floating IPs, and no such
  public void plugOutside(NetworkNamespace machine, String address) {
    var subnet = get("/subnets/" + lab.seed().external().subnet()).path("subnet");
    cable(machine, "02:00:00:00:00:01");
    address(machine, address, subnet.path("cidr").asText());
    connect(machine, text("external_bridge"), List.of());
  }

  /// What the southbound database of OVN says of all load balancers, for messages about a failure.
  public String balancers() {
    return run(
        List.of(program("ovn-sbctl"), "--db=unix:" + text("southbound_socket")),
        "list",
        "load_balancer",
        "--",
        "list",
        "service_monitor");
  }

  private void cable(NetworkNamespace machine, String mac) {
    var end = end(machine);
    inSwitch(
        "ip",
        "link",
        "add",
        end,
        "type",
        "veth",
        "peer",
        "name",
        INTERFACE,
        "address",
        mac,
        "netns",
        machine.name());
    inSwitch("ip", "link", "set", end, "up");
    // The switch reads packets as they are: nobody after it would add the checksums.
    inSwitch(program("ethtool"), "-K", end, "tx", "off");
    var _ =
        Command.runWithInput(
            "", machine.command(List.of(program("ethtool"), "-K", INTERFACE, "tx", "off")));
  }

  private void address(NetworkNamespace machine, String address, String cidr) {
    var length = cidr.substring(cidr.indexOf('/'));
    var _ =
        Command.run("ip", "-n", machine.name(), "addr", "add", address + length, "dev", INTERFACE);
    var _ =
        Command.run(
            "ip",
            "-n",
            machine.name(),
            "link",
            "set",
            INTERFACE,
            "mtu",
            Integer.toString(MTU),
            "up");
  }

  private void connect(NetworkNamespace machine, String bridge, List<String> settings) {
    var arguments = new ArrayList<>(List.of("add-port", bridge, end(machine)));
    if (!settings.isEmpty()) {
      arguments.addAll(List.of("--", "set", "interface", end(machine)));
      arguments.addAll(settings);
    }
    var _ =
        run(
            List.of(program("ovs-vsctl"), "--timeout=30", "--db=unix:" + text("switch_socket")),
            arguments.toArray(String[]::new));
  }

  private static String end(NetworkNamespace machine) {
    return "v-" + machine.name();
  }

  private void inSwitch(String... command) {
    var words = new ArrayList<>(List.of("nsenter", "--net", "--target", text("switch_process")));
    words.addAll(List.of(command));
    var _ = Command.runWithInput("", words);
  }

  private String run(List<String> program, String... arguments) {
    var words = new ArrayList<>(List.of("env", "LD_LIBRARY_PATH=" + text("libraries")));
    words.addAll(program);
    words.addAll(List.of(arguments));
    return Command.runWithInput("", words);
  }

  private String program(String name) {
    return json.path("programs").required(name).asText();
  }

  private JsonNode get(String path) {
    return lab.admin().get(lab.network(path)).accepted();
  }

  private String text(String key) {
    return json.required(key).asText();
  }
}
