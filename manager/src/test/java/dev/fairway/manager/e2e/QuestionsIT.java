// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.testkit.kube.KubeBinaries;
import dev.fairway.testkit.kube.User;
import dev.fairway.testkit.process.ChildProcess;
import dev.fairway.testkit.world.Addresses;
import dev.fairway.testkit.world.FairwayApp;
import dev.fairway.testkit.world.World;
import dev.fairway.testkit.world.WorldOptions;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Questions to a running controller as people put them: by the command and by kubectl, through the
/// API server, with the rights of the role for it and no others.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuestionsIT {
  private static final User CONTROLLER =
      User.serviceAccount("fairway-system", "fairway-controller");
  private static final User SPEAKER = User.serviceAccount("fairway-system", "fairway-speaker");
  private static final User VIEWER = new User("viewer", List.of());
  private static final User STRANGER = new User("stranger", List.of());
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String LEADER = "fairway-controller-a";
  private static final String OTHER = "fairway-controller-b";
  private static final Path PAGE = Path.of("..", "docs", "questions.md");

  @TempDir static Path directory;
  private World world;
  private ChildProcess controller;
  private Service web;
  private List<String> plan;

  /// A controller that may only read, then one that may write: between them, the plan is asked for.
  @BeforeAll
  void makeAWorld() throws Exception {
    world =
        World.create(
            directory,
            KubeBinaries.fromEnvironment(),
            WorldOptions.PLAIN
                .withNodes(2)
                .withUser(CONTROLLER)
                .withUser(SPEAKER)
                .withUser(VIEWER)
                .withUser(STRANGER));
    world.controlPlane().applyYaml(TestCluster.DEPLOY.resolve("kustomize/base"));
    world
        .controlPlane()
        .kubectl(
            "-n",
            "fairway-system",
            "create",
            "rolebinding",
            "ask-fairway",
            "--role=fairway-viewer",
            "--user=viewer");
    apply("AddressPool", "lan", Map.of("addresses", List.of("10.13.242.7-10.13.242.8")));
    apply("Announcement", "lan", Map.of("l2", Map.of()));
    apply(
        "Vip",
        "10.13.242.9",
        Map.of("address", "10.13.242.9", "pool", "old", "loadBalancer", "default/gone"));
    controllerPod(LEADER);
    for (var node : world.nodes()) {
      world.add(
          FairwayApp.fromEnvironment()
              .startSpeaker(node, world.controlPlane().kubeconfig(SPEAKER), directory));
    }
    world.node("node-1").startPod("web-1", Map.of("app", "web"), 8080);
    web =
        client()
            .resource(
                TestCluster.service("default", "web")
                    .editSpec()
                    .addToSelector("app", "web")
                    .endSpec()
                    .build())
            .create();
    client()
        .resource(
            TestCluster.service("default", "foreign")
                .editSpec()
                .withLoadBalancerClass("example.com/x")
                .endSpec()
                .build())
        .create();

    await("signs of life of both speakers")
        .atMost(SOON)
        .until(
            () -> client().leases().inNamespace("fairway-speakers").list().getItems().size() == 2);
    controller = startController(LEADER, "policy: read-only", 10258);
    await("a plan")
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(fairway("plan", "default/web").out()).contains("+ give 10.13.242."));
    plan = steps(fairway("plan", "default/web").out());
    var asked = fairway("plan", "--exit-code");
    assertThat(asked.code()).isEqualTo(3);
    assertThat(asked.out())
        .contains("(withheld by policy read-only)")
        .endsWith(
            "1 to create, 0 to change, 0 to delete, 1 of them withheld by policy read-only; 0 as they"
                + " should be\n");
    assertThat(controller.stop(SOON)).isTrue();

    controller = startController(LEADER, "policy: sync", 10258);
    await("an address").atMost(SOON).until(() -> !TestCluster.addresses(client(), web).isEmpty());
    await("the speaker to say that it answers")
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(fairway("explain", "web").out()).contains("answered for by"));
  }

  @AfterAll
  void close() {
    world.close();
  }

  @Test
  void whatWasPlannedIsWhatWasCarriedOut() throws Exception {
    var carriedOut =
        Files.readString(controller.log())
            .lines()
            .filter(line -> line.contains(" Reconciler ") && line.contains(" default/web#"))
            .map(line -> line.replaceFirst(".* default/web#\\d+ ", ""))
            .toList();

    assertThat(plan)
        .singleElement()
        .asString()
        .startsWith("give 10.13.242.")
        .contains("announced by node-");
    assertThat(carriedOut.subList(0, plan.size())).isEqualTo(plan);
    var now = fairway("plan", "default/web", "--exit-code");
    assertThat(now.out()).contains("nothing to do").contains("1 as they should be");
    assertThat(now.code()).isZero();
  }

  @Test
  void anExplanationGoesFromTheCauseToWhoAnswers() throws Exception {
    var address = TestCluster.addresses(client(), web).getFirst();

    var text = fairway("explain", "web");
    var json = new ObjectMapper().readTree(fairway("explain", "web", "--json").out());

    assertThat(text.code()).isZero();
    assertThat(text.out()).startsWith("default/web is served at " + address + ".\n");
    assertThat(text.out())
        .containsPattern("pool lan, answered for by node-[12] with 02:[0-9a-f:]+ on eth0 since 20")
        .contains("node-1: eligible, ready, has a ready endpoint")
        .contains("LoadBalancerServing=True");
    assertThat(json.path("cause").asText()).isEqualTo("default/web is served at " + address + ".");
    assertThat(json.path("readyEndpoints").asInt()).isOne();
    assertThat(json.path("found").path("ingress").get(0).asText()).isEqualTo(address);
  }

  @Test
  void theFirstLineNamesTheCauseOfEachTrouble() {
    create("second");
    create("third");
    assertThat(cause("foreign"))
        .isEqualTo(
            "default/foreign is not served by this controller: its class is example.com/x; this"
                + " controller serves class fairway.dev/metal and Services without class.");
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(List.of(cause("second"), cause("third")))
                .as("the pool has two addresses")
                .anyMatch(line ->
                    line.matches(
                        "default/\\w+ has no address: pool lan has no free IPv4 address: 0 of the 2"
                            + " addresses of lan are free; add addresses to it, .*"))
                .anyMatch(
                    line -> line.matches("default/\\w+ has 10[.]13[.]242[.]\\d, but no pod .*")));
    client().services().inNamespace("default").withName("second").delete();
    client().services().inNamespace("default").withName("third").delete();
  }

  @Test
  void orphansAreListedAndLeftAlone() throws Exception {
    assertThat(fairway("orphans").out())
        .matches(
            Pattern.compile(
                "default/gone at 10[.]13[.]242[.]9, seen first at 20\\S+Z, stays until somebody deletes"
                    + " it\n\n1 that no Service claims\n"));
    assertThat(
            new ObjectMapper()
                .readTree(fairway("orphans", "--json").out())
                .path("orphans")
                .get(0)
                .path("key")
                .asText())
        .isEqualTo("default/gone");
    assertThat(TestCluster.vip(client(), "10.13.242.9")).isNotNull();
  }

  @Test
  void kubectlAsksTheSame() throws Exception {
    assertThat(kubectl(VIEWER, "plan", "web").out()).isEqualTo(fairway("plan", "web").out());
    assertThat(kubectl(VIEWER, "orphans", "--json").out())
        .isEqualTo(fairway("orphans", "--json").out());
    assertThat(kubectl(VIEWER, "explain", "-n", "default", "web").out())
        .startsWith("default/web is served at ");

    assertThat(kubectl(VIEWER, "explain", "nope"))
        .isEqualTo(
            new Result(1, "", "Error from server (NotFound): there is no Service default/nope\n"));
    assertThat(kubectl(VIEWER, "explain").code()).isEqualTo(2);
    assertThat(kubectl(VIEWER, "exlpain", "web").err())
        .isEqualTo("fairway: unknown command 'exlpain'; see kubectl fairway --help\n");
    assertThat(kubectl(VIEWER, "plan", "--namespace-of-fairway=nowhere").code()).isEqualTo(1);
    assertThat(kubectl(STRANGER, "plan").err()).contains("the role fairway-viewer there allows it");
  }

  @Test
  void whatStandsInTheWayOfAQuestionIsOneLine() {
    says(fairway(STRANGER, "plan"), "you may not get leases in namespace fairway-system; have the");
    says(fairway(VIEWER, "explain", "nope"), "there is no Service default/nope");
    says(
        fairway(VIEWER, "plan", "--namespace-of-fairway", "default"),
        "you may not get leases in namespace default; have the role fairway-viewer");
    says(
        fairway(User.serviceAccount("fairway-system", "fairway-controller"), "plan"),
        "you may not get pods/proxy in namespace fairway-system; have the role fairway-viewer");
  }

  @Test
  void aReplicaThatStandsByNamesTheLeader() {
    controllerPod(OTHER);
    var other = startController(OTHER, "policy: sync", 10259);
    await("the other replica to stand by")
        .atMost(SOON)
        .untilAsserted(() ->
            says(
                fairway(VIEWER, "plan", "--controller", "http://10.13.240.5:10259"),
                "this replica does not lead, " + LEADER + "_"));
    other.kill9();
  }

  /// Each command that the page shows gives what the page says.
  @Test
  void thePageShowsCommandsThatWork() throws Exception {
    var commands =
        Pattern.compile("^    \\$ kubectl fairway (.*)$", Pattern.MULTILINE)
            .matcher(Files.readString(PAGE))
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(commands).hasSizeGreaterThanOrEqualTo(4);
    for (var command : commands) {
      var words = command.split(" ");
      assertThat(kubectl(VIEWER, words)).as(command).matches(answer -> answer.code() == 0);
    }
  }

  private static void says(Result result, String begin) {
    assertThat(result.err()).startsWith("fairway: " + begin).hasLineCount(1);
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
  }

  private static List<String> steps(String text) {
    return text.lines()
        .filter(line -> line.matches(" {2}[+~!-] .*"))
        .map(line -> line.substring(4).replaceFirst(" {3}\\(withheld.*", ""))
        .toList();
  }

  private String cause(String service) {
    return fairway("explain", service).out().lines().findFirst().orElse("");
  }

  private record Result(int code, String out, String err) {}

  private Result fairway(String... words) {
    var result = fairway(VIEWER, words);
    assertThat(result.err()).isEmpty();
    return result;
  }

  private Result fairway(User user, String... words) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp"));
    command.add(FairwayApp.fromEnvironment().directory().resolve("lib") + "/*");
    command.add("dev.fairway.manager.cli.Fairway");
    command.addAll(List.of(words));
    command.addAll(List.of("--kubeconfig", world.controlPlane().kubeconfig(user).toString()));
    return run(command, user);
  }

  /// As people do: the script is a plugin because it stands in a directory of PATH.
  private Result kubectl(User user, String... words) {
    var command = new ArrayList<>(List.of("kubectl", "fairway"));
    command.addAll(List.of(words));
    return run(command, user);
  }

  private Result run(List<String> command, User user) {
    try {
      var out = Files.createTempFile(directory, "out", "");
      var err = Files.createTempFile(directory, "err", "");
      var builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      var environment = builder.environment();
      environment.put("KUBECONFIG", world.controlPlane().kubeconfig(user).toString());
      environment.put(
          "PATH",
          "%s:%s:%s"
              .formatted(
                  TestCluster.DEPLOY.resolve("kubectl"),
                  environment.get("FAIRWAY_KUBE_BIN"),
                  environment.get("PATH")));
      builder
          .command()
          .set(0, command.getFirst().equals("kubectl") ? kubectlBinary() : command.getFirst());
      var code = builder.start().waitFor();
      return new Result(code, Files.readString(out), Files.readString(err));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String kubectlBinary() {
    return Path.of(System.getenv("FAIRWAY_KUBE_BIN"), "kubectl").toString();
  }

  private ChildProcess startController(String pod, String config, int port) {
    try {
      var file = Files.writeString(directory.resolve(pod + ".yaml"), config);
      return world.add(
          FairwayApp.fromEnvironment()
              .startControllerAs(
                  pod,
                  world.controlPlane().kubeconfig(CONTROLLER),
                  directory,
                  "--config",
                  file.toString(),
                  "--http-port",
                  Integer.toString(port)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The object by which the API server knows where the controller is.
  private void controllerPod(String name) {
    client()
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withNamespace("fairway-system")
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withNodeName("node-1")
                .addNewContainer()
                .withName("controller")
                .withImage("fairway")
                .endContainer()
                .endSpec()
                .build())
        .create();
    client()
        .pods()
        .inNamespace("fairway-system")
        .withName(name)
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.STRATEGIC_MERGE),
            "{\"status\":{\"phase\":\"Running\",\"podIP\":\"%1$s\",\"podIPs\":[{\"ip\":\"%1$s\"}]}}"
                .formatted(Addresses.CONTROL_PLANE));
  }

  private void create(String name) {
    client().resource(TestCluster.service("default", name).build()).create();
  }

  private void apply(String kind, String name, Map<String, Object> spec) {
    client().resource(TestCluster.resource(kind, name, spec)).serverSideApply();
  }

  private KubernetesClient client() {
    return world.controlPlane().client();
  }
}
