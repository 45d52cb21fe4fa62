// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.migrate;

import static dev.fairway.metal.migrate.Theirs.found;
import static dev.fairway.metal.migrate.Theirs.move;
import static dev.fairway.metal.migrate.Theirs.ours;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.migration.Move.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PoolMigrationTest {
  private static final Map<String, Object> GOLD = Map.of("matchLabels", Map.of("tier", "gold"));

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.0/24",
    "192.0.2.7-192.0.2.9, 192.0.2.7-192.0.2.9",
    "192.0.2.7 - 192.0.2.9, 192.0.2.7 - 192.0.2.9",
    "2001:db8::/64, 2001:db8::/64",
    "2001:db8::1-2001:db8::ff, 2001:db8::1-2001:db8::ff"
  })
  void anEntryStaysAsItIs(String theirs, String ours) {
    var move = move(Theirs.pool("public", theirs));

    assertThat(ours(move, "AddressPool"))
        .containsExactly("public {addresses=[%s]}".formatted(ours));
    assertThat(move.complete()).isTrue();
    assertThat(move.findings()).allMatch(finding -> finding.verdict() == Verdict.MAPS);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.5/24, 10.0.0.0/24, host bits",
    "2001:db8::5/64, 2001:db8::/64, host bits",
    "10.0.0.5, 10.0.0.5/32, single address",
    "2001:db8::5, 2001:db8::5/128, single address"
  })
  void anEntryIsWrittenAsItIsMeant(String theirs, String ours, String why) {
    var move = move(Theirs.pool("public", theirs));

    assertThat(ours(move, "AddressPool"))
        .containsExactly("public {addresses=[%s]}".formatted(ours));
    assertThat(found(move, Verdict.DIFFERS, "spec.addresses[0]")).contains(theirs, ours, why);
    assertThat(move.complete()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.250-2001:db8::1, mixes",
    "0.0.0.0/0, address space",
    "127.0.0.0/8, loopback",
    "224.0.0.0/28, multicast",
    "10.0.0.9-10.0.0.1, ends before it begins",
    "nonsense, neither"
  })
  void anEntryThatNobodyCanReachIsRefusedAndTheOthersStay(String theirs, String why) {
    var move = move(Theirs.pool("public", "192.0.2.0/24", theirs));

    assertThat(ours(move, "AddressPool")).containsExactly("public {addresses=[192.0.2.0/24]}");
    assertThat(found(move, Verdict.REFUSED, "spec.addresses[1]")).contains(theirs, why);
    assertThat(move.complete()).isFalse();
  }

  @Test
  void aPoolOfWhichNothingIsLeftIsRefused() {
    var move = move(Theirs.pool("public", "127.0.0.0/8"));

    assertThat(move.objects()).isEmpty();
    assertThat(found(move, Verdict.REFUSED, "")).contains("no AddressPool");
  }

  static List<Arguments> fields() {
    return List.of(
        Arguments.of("autoAssign", false, "autoAssign=false"),
        Arguments.of("autoAssign", true, "autoAssign=true"),
        Arguments.of("avoidBuggyIPs", true, "avoidBuggyIPs=true"));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void aFieldMaps(String field, Object value, String ours) {
    var move = move(Theirs.spec(Theirs.POOL, field, value));

    assertThat(ours(move, "AddressPool")).singleElement().asString().contains(ours);
    found(move, Verdict.MAPS, "spec." + field);
    assertThat(move.complete()).isTrue();
  }

  static List<Arguments> allocations() {
    return List.of(
        Arguments.of("priority", 10, "priority=10"),
        Arguments.of("priority", 0, "priority=0"),
        Arguments.of("namespaces", List.of("shop", "blog"), "namespaces=[shop, blog]"),
        Arguments.of(
            "namespaceSelectors", List.of(GOLD), "namespaceSelectors=[{matchLabels={tier=gold}}]"),
        Arguments.of(
            "serviceSelectors", List.of(GOLD), "serviceSelectors=[{matchLabels={tier=gold}}]"));
  }

  @ParameterizedTest
  @MethodSource("allocations")
  void whomAPoolIsForMaps(String field, Object value, String ours) {
    var move = move(Theirs.spec(Theirs.POOL, "serviceAllocation", Map.of(field, value)));

    assertThat(ours(move, "AddressPool")).singleElement().asString().contains(ours);
    found(move, Verdict.MAPS, "spec.serviceAllocation." + field);
    assertThat(move.complete()).isTrue();
  }

  static List<Arguments> refused() {
    return List.of(
        Arguments.of("priority", -1, "from 1 to 1000000"),
        Arguments.of("priority", 2_000_000, "from 1 to 1000000"),
        Arguments.of(
            "namespaces", IntStream.range(0, 257).mapToObj("n%d"::formatted).toList(), "257"),
        Arguments.of("serviceSelectors", IntStream.range(0, 17).mapToObj(_ -> GOLD).toList(), "17"),
        Arguments.of("colour", "blue", "not known"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatDoesNotFitIsRefused(String field, Object value, String why) {
    var move = move(Theirs.spec(Theirs.POOL, "serviceAllocation", Map.of(field, value)));

    assertThat(found(move, Verdict.REFUSED, "spec.serviceAllocation." + field)).contains(why);
  }

  @Test
  void anUnknownFieldIsRefused() {
    assertThat(found(move(Theirs.spec(Theirs.POOL, "colour", 1)), Verdict.REFUSED, "spec.colour"))
        .contains("not known");
  }

  @Test
  void neighboursAreJoinedWhereThereAreTooManyEntries() {
    var neighbours = IntStream.range(0, 65).mapToObj("10.0.%d.0/24"::formatted);
    var move = move(Theirs.pool("public", neighbours.toArray(String[]::new)));

    assertThat(ours(move, "AddressPool"))
        .containsExactly("public {addresses=[10.0.0.0-10.0.64.255]}");
    assertThat(found(move, Verdict.DIFFERS, "spec.addresses")).contains("65", "joined");
  }

  @Test
  void tooManyEntriesThatAreNoNeighboursAreRefused() {
    var apart = IntStream.range(0, 65).mapToObj(n -> "10.0.%d.0/24".formatted(2 * n));
    var move = move(Theirs.pool("public", apart.toArray(String[]::new)));

    assertThat(found(move, Verdict.REFUSED, "spec.addresses")).contains("65", "second AddressPool");
  }

  @Test
  void poolsThatOverlapAreToldOfEachOther() {
    var move = move(Theirs.pool("a", "10.0.0.0/24"), Theirs.pool("b", "10.0.0.128/25"));

    assertThat(found(move, Verdict.REFUSED, "spec.addresses")).contains("pool a");
  }

  @Test
  void aPoolElsewhereIsLeftOutAsMetalLbDoes() {
    var move = move(Theirs.with(Theirs.POOL, "namespace", "default"));

    assertThat(move.objects()).isEmpty();
    assertThat(found(move, Verdict.DIFFERS, "")).contains("metallb-system");
  }
}
