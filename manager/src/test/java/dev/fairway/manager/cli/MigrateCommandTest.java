// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is printed where, by manifests in a file.
class MigrateCommandTest {
  private static final String POOL =
      """
      apiVersion: metallb.io/v1beta1
      kind: IPAddressPool
      metadata: {namespace: metallb-system, name: public}
      spec: {addresses: [192.0.2.0/24]}
      ---
      apiVersion: metallb.io/v1beta1
      kind: L2Advertisement
      metadata: {namespace: metallb-system, name: all}
      ---
      apiVersion: v1
      kind: Service
      metadata: {namespace: shop, name: web}
      spec: {type: LoadBalancer}
      status: {loadBalancer: {ingress: [{ip: 192.0.2.7}]}}
      """;
  private static final String PEER =
      """
      ---
      apiVersion: metallb.io/v1beta2
      kind: BGPPeer
      metadata: {namespace: metallb-system, name: router}
      spec: {myASN: 64512, vrf: red}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path directory;
  private Path all;
  private Path peer;

  @BeforeEach
  void write() throws Exception {
    all = Files.writeString(directory.resolve("all.yaml"), POOL);
    peer = Files.writeString(directory.resolve("peer.yaml"), PEER);
  }

  @Test
  void objectsGoToTheOutputAndTheReportBesideThem() {
    assertThat(run("migrate", "metallb", "--from", all.toString())).isZero();

    assertThat(out.toString())
        .contains("kind: AddressPool", "kind: Announcement", "name: shop.web", "192.0.2.7")
        .doesNotContain("IPAddressPool");
    assertThat(err.toString())
        .contains(
            "IPAddressPool metallb-system/public\n  maps     spec.addresses: ",
            "0 are refused.",
            "Hand over\n  1. ",
            "The way back\n  1. ",
            "kubectl -n metallb-system scale deployment/controller --replicas=0");
  }

  @Test
  void endsWith3WhenSomethingIsRefused() {
    assertThat(run("migrate", "metallb", "--from", all.toString(), "--from", peer.toString()))
        .isEqualTo(3);

    assertThat(err.toString())
        .contains(
            "BGPPeer metallb-system/router\n  refused  not served",
            "  refused  spec.vrf: ",
            "3 are refused: look at these");
    assertThat(out.toString()).contains("name: shop.web");
  }

  @Test
  void theReportMayBeJsonAndGoIntoAFile() throws Exception {
    var report = directory.resolve("report.json");

    run("migrate", "metallb", "--from", all.toString(), "--json", "--report", report.toString());

    assertThat(err.toString()).isEmpty();
    var json = new ObjectMapper().readTree(report.toFile());
    assertThat(json.path("complete").asBoolean()).isTrue();
    assertThat(json.at("/findings/0/verdict").asText()).isEqualTo("MAPS");
    assertThat(json.at("/handOver/0/commands/0").asText()).startsWith("kubectl ");
    assertThat(json.at("/wayBack/0/title").asText()).isNotEmpty();
  }

  @Test
  void theNamespaceOfTheOtherProgramMayBeAnother() {
    assertThat(run("migrate", "metallb", "--from", all.toString(), "-n", "lb")).isZero();

    assertThat(err.toString()).contains("MetalLB reads only what is in its own namespace, lb");
    assertThat(out.toString()).doesNotContain("name: public").contains("metallb-leftover");
  }

  private int run(String... args) {
    return Fairway.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
