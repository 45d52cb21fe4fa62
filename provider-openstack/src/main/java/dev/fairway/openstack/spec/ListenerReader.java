// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.plan.Note;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;

/// The listeners of load balancers, with their pools.
record ListenerReader(
    Terms terms,
    Members members,
    Protocols protocols,
    SourceRanges ranges,
    Monitors monitors,
    Optional<ListenerSpec.Timeouts> timeouts,
    int connectionLimit,
    String algorithm,
    SortedSet<String> tags,
    SortedSet<String> poolTags) {

  static ListenerReader read(
      Terms terms, Members members, SourceRanges ranges, List<Frontend> frontends) {
    var limit = terms.findings().read(ListenerAnnotations.CONNECTION_LIMIT).orElse(-1);
    if (terms.isOvn()) {
      terms.leftOut(ListenerAnnotations.CONNECTION_LIMIT);
    }
    return new ListenerReader(
        terms,
        members,
        Protocols.read(terms, frontends),
        ranges,
        Monitors.read(terms),
        TimeoutsReader.read(terms),
        terms.isOvn() ? -1 : limit,
        Algorithm.read(terms),
        UserTags.read(ListenerAnnotations.LISTENER_TAGS, terms.findings()),
        UserTags.read(ListenerAnnotations.POOL_TAGS, terms.findings()));
  }

  /// Those of one load balancer, ordered by port, then protocol.
  List<ListenerSpec> at(Site site, List<Frontend> frontends) {
    tellOfUnserved(frontends);
    return frontends.stream()
        .filter(this::isServed)
        .sorted(Comparator.comparingInt(Frontend::port).thenComparing(Frontend::protocol))
        .map(frontend -> listener(frontend, site))
        .toList();
  }

  private boolean isServed(Frontend frontend) {
    return frontend.protocol() != Protocol.SCTP || terms.abilities().sctp();
  }

  private void tellOfUnserved(List<Frontend> frontends) {
    var unserved = frontends.stream().filter(frontend -> !isServed(frontend)).toList();
    for (var frontend : unserved) {
      terms
          .findings()
          .add(
              new Note(
                  "UnsupportedProtocol",
                  unserved.size() == frontends.size()
                      ? Note.Severity.BLOCKING
                      : Note.Severity.WARNING,
                  "port %s of Service %s is not served: SCTP needs Octavia API 2.23, and this one is"
                          .formatted(frontend.id(), frontend.service())
                      + " 2.%d".formatted(terms.abilities().minor()),
                  "have Octavia updated, or remove the port"));
    }
  }

  private ListenerSpec listener(Frontend frontend, Site site) {
    var asked = ranges.of(frontend, site.families());
    return new ListenerSpec(
        frontend.id(),
        protocols.ofListener(frontend),
        frontend.port(),
        connectionLimit,
        ranges.atListener(frontend, asked),
        asked,
        timeouts,
        protocols.headersOf(frontend),
        protocols.tlsOf(frontend),
        tags,
        pool(frontend, site));
  }

  private ListenerSpec.PoolSpec pool(Frontend frontend, Site site) {
    var check = monitors.of(frontend);
    var affinity = frontend.traffic().clientIpAffinity();
    return new ListenerSpec.PoolSpec(
        protocols.ofPool(frontend),
        algorithm,
        affinity.isPresent(),
        // Octavia has persistence_timeout for pools of UDP and SCTP only.
        frontend.protocol() == Protocol.TCP ? OptionalInt.empty() : seconds(affinity),
        members.at(
            familiesOfMembers(frontend, site), site, frontend.backend().nodePort(), check.port()),
        check.monitor(),
        poolTags);
  }

  private static OptionalInt seconds(Optional<Duration> affinity) {
    return affinity
        .map(duration -> OptionalInt.of(Math.toIntExact(duration.toSeconds())))
        .orElse(OptionalInt.empty());
  }

  // The amphora opens a connection of its own for TCP, to a member of any family. The others it
  // only forwards, so that each family needs members of its own.
  private static List<IpFamily> familiesOfMembers(Frontend frontend, Site site) {
    return frontend.protocol() == Protocol.TCP
        ? List.of(site.families().getFirst())
        : site.families();
  }
}
