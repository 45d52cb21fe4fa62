// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.fairway.testkit.kube.ControlPlane;
import dev.fairway.testkit.kube.ControlPlaneOptions;
import dev.fairway.testkit.kube.KubeBinaries;
import dev.fairway.testkit.kube.User;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// `fairway migrate metallb` against a real API server, which holds objects like those of MetalLB.
@TestMethodOrder(OrderAnnotation.class)
class MigrateIT {
  private static final Path DEPLOY = Path.of("..", "deploy").toAbsolutePath().normalize();
  private static final User STRANGER = new User("stranger", List.of());
  private static final Pattern RESTORABLE = Pattern.compile("kubectl -n metallb-system .*");

  @TempDir static Path directory;
  private static ControlPlane kube;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() {
    kube =
        ControlPlane.start(
            KubeBinaries.fromEnvironment(),
            directory.resolve("kube"),
            ControlPlaneOptions.PLAIN.withUser(STRANGER));
    kube.applyYaml(DEPLOY.resolve("crds"));
  }

  @AfterAll
  static void stop() {
    kube.close();
  }

  @Test
  @Order(1)
  void aClusterWithoutMetalLbIsToldInOneLine() {
    assertThat(migrate()).isEqualTo(1);

    assertThat(err.toString().strip())
        .hasLineCount(1)
        .contains("no group metallb.io", "--context", "--from");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  @Order(2)
  void whoMayNotReadIsToldWhatItTakes() throws Exception {
    kube.applyYaml(resource("metallb-crds.yaml"));
    kube.kubectl("apply", "-f", resource("metallb-objects.yaml").toString());
    kube.kubectl(
        "patch",
        "service",
        "-n=shop",
        "web",
        "--subresource=status",
        "--type=merge",
        "-p={\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"192.0.2.7\"}]}}}");
    kube.kubectl(
        "patch",
        "service",
        "-n=shop",
        "legacy",
        "--subresource=status",
        "--type=merge",
        "-p={\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"198.51.100.255\"}]}}}");

    assertThat(run("--kubeconfig", kube.kubeconfig(STRANGER).toString())).isEqualTo(1);

    assertThat(err.toString().strip()).hasLineCount(1).contains("you may not list ");
  }

  @Test
  @Order(3)
  void aNamespaceWithoutMetalLbIsToldInOneLine() {
    assertThat(migrate("--namespace", "default")).isEqualTo(1);

    assertThat(err.toString().strip()).hasLineCount(1).contains("namespace default", "--namespace");
  }

  @Test
  @Order(4)
  void whatIsPrintedIsAcceptedAndNothingOfMetalLbIsWritten() throws Exception {
    var before = versions();

    assertThat(migrate()).isEqualTo(3);

    assertThat(versions()).isEqualTo(before);
    assertThat(err.toString())
        .contains(
            "BGPPeer metallb-system/router\n  refused",
            "refused  spec.vrf",
            "refused  spec.echoMode",
            "ConfigMap metallb-system/bgpextras\n  refused  data",
            "deployment/controller --replicas=0",
            "daemonset speaker");
    var file = Files.writeString(directory.resolve("fairway.yaml"), out.toString());
    kube.kubectl("apply", "-f", file.toString());
    // Again, by what stands in the server: no field was dropped, none means another thing.
    assertThat(kube.kubectl("diff", "-f", file.toString())).isEmpty();
    assertThat(ours("AddressPool").stream().map(MigrateIT::name))
        .containsExactlyInAnyOrder("public", "gold");
    assertThat(ours("Announcement").stream().map(MigrateIT::name))
        .containsExactlyInAnyOrder("everywhere.1", "everywhere.2", "gold");
    assertThat(ours("AddressReservation"))
        .extracting(MigrateIT::name, one -> Objects.toString(one.<Object>get("spec", "addresses")))
        .containsExactlyInAnyOrder(
            tuple("shop.web", "[192.0.2.7]"), tuple("shop.legacy", "[198.51.100.255]"));
    assertThat(versions()).isEqualTo(before);
  }

  @Test
  @Order(5)
  void manifestsThatKubectlWritesSayTheSame() throws Exception {
    migrate();
    var fromCluster = out.toString();
    var file = directory.resolve("all.yaml");
    Files.writeString(
        file,
        kube.kubectl(
            "get",
            "-A",
            "-o=yaml",
            "ipaddresspools,l2advertisements,bgppeers,bfdprofiles,services,configmaps,deployments,daemonsets"));
    out.getBuffer().setLength(0);

    assertThat(run("--from", file.toString())).isEqualTo(3);

    assertThat(out.toString()).isEqualTo(fromCluster);
  }

  @Test
  @Order(6)
  void theCommandsOfTheGuideWorkThereAndBack() {
    migrate();
    var commands =
        err.toString().lines().map(String::strip).filter(RESTORABLE.asMatchPredicate()).toList();
    var selector =
        Stream.of(
                "-n=metallb-system",
                "get",
                "daemonset",
                "speaker",
                "-o=jsonpath={.spec.template.spec.nodeSelector}")
            .toArray(String[]::new);
    var before = kube.kubectl(selector);

    assertThat(commands).hasSize(5);
    for (var command : commands.subList(1, 3)) {
      kube.kubectl(words(command));
    }
    assertThat(kube.kubectl(selector)).contains("fairway.dev/moved-away");
    assertThat(replicas()).isEqualTo("0");
    for (var command : commands.subList(3, 5)) {
      kube.kubectl(words(command));
    }

    assertThat(kube.kubectl(selector)).isEqualTo(before);
    assertThat(replicas()).isEqualTo("1");
  }

  private static String replicas() {
    return kube.kubectl(
        "-n=metallb-system", "get", "deployment", "controller", "-o=jsonpath={.spec.replicas}");
  }

  // As a shell reads them: single quotes hold together.
  private static String[] words(String command) {
    return Pattern.compile("'([^']*)'|(\\S+)")
        .matcher(command)
        .results()
        .map(match -> Optional.ofNullable(match.group(1)).orElse(match.group(2)))
        .skip(1)
        .toArray(String[]::new);
  }

  private static Path resource(String name) throws Exception {
    return Path.of(Objects.requireNonNull(MigrateIT.class.getResource(name)).toURI());
  }

  private static String name(GenericKubernetesResource of) {
    return of.getMetadata().getName();
  }

  private static List<GenericKubernetesResource> ours(String kind) {
    return kube.client().genericKubernetesResources("fairway.dev/v1alpha1", kind).list().getItems();
  }

  /// The version of every object of MetalLB's, and of every Service.
  private static TreeMap<String, String> versions() {
    var versions = new TreeMap<String, String>();
    var lines =
        kube.kubectl(
            "get",
            "-A",
            "-o=jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.resourceVersion}{\"\\n\"}{end}",
            "ipaddresspools,l2advertisements,bgppeers,bfdprofiles,services,configmaps,deployments,daemonsets");
    lines.lines().map(line -> line.split(" ", 2)).forEach(pair -> versions.put(pair[0], pair[1]));
    assertThat(versions).containsKey("IPAddressPool/public").containsKey("Service/web");
    return versions;
  }

  private int migrate(String... more) {
    return run(
        Stream.concat(Stream.of("--kubeconfig", kube.kubeconfig().toString()), Arrays.stream(more))
            .toArray(String[]::new));
  }

  private int run(String... more) {
    return Fairway.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(
            Stream.concat(Stream.of("migrate", "metallb"), Arrays.stream(more))
                .toArray(String[]::new));
  }
}
