// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.Surroundings;
import dev.fairway.aws.plan.Tags;
import dev.fairway.aws.spec.TargetId;
import dev.fairway.cloud.model.LoadBalancerKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What is known of everything the cluster owns: read once, and kept up by every write. So a new
/// Service, a change of nodes and a pass that finds nothing to do read nothing.
///
/// An entry is in doubt after a write of which nobody knows how it ended. Thread-safe; the writer
/// of one key is one thread at a time.
final class Inventory {
  // AWS is eventually consistent: what was just made may be missing in a list, and what was just
  // deleted may still be in it.
  private static final Duration YOUNG = Duration.ofSeconds(60);
  // What stays missing for that long was taken away by somebody.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private record Entry(AwsObserved seen, long written, boolean doubt) {
    Entry with(AwsObserved now) {
      return new Entry(now, written, doubt);
    }
  }

  private final InstantSource clock;
  private final Map<LoadBalancerKey, Entry> entries = new HashMap<>();
  private final Map<String, Instant> made = new HashMap<>();
  private final Map<String, Instant> deleted = new HashMap<>();
  private final Map<String, Instant> missing = new HashMap<>();
  private final Map<String, Set<TargetId>> promised = new HashMap<>();
  private final Map<String, Map<String, String>> tags = new HashMap<>();
  private Optional<Surroundings> around = Optional.empty();
  private long counter;
  private long aroundWritten;

  Inventory(InstantSource clock) {
    this.clock = clock;
  }

  synchronized boolean loaded() {
    return around.isPresent();
  }

  /// To be asked for before reading.
  synchronized long stamp() {
    return ++counter;
  }

  /// @throws IllegalStateException before the first [#refresh]
  synchronized Surroundings around() {
    return around.orElseThrow(() -> new IllegalStateException("nothing was read yet"));
  }

  synchronized void around(UnaryOperator<Surroundings> change) {
    aroundWritten = ++counter;
    around = around.map(change);
  }

  synchronized Optional<AwsObserved> get(LoadBalancerKey key) {
    return Optional.ofNullable(entries.get(key)).map(entry -> entry.seen().within(around()));
  }

  synchronized boolean inDoubt(LoadBalancerKey key) {
    var entry = entries.get(key);
    return entry != null && entry.doubt();
  }

  synchronized List<AwsObserved> all() {
    return entries.values().stream()
        .map(entry -> entry.seen().within(around()))
        .filter(AwsObserved::exists)
        .toList();
  }

  synchronized boolean isEmpty() {
    return entries.values().stream().noneMatch(entry -> entry.seen().exists());
  }

  /// To which other key a load balancer of this name belongs.
  synchronized Optional<LoadBalancerKey> owner(String balancerName, LoadBalancerKey besides) {
    return entries.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(besides))
        .filter(entry -> entry.getValue().seen().balancer(balancerName).isPresent())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /// When the entry was written last; 0 for never.
  synchronized long written(LoadBalancerKey key) {
    var entry = entries.get(key);
    return entry == null ? 0 : entry.written();
  }

  /// After a write, or after everything about the key was read.
  synchronized void put(AwsObserved seen) {
    var now = clock.instant();
    var before = Optional.ofNullable(entries.get(seen.key())).map(entry -> arns(entry.seen()));
    var after = arns(seen);
    after.forEach(arn -> {
      if (!before.orElse(Set.of()).contains(arn)) {
        made.putIfAbsent(arn, now);
        deleted.remove(arn);
      }
    });
    before.orElse(Set.of()).stream()
        .filter(arn -> !after.contains(arn))
        .forEach(arn -> {
          deleted.put(arn, now);
          made.remove(arn);
        });
    before.orElse(Set.of()).forEach(tags::remove);
    keepTags(seen);
    entries.put(seen.key(), new Entry(seen, ++counter, false));
  }

  /// The same, but only when nothing was written since `stamp`. Returns whether it was kept.
  synchronized boolean put(AwsObserved seen, long stamp) {
    if (written(seen.key()) > stamp) {
      return false;
    }
    put(seen);
    return true;
  }

  synchronized void doubt(LoadBalancerKey key) {
    entries.put(
        key,
        new Entry(get(key).orElseGet(() -> AwsObserved.nothing(key, around())), ++counter, true));
  }

  /// Sets of targets that tags promise, by digest.
  synchronized void promised(Map<String, Set<TargetId>> targets) {
    promised.putAll(targets);
  }

  synchronized Optional<Set<TargetId>> promised(String digest) {
    return Optional.ofNullable(promised.get(digest));
  }

  /// Tags by ARN as they were read last.
  synchronized Map<String, Map<String, String>> tags() {
    return Map.copyOf(tags);
  }

  /// Something was given away: its tags are to be read again.
  synchronized void forgetTags(String arn) {
    tags.remove(arn);
  }

  /// The tag that tells which targets are registered was written.
  synchronized void noted(Set<String> groupArns, String digest) {
    var tag = Map.of(Tags.TARGETS, digest);
    entries.replaceAll((_, entry) -> {
      var groups = entry.seen().groups();
      return groups.stream().noneMatch(group -> groupArns.contains(group.arn()))
          ? entry
          : entry.with(
              entry
                  .seen()
                  .withGroups(
                      groups.stream()
                          .map(group ->
                              groupArns.contains(group.arn())
                                  ? group.withTags(Facts.tags(group.tags(), tag, List.of()))
                                  : group)
                          .toList()));
    });
    groupArns.forEach(
        arn -> tags.computeIfPresent(arn, (_, all) -> Facts.tags(all, tag, List.of())));
  }

  /// Takes in what lists brought, one element a key.
  ///
  /// @param stamp from before the lists were read
  synchronized void refresh(
      Map<LoadBalancerKey, AwsObserved> listed,
      Map<String, Map<String, String>> tagsRead,
      Surroundings read,
      long stamp) {
    tags.clear();
    tags.putAll(tagsRead);
    // What was written while the lists were read is newer than they are.
    entries.values().stream()
        .filter(entry -> entry.written() > stamp)
        .forEach(entry -> keepTags(entry.seen()));
    around = Optional.of(aroundWritten > stamp ? later(read) : read);
    forgetOld();
    forgetMissing(listed.values());
    var keys = new HashSet<>(entries.keySet());
    keys.addAll(listed.keySet());
    for (var key : keys) {
      var now =
          Optional.ofNullable(listed.get(key)).orElseGet(() -> AwsObserved.nothing(key, read));
      var entry = entries.get(key);
      if (entry == null) {
        entries.put(key, new Entry(withoutDeleted(now), ++counter, false));
      } else if (entry.written() < stamp) {
        var merged = withoutDeleted(Merge.carryOver(entry.seen(), now, made.keySet()));
        if (!merged.exists() && !entry.doubt()) {
          entries.remove(key);
        } else {
          entries.put(key, entry.with(merged));
        }
      }
    }
  }

  private AwsObserved withoutDeleted(AwsObserved seen) {
    return seen.withBalancers(
            seen.balancers().stream().filter(one -> !deleted.containsKey(one.arn())).toList())
        .withGroups(seen.groups().stream().filter(one -> !deleted.containsKey(one.arn())).toList())
        .withFrontGroups(
            seen.frontGroups().stream().filter(one -> !deleted.containsKey(one.id())).toList());
  }

  private void keepTags(AwsObserved seen) {
    seen.balancers().forEach(one -> tags.put(one.arn(), one.tags()));
    seen.groups().forEach(one -> tags.put(one.arn(), one.tags()));
  }

  private Surroundings later(Surroundings read) {
    return around
        .map(now ->
            read.withGroups(now.groups(), now.backendGroup()).withNodeGroups(now.nodeGroups()))
        .orElse(read);
  }

  // Young ones that are in no list, and long so.
  private void forgetMissing(Collection<AwsObserved> listed) {
    var now = clock.instant();
    var there = new HashSet<String>();
    listed.forEach(seen -> there.addAll(arns(seen)));
    missing.keySet().removeIf(arn -> there.contains(arn) || !made.containsKey(arn));
    made.keySet().stream()
        .filter(arn -> !there.contains(arn))
        .forEach(arn -> missing.putIfAbsent(arn, now));
    made.keySet()
        .removeIf(arn ->
            Optional.ofNullable(missing.get(arn))
                .map(since -> since.plus(PATIENCE).isBefore(now))
                .orElse(false));
  }

  private void forgetOld() {
    var old = clock.instant().minus(YOUNG);
    made.values().removeIf(since -> since.isBefore(old));
    deleted.values().removeIf(since -> since.isBefore(old));
  }

  private static Set<String> arns(AwsObserved seen) {
    var arns = new HashSet<String>();
    Stream.concat(
            Stream.concat(
                seen.balancers().stream().map(one -> one.arn()),
                seen.groups().stream().map(one -> one.arn())),
            seen.frontGroups().stream().map(one -> one.id()))
        .forEach(arns::add);
    return arns;
  }
}
