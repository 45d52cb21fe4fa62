// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.cloud.Meters;
import dev.fairway.cloud.NodeAgent;
import dev.fairway.metal.l2.L2Counters;
import dev.fairway.metal.speaker.Speaker;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `fairway speaker`: announces on one node the VIPs whose first owner it is.
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
    var client = Kube.connect(context.settings(), REQUEST_TIMEOUT);
    var status = new VipStatusWriter(client, context.nodeName(), context.clock());
    var feed = new OwnVips(client, context.nodeName(), status::seen);
    var speaker = open(feed, status);
    feed.start();
    var renewal =
        new LeaseRenewal(
            client, context.nodeName(), context.clock(), feed::refresh, OwnLinks::read);
    renewal.start();
    register(context.meters(), speaker);
    LOG.info("speaker of node {} started", context.nodeName());
    return new Running(feed::known, () -> stop(client, feed, status, speaker, renewal));
  }

  private static Speaker open(OwnVips feed, VipStatusWriter status) {
    try {
      return Speaker.start(feed, status::report);
    } catch (IOException e) {
      throw new IllegalStateException("cannot announce: " + e.getMessage(), e);
    }
  }

  // Goodbye first: while the others take over, this node goes on answering, so that nobody is left
  // without an answer.
  private static void stop(
      KubernetesClient client,
      OwnVips feed,
      VipStatusWriter status,
      Speaker speaker,
      LeaseRenewal renewal) {
    renewal.close();
    feed.awaitNone(HANDOVER);
    speaker.close();
    feed.close();
    status.close();
    client.close();
  }

  private static void register(Meters meters, Speaker speaker) {
    count(meters, speaker, "requests", "Questions by ARP and NDP seen.", L2Counters::requests);
    count(meters, speaker, "replies", "Questions by ARP and NDP answered.", L2Counters::replies);
    count(meters, speaker, "announcements", "Frames sent unasked.", L2Counters::announcements);
    count(meters, speaker, "malformed", "Malformed frames ignored.", L2Counters::malformed);
    count(meters, speaker, "failed_sends", "Frames not sent.", L2Counters::failedSends);
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
}
