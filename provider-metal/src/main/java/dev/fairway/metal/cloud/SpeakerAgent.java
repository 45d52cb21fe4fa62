// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.cloud.NodeAgent;
import dev.fairway.metal.heartbeat.Colleagues;
import dev.fairway.metal.heartbeat.FailoverLoop;
import dev.fairway.metal.heartbeat.Ground;
import dev.fairway.metal.heartbeat.Permit;
import dev.fairway.metal.l2.AnnouncedVip;
import dev.fairway.metal.l2.Conflict;
import dev.fairway.metal.l2.ProbeTimes;
import dev.fairway.metal.l2.Rival;
import dev.fairway.metal.look.LookPage;
import dev.fairway.metal.look.Lookout;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
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
    var lookout = new Lookout(context.nodeName(), clock);
    var happenings = new Happenings(status);
    var tally = new VipTally();
    Speaker speaker;
    FailoverLoop loop;
    try {
      speaker =
          Speaker.open(
              clock,
              report -> {
                lookout.reported(report);
                status.report(report);
              },
              colleagues,
              permit);
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
              event -> {
                tally.accept(event);
                lookout.happened(event);
                happenings.accept(event);
              });
    } catch (IOException e) {
      throw new IllegalStateException("cannot announce: " + e.getMessage(), e);
    }
    speaker.whenLinksChange(loop::linksChanged);
    speaker.follow(loop);
    var vips =
        new OwnVips(
            client,
            roster -> {
              lookout.roster(roster);
              loop.roster(roster);
            },
            status::seen);
    var renewal =
        new LeaseRenewal(
            client, context.nodeName(), context.clock(), vips::refresh, OwnLinks::read);
    var ready = new Ready(2);
    var keys =
        HeartbeatKeys.read(
            client,
            wire -> {
              loop.keys(wire);
              ready.done("keys");
            });
    loop.start();
    // One that knows no VIPs must not pass for alive. Keys may come later: all wait for the same.
    vips.start(() -> {
      renewal.start();
      ready.done("VIPs");
    });
    SpeakerMeters.register(context.meters(), speaker, loop, lookout, tally);
    LOG.info("speaker of node {} started", context.nodeName());
    return new Running(
        ready::isComplete,
        () -> stop(client, vips, keys, status, speaker, loop, renewal),
        Map.of(LookPage.PREFIX, new LookPage(lookout, clock)));
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

  /// Whether all parts are there.
  private static final class Ready {
    private final Set<String> parts = ConcurrentHashMap.newKeySet();
    private final int all;

    Ready(int all) {
      this.all = all;
    }

    void done(String part) {
      parts.add(part);
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
