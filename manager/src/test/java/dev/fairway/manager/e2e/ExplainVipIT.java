// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.kube.KubeBinaries;
import dev.fairway.testkit.kube.User;
import dev.fairway.testkit.process.ChildProcess;
import dev.fairway.testkit.world.Addresses;
import dev.fairway.testkit.world.FairwayApp;
import dev.fairway.testkit.world.Host;
import dev.fairway.testkit.world.HttpAnswer;
import dev.fairway.testkit.world.NodeHost;
import dev.fairway.testkit.world.PodHost;
import dev.fairway.testkit.world.World;
import dev.fairway.testkit.world.WorldOptions;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Real faults on the network and in the kernels of nodes: the first line of the explanation names
/// each. Controller and speakers have the rights of their roles and no others.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainVipIT {
  private static final User CONTROLLER =
      User.serviceAccount("fairway-system", "fairway-controller");
  private static final User SPEAKER = User.serviceAccount("fairway-system", "fairway-speaker");
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration ONE_TRY = Duration.ofMillis(500);
  private static final Duration A_LOOK = Duration.ofSeconds(15);
  private static final int PORT = 8765;
  private static final int CONTROLLER_HTTP = 10258;
  private static final int SPEAKER_HTTP = 7472;
  private static final Path SETTINGS = Path.of("/proc/sys/net/ipv4/conf");

  @TempDir static Path directory;
  private final Map<String, ChildProcess> speakers = new HashMap<>();
  private World world;
  private PodHost pod;
  private Service service;
  private String vip;

  @BeforeAll
  void makeAWorld() {
    world =
        World.create(
            directory,
            KubeBinaries.fromEnvironment(),
            WorldOptions.PLAIN.withUser(CONTROLLER).withUser(SPEAKER));
    world.controlPlane().applyYaml(TestCluster.DEPLOY.resolve("kustomize/base"));
    world.add(
        FairwayApp.fromEnvironment()
            .startController(world.controlPlane().kubeconfig(CONTROLLER), directory));
    world.nodes().forEach(this::startSpeaker);
    pod = world.node("node-1").startPod("web-1", Map.of("app", "web"), 8080);
    apply("AddressPool", "lan", Map.of("addresses", List.of(Addresses.POOL)));
    apply("Announcement", "lan", Map.of("l2", Map.of()));
    world.awaitProxies();
    service =
        client()
            .resource(
                TestCluster.service("default", "web")
                    .editSpec()
                    .addToSelector("app", "web")
                    .editFirstPort()
                    .withPort(PORT)
                    .withNewTargetPort(8080)
                    .endPort()
                    .endSpec()
                    .build())
            .create();
    vip =
        await("an address")
            .atMost(SOON)
            .until(
                () -> TestCluster.addresses(client(), service).stream().findFirst(),
                Optional::isPresent)
            .orElseThrow();
  }

  @AfterAll
  void close() {
    world.close();
  }

  @BeforeEach
  void awaitHealth() {
    await("all speakers to be ready")
        .atMost(SOON)
        .until(() ->
            world.nodes().stream()
                .allMatch(
                    node -> node.get(node.address(), SPEAKER_HTTP, "/readyz", ONE_TRY).isOk()));
    await("all nodes to be owners, and the first to answer")
        .atMost(SOON)
        .until(() ->
            owners().size() == 3
                && owners().getFirst().equals(status().get("announcedBy"))
                && world.client().get(vip, PORT, ONE_TRY).isOk());
    cause("default/web is served at %s[.]".formatted(vip));
  }

  @Test
  void whatIsWellIsSaidToBeServedAndWhoHeardWhom() {
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(explain("web"))
                .containsPattern(
                    "pool lan, answered for by %s with ".formatted(owners().getFirst()))
                .containsPattern("standing by: node-\\d, node-\\d")
                .containsPattern(
                    "%s announces it and heard nobody else".formatted(owners().getFirst()))
                .containsPattern(
                    "%s heard %s [(]%s[)] after \\d+[.]\\d ms"
                        .formatted(
                            owners().get(1),
                            owners().getFirst(),
                            world.node(owners().getFirst()).mac())));
  }

  @Test
  void aHostThatHasTheAddressTooIsNamed() {
    world.client().ip("addr", "add", vip + "/32", "dev", "eth0");
    try {
      cause(
          "the host %s, which is no node of the cluster, answers for it beside %s; .*"
              .formatted(macOf(world.client()), owners().getFirst()),
          "web");
    } finally {
      world.client().ip("addr", "del", vip + "/32", "dev", "eth0");
    }
  }

  @Test
  void aNodeWhoseKernelAnswersIsNamedWithTheInterface() {
    var other = world.node(owners().get(1));
    other.ip("addr", "add", vip + "/32", "dev", "lo");
    try {
      cause(
          "the kernel of %s answers for it with %s, because it has the address on lo; take it off .*"
              .formatted(other.name(), other.mac()),
          "web");
    } finally {
      other.ip("addr", "del", vip + "/32", "dev", "lo");
    }
  }

  /// What kube-proxy does in IPVS mode: every node has the address of every Service.
  @Test
  void withoutStrictArpTheSettingOfKubeProxyIsNamed() {
    var other = world.node(owners().get(1));
    // There it is a dummy, for which not every kernel has the module.
    other.ip("link", "add", "kube-ipvs0", "type", "bridge");
    other.ip("addr", "add", vip + "/32", "dev", "kube-ipvs0");
    try {
      cause(
          "the kernel of %s answers for it with %s, because it has the address on kube-ipvs0"
                  .formatted(other.name(), other.mac())
              + " [(]kube-proxy in IPVS mode[)] and arp_ignore is 0; set ipvs[.]strictARP: true .*",
          "web");

      set(other, "all", "arp_ignore", "1");
      cause("default/web is served at %s[.]".formatted(vip));
    } finally {
      set(other, "all", "arp_ignore", "0");
      other.ip("link", "del", "kube-ipvs0");
    }
  }

  @Test
  void anOwnerThatDropsWhatComesFromAfarIsNamed() {
    var owner = world.node(owners().getFirst());
    var all = set(owner, "all", "rp_filter", "1");
    var eth0 = set(owner, "eth0", "rp_filter", "1");
    owner.ip("route", "replace", "default", "dev", "pods");
    try {
      assertThat(world.routedClient().get(vip, PORT, ONE_TRY).isOk()).isFalse();

      cause(
          "%s drops what clients outside of 10.13.240.0/22 send to it [(]\\d+ packets since it started[)]: "
                  .formatted(owner.name())
              + "rp_filter is 1 on eth0 and no default route leads back there; .*",
          "web");
    } finally {
      owner.ip("route", "replace", "default", "via", Addresses.ROUTER);
      set(owner, "eth0", "rp_filter", eth0);
      set(owner, "all", "rp_filter", all);
    }
  }

  @Test
  void aServiceWithoutAReadyPodIsSaidToHaveNone() {
    pod.setReady(false);
    try {
      cause("default/web has %s, but no pod behind it is ready: .*".formatted(vip));
    } finally {
      pod.setReady(true);
    }
  }

  @Test
  void aPoolOfASubnetThatNoNodeHasIsNamed() {
    apply("AddressPool", "far", Map.of("addresses", List.of("10.77.0.0/24"), "autoAssign", false));
    var far =
        client()
            .resource(
                TestCluster.service("default", "far")
                    .editMetadata()
                    .addToAnnotations("fairway.dev/address-pool", "far")
                    .endMetadata()
                    .build())
            .create();
    try {
      await()
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(firstLine("far"))
                  .matches(
                      "default/far has 10[.]77[.]0[.]\\d+, but none of the 3 nodes that may announce"
                          + " 10[.]77[.]0[.]\\d+ has an interface for it that is up: node-1, node-2,"
                          + " node-3; use a pool of a subnet of the nodes, .*"));
    } finally {
      client().resource(far).delete();
    }
  }

  /// Anybody on the network can ask a speaker.
  @Test
  void aSpeakerLooksAtNothingButVips() {
    var node = world.nodes().getFirst();

    assertThat(ask(node, "/vip/" + Addresses.CLIENT).status()).isEqualTo(404);
    assertThat(ask(node, "/vip/").status()).isEqualTo(404);
    assertThat(ask(node, "/vip/" + vip).body()).contains("\"node\":\"node-1\"");
  }

  @Test
  void aMoveIsAnEventOfTheServiceAndCounted() {
    var before = owners().getFirst();
    speakers.get(before).kill9();
    try {
      await("the move to be told")
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(moves())
                  .anySatisfy(message ->
                      assertThat(message)
                          .matches(
                              "%s moved from %s to node-\\d, as %s was not heard for 300 ms"
                                  .formatted(Pattern.quote(vip), before, before))));
    } finally {
      startSpeaker(world.node(before));
    }
    var after = world.node(String.valueOf(status().get("announcedBy")));

    assertThat(ask(after, "/metrics").body())
        .containsPattern("(?m)^fairway_vips_announced [1-9]")
        .containsPattern("(?m)^fairway_vips_taken_over_total [1-9]")
        .containsPattern("(?m)^fairway_heartbeats_received_total [1-9]")
        .containsPattern("(?m)^fairway_heartbeats_missed_total \\d")
        .containsPattern("(?m)^fairway_arp_answer_seconds_bucket[{]le=\"[+]Inf\"[}] \\d");
  }

  private List<String> moves() {
    return client().v1().events().inNamespace("default").list().getItems().stream()
        .filter(event -> service.getMetadata().getUid().equals(event.getInvolvedObject().getUid()))
        .filter(event -> event.getReason().equals("VipMoved"))
        .map(Event::getMessage)
        .toList();
  }

  private void cause(String pattern, String name) {
    cause("default/%s has %s, but %s: %s".formatted(name, vip, vip, pattern));
  }

  private void cause(String pattern) {
    await().atMost(SOON).untilAsserted(() -> assertThat(firstLine("web")).matches(pattern));
  }

  private String firstLine(String name) {
    return explain(name).lines().findFirst().orElse("");
  }

  private String explain(String name) {
    var path = "/v1/explain/default/%s?output=text".formatted(name);
    return text(
        world.controlPlaneHost().get(Addresses.CONTROL_PLANE, CONTROLLER_HTTP, path, A_LOOK));
  }

  private HttpAnswer.Answered ask(NodeHost node, String path) {
    return answered(world.client().get(node.address(), SPEAKER_HTTP, path, A_LOOK));
  }

  private static String text(HttpAnswer answer) {
    return answered(answer).body();
  }

  private static HttpAnswer.Answered answered(HttpAnswer answer) {
    return switch (answer) {
      case HttpAnswer.Answered answered -> answered;
      case HttpAnswer.NoAnswer(var why) -> throw new AssertionError(why);
    };
  }

  /// Sets something of an interface, and returns what it was before.
  private static String set(NodeHost node, String of, String name, String value) {
    var file = SETTINGS.resolve(of).resolve(name);
    return node.call(() -> {
      var before = Files.readString(file).trim();
      Files.writeString(file, value);
      return before;
    });
  }

  private static String macOf(Host host) {
    var matcher =
        Pattern.compile("link/ether ([0-9a-f:]{17})").matcher(host.ip("link", "show", "eth0"));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private void startSpeaker(NodeHost node) {
    speakers.put(
        node.name(),
        world.add(
            FairwayApp.fromEnvironment()
                .startSpeaker(node, world.controlPlane().kubeconfig(SPEAKER), directory)));
  }

  private void apply(String kind, String name, Map<String, Object> spec) {
    client().resource(TestCluster.resource(kind, name, spec)).serverSideApply();
  }

  private KubernetesClient client() {
    return world.controlPlane().client();
  }

  @SuppressWarnings("unchecked")
  private List<String> owners() {
    return (List<String>) part("spec").getOrDefault("owners", List.of());
  }

  private Map<String, Object> status() {
    return part("status");
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> part(String name) {
    return Optional.ofNullable(TestCluster.vip(client(), vip))
        .map(found -> (Map<String, Object>) found.get(name))
        .orElse(Map.of());
  }
}
