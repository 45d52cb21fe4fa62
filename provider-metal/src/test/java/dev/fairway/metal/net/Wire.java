// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.net;

import static org.awaitility.Awaitility.await;

import dev.fairway.metal.pool.Family;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Two network namespaces with a cable between them: a client and a node, each with one interface
/// `eth0` in 10.13.240.0/22. Only inside the private sandbox that the tests are started in, so that
/// nothing outside can be touched or left over.
public final class Wire implements AutoCloseable {

  public static final String CLIENT_ADDRESS = "10.13.240.100";
  public static final String NODE_ADDRESS = "10.13.240.11";
  public static final String CLIENT_ADDRESS_6 = "fd00:13::100";
  public static final String NODE_ADDRESS_6 = "fd00:13::11";
  private static final Pattern NEIGHBOUR_MAC = Pattern.compile("lladdr ([0-9a-f:]{17})");

  private final String client;
  private final String node;

  /// @param name at most eight letters, different from that of any other wire
  public Wire(String name) throws IOException {
    if (!"1".equals(System.getenv("FAIRWAY_SANDBOX"))) {
      throw new IllegalStateException(
          "this test makes network namespaces and runs only in the sandbox: use ./fairway test");
    }
    client = name + "-client";
    node = name + "-node";
    run("ip", "netns", "add", client);
    run("ip", "netns", "add", node);
    run(
        "ip", "-n", client, "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns",
        node);
    inClient("addr", "add", CLIENT_ADDRESS + "/22", "dev", "eth0");
    inNode("addr", "add", NODE_ADDRESS + "/22", "dev", "eth0");
    // Without IPv6 there are no events but those a test makes.
    inClient("link", "set", "eth0", "addrgenmode", "none");
    inNode("link", "set", "eth0", "addrgenmode", "none");
    inClient("link", "set", "eth0", "up");
    inNode("link", "set", "eth0", "up");
    // A tenth of the usual second between questions, so that silence shows soon.
    inClient("ntable", "change", "name", "arp_cache", "dev", "eth0", "retrans", "100");
  }

  /// Gives both ends an address in fd00:13::/64 and one of the link, and waits until they may be
  /// used.
  public Wire withIpv6() throws IOException {
    for (String end : List.of(client, node)) {
      ip(end, "link", "set", "eth0", "down", "addrgenmode", "eui64");
      ip(end, "link", "set", "eth0", "up");
    }
    inClient("addr", "add", CLIENT_ADDRESS_6 + "/64", "dev", "eth0", "nodad");
    inNode("addr", "add", NODE_ADDRESS_6 + "/64", "dev", "eth0", "nodad");
    inClient("ntable", "change", "name", "ndisc_cache", "dev", "eth0", "retrans", "100");
    await().until(() -> isReadyForIpv6(client) && isReadyForIpv6(node));
    return this;
  }

  // Without an address of the link, the kernel does not even check its neighbours.
  private static boolean isReadyForIpv6(String end) throws IOException {
    String addresses = ip(end, "addr", "show", "dev", "eth0");
    return addresses.contains("inet6 fe80") && !addresses.contains("tentative");
  }

  public String client() {
    return client;
  }

  public String node() {
    return node;
  }

  /// `ip` in the client's namespace.
  public String inClient(String... arguments) throws IOException {
    return ip(client, arguments);
  }

  /// `bridge` in the client's namespace.
  public String bridgeInClient(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("bridge", "-n", client));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  /// `ip` in the node's namespace.
  public String inNode(String... arguments) throws IOException {
    return ip(node, arguments);
  }

  /// The Ethernet address of the node's interface.
  public MacAddress nodeMac() throws Exception {
    return eth0(node).mac();
  }

  /// The Ethernet address of the client's interface.
  public MacAddress clientMac() throws Exception {
    return eth0(client).mac();
  }

  /// The interface in one of the namespaces.
  public static Link eth0(String namespace) throws Exception {
    return Netns.call(
        namespace,
        () ->
            Links.read().stream()
                .filter(link -> link.name().equals("eth0"))
                .findFirst()
                .orElseThrow());
  }

  /// Sends a frame as it is from the client's end.
  public void sendFromClient(byte[] frame) throws Exception {
    Link link = eth0(client);
    Netns.call(
        client,
        () -> {
          try (PacketSocket socket = PacketSocket.open(link, Family.IPV4)) {
            socket.send(frame);
          }
          return true;
        });
  }

  /// Has the client forget the address and send a datagram to it, so that its kernel asks who has
  /// it.
  public void ask(String address) throws Exception {
    inClient("neigh", "flush", "all");
    say(address);
  }

  /// Has the client send a datagram to the address.
  public void say(String address) throws Exception {
    Netns.call(
        client,
        () -> {
          try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(new byte[1], 1, InetAddress.ofLiteral(address), 9));
          }
          return true;
        });
  }

  /// What the client's kernel knows of the address: its Ethernet address, `FAILED` if nobody
  /// answered, else nothing.
  public String neighbour(String address) throws IOException {
    String entry = inClient("neigh", "show", address);
    Matcher mac = NEIGHBOUR_MAC.matcher(entry);
    if (mac.find()) {
      return mac.group(1);
    }
    return entry.contains("FAILED") ? "FAILED" : "";
  }

  @Override
  public void close() throws IOException {
    run("ip", "netns", "del", client);
    run("ip", "netns", "del", node);
  }

  private static String ip(String namespace, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("ip", "-n", namespace));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  private static String run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return output;
  }
}
