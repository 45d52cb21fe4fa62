// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import dev.fairway.testkit.bench.AuditLog;
import dev.fairway.testkit.bench.Processes;
import dev.fairway.testkit.kube.KubeBinaries;
import dev.fairway.testkit.process.ChildProcess;
import dev.fairway.testkit.process.Until;
import dev.fairway.testkit.world.Addresses;
import dev.fairway.testkit.world.NodeHost;
import dev.fairway.testkit.world.World;
import dev.fairway.testkit.world.WorldOptions;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Three nodes with speakers, of which one answers for a Service whose pod is on a fourth, and a
/// controller; all as processes with the rights of their roles.
final class L2World implements AutoCloseable {
  /// The pool that Services get addresses from that ask for nothing; not of the LAN's own network,
  /// which is too small.
  static final String MANY_POOL = "many";

  private static final int SPEAKERS = 3;
  private static final int HTTP = 7472;
  private static final Duration ONE_TRY = Duration.ofMillis(500);
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Site site;
  private final World world;
  private final AuditLog audit;
  private final Vips vips;
  private final Processes controllers = new Processes();
  private final Map<String, ChildProcess> speakers = new HashMap<>();
  private Optional<Profile> profile = Optional.empty();
  private String vip = "";

  private L2World(Site site, World world) {
    this.site = site;
    this.world = world;
    this.audit = site.audit();
    this.vips = new Vips(world.controlPlane().client());
  }

  static L2World create(Site site) {
    var world =
        World.create(
            site.directory(),
            KubeBinaries.fromEnvironment(),
            WorldOptions.PLAIN
                .withNodes(SPEAKERS + 1)
                .withUser(Site.CONTROLLER)
                .withUser(Site.SPEAKER)
                .withApiServerFlags(site.apiServerFlags()));
    var made = new L2World(site, world);
    try {
      made.furnish();
      return made;
    } catch (RuntimeException e) {
      made.close();
      throw e;
    }
  }

  private void furnish() {
    world.controlPlane().applyYaml(site.manifests());
    vips.apply(
        "AddressPool", "lan", Map.of("addresses", List.of(Addresses.POOL), "autoAssign", false));
    vips.apply("AddressPool", MANY_POOL, Map.of("addresses", List.of("10.14.0.0/16")));
    // By name: the interface has no address of the second pool's network.
    vips.apply("Announcement", "lan", Map.of("l2", Map.of("interfaces", List.of("eth0"))));
    var _ = podNode().startPod("web", WebService.LABELS, WebService.POD_PORT);
    run(Profile.DEFAULT);
    var _ = client().resource(WebService.WITHOUT_ADDRESS).create();
    vip =
        Until.isPresent(
            "an address for Service web",
            LIMIT,
            () ->
                client()
                    .resource(WebService.WITHOUT_ADDRESS)
                    .get()
                    .getStatus()
                    .getLoadBalancer()
                    .getIngress()
                    .stream()
                    .map(LoadBalancerIngress::getIp)
                    .findFirst());
    world.awaitProxies();
  }

  // The last one has no speaker, so that no loss of an owner is a loss of the pod.
  private NodeHost podNode() {
    return world.nodes().getLast();
  }

  /// The nodes with a speaker.
  List<NodeHost> announcers() {
    return world.nodes().subList(0, SPEAKERS);
  }

  World world() {
    return world;
  }

  KubernetesClient client() {
    return world.controlPlane().client();
  }

  Vips vips() {
    return vips;
  }

  AuditLog audit() {
    return audit;
  }

  /// The address of Service `web`, for TCP and UDP.
  String vip() {
    return vip;
  }

  /// Has controller and speakers run with this profile; all start anew if they ran with another.
  void run(Profile wanted) {
    if (!profile.equals(Optional.of(wanted))) {
      controllers.kill();
      speakers.values().forEach(ChildProcess::kill9);
      profile = Optional.of(wanted);
      var _ =
          controllers.await(
              site.startController(world.controlPlane().kubeconfig(Site.CONTROLLER), wanted));
      announcers().forEach(this::startSpeaker);
    }
  }

  /// Plugs in each cable and starts each speaker that does not run.
  void mend() {
    announcers().forEach(NodeHost::heal);
    announcers().stream().filter(node -> !speaker(node).isAlive()).forEach(this::startSpeaker);
  }

  void startSpeaker(NodeHost node) {
    var configuration = Configuration.write(site.directory(), profile.orElseThrow());
    speakers.put(
        node.name(),
        world.add(
            site.app()
                .startSpeaker(
                    node,
                    world.controlPlane().kubeconfig(Site.SPEAKER),
                    site.directory(),
                    "--config",
                    configuration.toString())));
  }

  ChildProcess speaker(NodeHost node) {
    return Optional.ofNullable(speakers.get(node.name())).orElseThrow();
  }

  /// The node that answers for Service `web`, once all speakers work, all nodes are in the list of
  /// owners, and it is the first of them.
  ///
  /// @throws IllegalStateException when that takes more than a minute
  NodeHost settledOwner() {
    Until.isTrue(
        "all speakers to be ready",
        LIMIT,
        () ->
            announcers().stream()
                .allMatch(node -> node.get(node.address(), HTTP, "/readyz", ONE_TRY).isOk()));
    try {
      return Until.isPresent("the owners", LIMIT, this::settled);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "%s; owners are %s, and by ARP answer %s"
              .formatted(e.getMessage(), vips.owners(vip), world.client().arpSweep(List.of(vip))),
          e);
    }
  }

  // What is on the wire counts, not what somebody says of it.
  private Optional<NodeHost> settled() {
    var owners = vips.owners(vip);
    return owners.size() == SPEAKERS
        ? Optional.of(world.node(owners.getFirst()))
            .filter(first -> world.client().arp(vip).filter(first.mac()::equals).isPresent())
        : Optional.empty();
  }

  /// The nodes that answer for the addresses of a pool, by address.
  ///
  /// @throws IllegalStateException when two answer for one
  Map<String, String> answering(String pool) {
    return new Answering(announcers()).of(world.client().arpSweep(vips.inUse(pool)));
  }

  @Override
  public void close() {
    controllers.kill();
    world.close();
  }
}
