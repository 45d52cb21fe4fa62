// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.look;

import dev.fairway.metal.look.KernelLook.LinkLook;
import dev.fairway.metal.look.NodeLook.Heard;
import dev.fairway.metal.look.NodeLook.Place;
import dev.fairway.metal.model.Answering;
import dev.fairway.metal.pool.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Three nodes and a VIP that node-1 announces and the others hear; each method breaks something.
final class Scene {
  static final String VIP = "10.13.242.7";
  static final String HOST = "52:54:00:00:00:99";

  private final Map<String, NodeLook> looks = new HashMap<>();
  private final Map<String, String> silent = new HashMap<>();
  private final Map<String, String> stations = new HashMap<>();
  private Optional<Answering> answering =
      Optional.of(new Answering("node-1", mac(1), "eth0", "2026-01-02T03:04:05Z", true));
  private Optional<String> conflict = Optional.empty();

  private Scene() {
    for (var n = 1; n <= 3; n++) {
      put(n, n == 1, "", "", kernel(n, List.of(), false, 0, List.of("eth0"), 0, 0));
    }
    hears(2, mac(1));
    hears(3, mac(1));
  }

  static Scene healthy() {
    return new Scene();
  }

  static String mac(int node) {
    return "02:00:0a:0d:f0:0" + node;
  }

  /// Nobody announces it, and nobody hears anybody.
  Scene notAnnounced(String obstacle, String last) {
    answering = Optional.empty();
    for (var n = 1; n <= 3; n++) {
      put(n, false, n == 1 ? obstacle : "", n == 1 ? last : "", look(n).kernel());
    }
    return this;
  }

  Scene conflict(String mac) {
    conflict = Optional.of(mac);
    return this;
  }

  Scene alsoAnnouncedBy(int node) {
    put(node, true, "", "", look(node).kernel());
    return this;
  }

  /// The node heard these and no other.
  Scene hears(int node, String... macs) {
    var look = look(node);
    var heard = new ArrayList<Heard>();
    for (var mac : macs) {
      heard.add(new Heard("eth0", mac, 420));
    }
    looks.put(
        look.node(),
        new NodeLook(
            look.node(),
            VIP,
            look.owners(),
            look.place(),
            look.obstacle(),
            look.last(),
            look.kernel(),
            heard,
            ""));
    return this;
  }

  Scene cannotAsk(int node, String why) {
    var look = look(node);
    looks.put(
        look.node(),
        new NodeLook(
            look.node(),
            VIP,
            look.owners(),
            look.place(),
            look.obstacle(),
            look.last(),
            look.kernel(),
            List.of(),
            why));
    return this;
  }

  Scene kernelHolds(int node, boolean ipvs, String... interfaces) {
    return kernel(node, kernel(node, List.of(interfaces), ipvs, 0, List.of("eth0"), 0, 0));
  }

  /// @param defaultRoutes by which interfaces
  Scene routes(int node, int rpFilter, List<String> defaultRoutes, long dropped, long noRoute) {
    return kernel(node, kernel(node, List.of(), false, rpFilter, defaultRoutes, dropped, noRoute));
  }

  private Scene kernel(int node, KernelLook kernel) {
    var look = look(node);
    looks.put(
        look.node(),
        new NodeLook(
            look.node(),
            VIP,
            look.owners(),
            look.place(),
            look.obstacle(),
            look.last(),
            kernel,
            look.answers(),
            look.unasked()));
    return this;
  }

  /// The speaker of the node does not answer.
  Scene silent(int node) {
    looks.remove("node-" + node);
    silent.put("node-" + node, "no answer from its port 7472 (refused)");
    return this;
  }

  /// A node that was not asked, of which it is known that it has this address.
  Scene station(String node, String mac) {
    stations.put(mac, node);
    return this;
  }

  Evidence evidence() {
    return new Evidence(
        IpAddress.of(VIP),
        List.of("node-1", "node-2", "node-3"),
        answering,
        conflict,
        looks.values().stream().sorted((a, b) -> a.node().compareTo(b.node())).toList(),
        silent,
        stations);
  }

  private NodeLook look(int node) {
    return Objects.requireNonNull(looks.get("node-" + node));
  }

  private void put(int n, boolean announces, String obstacle, String last, KernelLook kernel) {
    looks.put(
        "node-" + n,
        new NodeLook(
            "node-" + n,
            VIP,
            List.of("node-1", "node-2", "node-3"),
            announces ? List.of(new Place("eth0", mac(n))) : List.of(),
            obstacle,
            last,
            kernel,
            List.of(),
            ""));
  }

  private static KernelLook kernel(
      int node,
      List<String> holders,
      boolean ipvs,
      int rpFilter,
      List<String> defaultRoutes,
      long dropped,
      long noRoute) {
    return new KernelLook(
        holders,
        ipvs,
        defaultRoutes,
        dropped,
        noRoute,
        List.of(new LinkLook("eth0", mac(node), List.of("10.13.240.0/22"), 0, 0, rpFilter)));
  }
}
