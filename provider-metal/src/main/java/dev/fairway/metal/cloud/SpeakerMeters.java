// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.cloud.Meters;
import dev.fairway.metal.heartbeat.FailoverLoop;
import dev.fairway.metal.l2.AnswerTimes;
import dev.fairway.metal.l2.L2Counters;
import dev.fairway.metal.look.Lookout;
import dev.fairway.metal.speaker.Speaker;
import java.util.ArrayList;
import java.util.function.ToLongFunction;

/// The metrics of a speaker.
final class SpeakerMeters {
  private static final double MICROS = 1e6;

  // Of the powers of two that are counted, those from 16 microseconds to a second.
  private static final int FIRST_BOUND = 4;
  private static final int LAST_BOUND = 20;

  private SpeakerMeters() {}

  static void register(
      Meters meters, Speaker speaker, FailoverLoop loop, Lookout lookout, VipTally tally) {
    count(meters, speaker, "requests", "Questions by ARP and NDP seen.", L2Counters::requests);
    count(meters, speaker, "replies", "Questions by ARP and NDP answered.", L2Counters::replies);
    count(meters, speaker, "announcements", "Frames sent unasked.", L2Counters::announcements);
    count(meters, speaker, "malformed", "Malformed frames ignored.", L2Counters::malformed);
    count(meters, speaker, "failed_sends", "Frames not sent.", L2Counters::failedSends);
    count(meters, speaker, "rivals", "Claims of VIPs by other stations.", L2Counters::rivals);
    meters.histogram(
        "fairway_arp_answer_seconds",
        "From when the kernel received a question until it took the answer.",
        () ->
            distribution(
                speaker.counters().values().stream()
                    .map(L2Counters::times)
                    .reduce(AnswerTimes.NONE, AnswerTimes::plus)));
    vips(meters, lookout, tally);
    failover(meters, loop);
  }

  private static void vips(Meters meters, Lookout lookout, VipTally tally) {
    meters.gauge("fairway_vips_announced", "VIPs that this node announces.", lookout::announced);
    meters.gauge(
        "fairway_vips_unannounced",
        "VIPs that this node should announce and cannot.",
        lookout::unannounced);
    meters.counter(
        "fairway_vips_taken", "How often this node began to answer for a VIP.", tally::taken);
    meters.counter(
        "fairway_vips_taken_over",
        "How often of these because the one before it fell silent or gave it up.",
        tally::takenOver);
    meters.counter(
        "fairway_vips_given_up", "How often this node ceased to answer for a VIP.", tally::givenUp);
    meters.counter(
        "fairway_vips_conflicts",
        "How often a host was found to have the address of a new VIP.",
        tally::conflicts);
  }

  private static void failover(Meters meters, FailoverLoop loop) {
    meters.counter(
        "fairway_failover_late",
        "How often the thread of heartbeats woke up more than 20 ms late.",
        loop.lateness()::late);
    meters.counter(
        "fairway_failover_late_millis",
        "By how many milliseconds it was late then.",
        loop.lateness()::lateMillis);
    meters.counter(
        "fairway_heartbeats_sent", "Messages sent to other speakers.", loop.traffic()::sent);
    meters.counter(
        "fairway_heartbeats_received",
        "Messages of other speakers that arrived.",
        loop.traffic()::received);
    meters.counter(
        "fairway_heartbeats_missed",
        "Messages of other speakers that did not arrive.",
        loop.traffic()::missed);
  }

  static Meters.Distribution distribution(AnswerTimes times) {
    var bounds = new ArrayList<Double>();
    var counts = new ArrayList<Long>();
    var below = 0L;
    for (var i = 0; i < times.counts().size(); i++) {
      below += times.counts().get(i);
      if (i >= FIRST_BOUND && i <= LAST_BOUND) {
        bounds.add((1L << i) / MICROS);
        counts.add(below);
        below = 0;
      }
    }
    counts.add(below);
    return new Meters.Distribution(bounds, counts, times.sumMicros() / MICROS);
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
