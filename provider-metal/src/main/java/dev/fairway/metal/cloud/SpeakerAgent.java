// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.cloud.Meters;
import dev.fairway.cloud.NodeAgent;
import dev.fairway.metal.heartbeat.Colleagues;
import dev.fairway.metal.heartbeat.FailoverLoop;
import dev.fairway.metal.heartbeat.Ground;
import dev.fairway.metal.heartbeat.Permit;
import dev.fairway.metal.l2.AnnouncedVip;
import dev.fairway.metal.l2.Conflict;
import dev.fairway.metal.l2.L2Counters;
import dev.fairway.metal.l2.ProbeTimes;
import dev.fairway.metal.l2.Rival;
import dev.fairway.metal.net.Link;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.speaker.MonotonicTime;
import dev.fairway.metal.speaker.Speaker;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `fairway speaker`: announces on one node the VIPs that it is to, or that fell to it because
/// those before it in the lists of owners are gone.
public final class SpeakerAgent implements NodeAgent {
  private static final Logger LOG = LoggerFactory.getLogger(SpeakerAgent.class);

  // Short, so that after a cut the first request that gets through comes soon.
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration HANDOVER = Duration.ofSeconds(3);

  @Override
  public String name() {
    return "speaker";
  }

  @Override
  public Running start(Context context) {
    var settings = MetalSettings.of(context.settings());
    var client = Kube.connect(context.settings(), REQUEST_TIMEOUT);
    var status = new VipStatusWriter(client, context.nodeName(), context.clock());
    var colleagues = new Colleagues(rival -> heard(rival, status));
    var clock = new MonotonicTime();
    var permit = new Permit(clock);
    Speaker speaker;
    FailoverLoop loop;
    try {
      speaker = Speaker.open(clock, status::report, colleagues, permit);
      loop =
          FailoverLoop.open(
              context.nodeName(),
              new SecureRandom().nextLong() | 1,
              settings.profile(),
              settings.heartbeatPort(),
              clock,
              new Surveyor(speaker),
              permit,
              colleagues,
              new Happenings(status));
    } catch (IOException e) {
      throw new IllegalStateException("cannot announce: " + e.getMessage(), e);
    }
    speaker.whenLinksChange(loop::linksChanged);
    speaker.follow(loop);
    var vips = new OwnVips(client, loop::roster, status::seen);
    var renewal =
        new LeaseRenewal(
            client, context.nodeName(), context.clock(), vips::refresh, OwnLinks::read);
    // One that could not answer must not pass for alive.
    var ready = new Ready(2, renewal::start);
    var keys =
        HeartbeatKeys.read(
            client,
            wire -> {
              loop.keys(wire);
              ready.done("keys");
            });
    loop.start();
    vips.start(() -> ready.done("VIPs"));
    register(context.meters(), speaker, loop);
    LOG.info("speaker of node {} started", context.nodeName());
    return new Running(
        ready::isComplete, () -> stop(client, vips, keys, status, speaker, loop, renewal));
  }

  private static void heard(Rival rival, VipStatusWriter status) {
    LOG.warn(
        "{}: {} claims this address on {}{}",
        rival.address(),
        rival.mac(),
        rival.interfaceName(),
        rival.speaker() ? ", another speaker" : "");
    if (!rival.speaker()) {
      status.rival(rival.address(), rival.mac().toString());
    }
  }

  // Goodbye first: while the others take over, this node goes on answering, so that nobody is left
  // without an answer.
  private static void stop(
      KubernetesClient client,
      OwnVips vips,
      HeartbeatKeys keys,
      VipStatusWriter status,
      Speaker speaker,
      FailoverLoop loop,
      LeaseRenewal renewal) {
    renewal.close();
    loop.leave(HANDOVER);
    speaker.close();
    loop.close();
    vips.close();
    keys.close();
    status.close();
    client.close();
  }

  private static void register(Meters meters, Speaker speaker, FailoverLoop loop) {
    count(meters, speaker, "requests", "Questions by ARP and NDP seen.", L2Counters::requests);
    count(meters, speaker, "replies", "Questions by ARP and NDP answered.", L2Counters::replies);
    count(meters, speaker, "announcements", "Frames sent unasked.", L2Counters::announcements);
    count(meters, speaker, "malformed", "Malformed frames ignored.", L2Counters::malformed);
    count(meters, speaker, "failed_sends", "Frames not sent.", L2Counters::failedSends);
    count(meters, speaker, "rivals", "Claims of VIPs by other stations.", L2Counters::rivals);
    meters.counter(
        "fairway_failover_late",
        "How often the thread of heartbeats woke up more than 20 ms late.",
        loop.lateness()::late);
    meters.counter(
        "fairway_failover_late_millis",
        "By how many milliseconds it was late then.",
        loop.lateness()::lateMillis);
  }

  private static void count(
      Meters meters,
      Speaker speaker,
      String what,
      String description,
      ToLongFunction<L2Counters> of) {
    meters.counter(
        "fairway_arp_" + what,
        description,
        () -> speaker.counters().values().stream().mapToLong(of).sum());
  }

  /// Does something once all parts are there.
  private static final class Ready {
    private final Set<String> parts = ConcurrentHashMap.newKeySet();
    private final int all;
    private final Runnable then;

    Ready(int all, Runnable then) {
      this.all = all;
      this.then = then;
    }

    void done(String part) {
      if (parts.add(part) && isComplete()) {
        then.run();
      }
    }

    boolean isComplete() {
      return parts.size() == all;
    }
  }

  private record Surveyor(Speaker speaker) implements Ground {
    @Override
    public CompletableFuture<Optional<Conflict>> probe(
        AnnouncedVip vip, ProbeTimes times, Predicate<MacAddress> ignored) {
      return speaker.probe(vip, times, ignored);
    }

    @Override
    public List<Link> links() {
      return speaker.links();
    }

    @Override
    public Set<IpAddress> outOfReach(Collection<AnnouncedVip> vips) {
      return speaker.outOfReach(vips);
    }
  }
}
