// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import dev.fairway.testkit.bench.AuditLog.Write;
import dev.fairway.testkit.bench.BenchServices;
import dev.fairway.testkit.bench.Memory;
import dev.fairway.testkit.bench.Part;
import dev.fairway.testkit.bench.Percentile;
import dev.fairway.testkit.bench.Quiet;
import dev.fairway.testkit.process.Until;
import dev.fairway.testkit.world.NodeHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Many Services are created at once; then nothing happens; then a node is lost and comes back.
final class ManyServices implements Part<L2Stage, L2Figure> {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration REST = Duration.ofSeconds(3);

  // By then the controller has given every address of the lost node another first owner.
  private static final Duration LOST = Duration.ofSeconds(8);

  @Override
  public String title() {
    return "many Services are created at once";
  }

  @Override
  public Set<L2Figure> figures() {
    return Set.of(
        L2Figure.CREATE_SECONDS,
        L2Figure.ADDRESS_SECONDS,
        L2Figure.WRITES_PER_SERVICE,
        L2Figure.SPEAKER_RSS,
        L2Figure.IDLE_WRITES,
        L2Figure.LOAD_RATIO);
  }

  @Override
  public void run(L2Stage stage) {
    var place = stage.world();
    place.run(Profile.DEFAULT);
    var _ = place.settledOwner();
    var names = BenchServices.names("many", stage.options().services());
    try (var services = new BenchServices(place.client(), Map.of())) {
      var before = changes(place).size();
      create(stage, services, names);
      awaitAnnounced(place, names.size());
      var memory =
          place.announcers().stream()
              .mapToDouble(node -> Memory.peakMebibytes(place.speaker(node).pid()))
              .max();
      stage.outcome().put(L2Figure.SPEAKER_RSS, memory.orElseThrow());
      countWrites(stage, before, names.size());
      beIdle(stage);
      loseANode(stage, names.size());
    }
  }

  private static void create(L2Stage stage, BenchServices services, List<String> names) {
    var first = System.nanoTime();
    services.createAll(names);
    var created = System.nanoTime();
    services.awaitAddresses(names, LIMIT);
    stage.outcome().put(L2Figure.CREATE_SECONDS, (created - first) / 1e9);
    stage.outcome().put(L2Figure.ADDRESS_SECONDS, services.secondsForAll(names));
    stage.outcome().detail("services", names.size());
    stage.say(stage.outcome().line(Set.of(L2Figure.CREATE_SECONDS, L2Figure.ADDRESS_SECONDS)));
  }

  private static void countWrites(L2Stage stage, int before, int services) {
    var place = stage.world();
    Quiet.await(() -> changes(place).size(), REST, LIMIT);
    var writes = changes(place);
    stage.outcome().put(L2Figure.WRITES_PER_SERVICE, (writes.size() - before) / (double) services);
    stage.outcome().detail("writesByResource", byResource(writes.subList(before, writes.size())));
  }

  private static void beIdle(L2Stage stage) {
    var place = stage.world();
    var before = writes(place).size();
    Until.pause(stage.options().idle());
    var since = writes(place);
    var minutes = stage.options().idle().toMillis() / 60e3;
    stage.outcome().put(L2Figure.IDLE_WRITES, (since.size() - before) / minutes);
    stage.outcome().detail("idleWritesByResource", byResource(since.subList(before, since.size())));
  }

  private static void loseANode(L2Stage stage, int services) {
    var place = stage.world();
    var before = place.answering(L2World.MANY_POOL);
    var lost = place.world().node(place.vips().owners(place.vip()).getFirst());
    var own = before.keySet().stream().filter(vip -> lost.name().equals(before.get(vip))).toList();
    var without = withoutIt(stage, lost, own, services);
    lost.heal();
    var _ = place.settledOwner();
    Quiet.await(() -> changes(place).size(), REST, LIMIT);
    var after = place.answering(L2World.MANY_POOL);
    stage.sawMovedBack(
        (int) own.stream().filter(vip -> lost.name().equals(after.get(vip))).count());
    var all = Loads.of(before.values(), names(place));
    var others = names(place).stream().filter(name -> !name.equals(lost.name())).toList();
    var rest = Loads.of(without.values(), others);
    stage.outcome().put(L2Figure.LOAD_RATIO, Math.max(all.ratio(), rest.ratio()));
    stage
        .outcome()
        .detail(
            "loads",
            Map.of(
                "atFirst", all.byNode(),
                "withoutOne", rest.byNode(),
                "afterItsReturn", Loads.of(after.values(), names(place)).byNode()));
  }

  // Who answers for what, once nobody waits for the lost node any more.
  private static Map<String, String> withoutIt(
      L2Stage stage, NodeHost lost, List<String> own, int services) {
    var place = stage.world();
    try (var ear = place.world().client().arpEar()) {
      var cut = System.nanoTime();
      lost.unplug();
      Until.pause(LOST);
      var heard =
          own.stream()
              .map(vip -> ear.firstOther(vip, lost.mac()))
              .flatMapToLong(OptionalLong::stream)
              .mapToDouble(at -> new Gap(cut, at).millis())
              .toArray();
      stage
          .outcome()
          .detail(
              "movedAtOnce",
              Map.of(
                  "addresses", own.size(),
                  "announced", heard.length,
                  "p50Millis", Math.round(Percentile.of(heard, 0.5)),
                  "maxMillis", Math.round(Percentile.of(heard, 1))));
    }
    return awaitNone(place, lost.name(), services);
  }

  private static List<String> names(L2World place) {
    return place.announcers().stream().map(Object::toString).toList();
  }

  private static void awaitAnnounced(L2World place, int services) {
    Until.isTrue(
        "somebody to answer for %d addresses".formatted(services),
        LIMIT,
        () -> {
          Until.pause(Duration.ofMillis(500));
          return place.answering(L2World.MANY_POOL).size() == services;
        });
  }

  private static Map<String, String> awaitNone(L2World place, String lost, int services) {
    return Until.isPresent(
        "other nodes to answer for all addresses of " + lost,
        LIMIT,
        () -> {
          Until.pause(Duration.ofMillis(500));
          var now = place.answering(L2World.MANY_POOL);
          return Stream.of(now)
              .filter(by -> by.size() == services && !by.containsValue(lost))
              .findFirst();
        });
  }

  private static List<Write> changes(L2World place) {
    return writes(place).stream().filter(write -> !write.resource().equals("leases")).toList();
  }

  private static List<Write> writes(L2World place) {
    return Stream.of(Site.CONTROLLER, Site.SPEAKER)
        .flatMap(user -> place.audit().by(user.name()).stream())
        .toList();
  }

  private static Map<String, Long> byResource(List<Write> writes) {
    return writes.stream().collect(Collectors.groupingBy(Write::resource, Collectors.counting()));
  }
}
