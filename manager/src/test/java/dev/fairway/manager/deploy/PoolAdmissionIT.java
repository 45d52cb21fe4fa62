// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.testkit.kube.ControlPlane;
import dev.fairway.testkit.kube.SharedControlPlane;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(SharedControlPlane.class)
class PoolAdmissionIT {

  /// A line of pools.tsv.
  record Row(String verdict, String addresses, String word) {
    static Row of(String line) {
      var columns = line.split("\t", -1);
      return new Row(columns[0], columns[1], columns.length > 2 ? columns[2] : "");
    }

    List<String> entries() {
      return List.of(addresses.split(",", -1));
    }
  }

  @BeforeAll
  static void describeOurResources(ControlPlane kube) {
    kube.applyYaml(Manifests.CRDS);
  }

  static Stream<Row> good() throws IOException {
    // What only the controller can refuse must not be stopped by chance.
    return rows().filter(row -> !row.verdict().equals("bad-at-admission"));
  }

  static Stream<Row> bad() throws IOException {
    return rows().filter(row -> row.verdict().equals("bad-at-admission"));
  }

  private static Stream<Row> rows() throws IOException {
    try (InputStream table =
        Objects.requireNonNull(
            PoolAdmissionIT.class.getResourceAsStream("/dev/fairway/testkit/pools.tsv"))) {
      var lines = new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      return lines.stream().filter(line -> !line.startsWith("#")).map(Row::of);
    }
  }

  @ParameterizedTest
  @MethodSource("good")
  void poolIsAccepted(Row row, ControlPlane kube) {
    assertThat(refusal(kube, row.entries())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void malformedPoolIsRefusedWithTheEntryAndWhatToWrite(Row row, ControlPlane kube) {
    var culprit = row.entries().getLast();

    assertThat(refusal(kube, row.entries())).get().asString().contains(culprit, row.word());
  }

  @Test
  void everyMalformedEntryIsTold(ControlPlane kube) {
    assertThat(refusal(kube, List.of("10.0.0.5/24", "10.0.1.0/24", "127.0.0.0/8")))
        .get()
        .asString()
        .contains("spec.addresses[0]", "host bits", "spec.addresses[2]", "loopback");
  }

  @Test
  void aPoolHasOneTo64EntriesOfAtMost100Characters(ControlPlane kube) {
    var most = IntStream.range(0, 64).mapToObj("10.0.%d.0/24"::formatted).toList();
    var tooMany = new ArrayList<>(most);
    tooMany.add("10.1.0.0/24");

    assertThat(refusal(kube, most)).isEmpty();
    assertThat(refusal(kube, tooMany)).get().asString().contains("at most 64");
    assertThat(refusal(kube, List.of())).get().asString().contains("at least 1");
    assertThat(refusal(kube, Collections.singletonList(" ".repeat(90) + "10.0.0.0/24")))
        .get()
        .asString()
        .contains("100");
  }

  private static Optional<String> refusal(ControlPlane kube, List<String> addresses) {
    return Manifests.refusal(
        kube, Manifests.ours("AddressPool", "admission", Map.of("addresses", addresses)));
  }
}
