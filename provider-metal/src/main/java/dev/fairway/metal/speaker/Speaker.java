// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.speaker;

import dev.fairway.metal.l2.AnnouncedVip;
import dev.fairway.metal.l2.Claims;
import dev.fairway.metal.l2.Conflict;
import dev.fairway.metal.l2.L2Announcer;
import dev.fairway.metal.l2.L2Counters;
import dev.fairway.metal.l2.ProbeTimes;
import dev.fairway.metal.l2.Rivals;
import dev.fairway.metal.net.Link;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Announces on this node what its feed names, and reports what came of it. Knows nothing of
/// Kubernetes.
public final class Speaker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Speaker.class);

  private final L2Announcer announcer;
  private VipFeed.Subscription subscription = () -> {};

  private Speaker(L2Announcer announcer) {
    this.announcer = announcer;
  }

  /// Starts in the network namespace of the calling thread, with no VIP until the feed names one.
  ///
  /// @param reports called for every change, in order, never twice at once; must return soon, as
  ///   nothing is announced meanwhile
  /// @throws IOException if the process may not use packet sockets; the message says what it lacks
  public static Speaker start(VipFeed feed, Consumer<VipReport> reports) throws IOException {
    return start(feed, reports, Rivals.ignored());
  }

  /// As [#start], and hears other stations that claim a VIP of this node.
  public static Speaker start(VipFeed feed, Consumer<VipReport> reports, Rivals rivals)
      throws IOException {
    Speaker speaker = open(new MonotonicTime(), reports, rivals, () -> true);
    speaker.follow(feed);
    return speaker;
  }

  /// Starts with no VIP, until [#follow].
  ///
  /// @param clock see [MonotonicTime]
  /// @param mayAnswer see [L2Announcer#open]
  /// @throws IOException if the process may not use packet sockets; the message says what it lacks
  public static Speaker open(
      InstantSource clock, Consumer<VipReport> reports, Rivals rivals, BooleanSupplier mayAnswer)
      throws IOException {
    return new Speaker(L2Announcer.open(clock, new Reporter(reports), rivals, mayAnswer));
  }

  /// Announces what this names from now on. To be called once.
  public void follow(VipFeed feed) {
    subscription = feed.subscribe(announcer::announce);
  }

  /// See [L2Announcer#probe].
  public CompletableFuture<Optional<Conflict>> probe(
      AnnouncedVip vip, ProbeTimes times, Predicate<MacAddress> ignored) {
    return announcer.probe(vip, times, ignored);
  }

  /// See [L2Announcer#links].
  public List<Link> links() {
    return announcer.links();
  }

  /// See [L2Announcer#outOfReach].
  public Set<IpAddress> outOfReach(Collection<AnnouncedVip> vips) {
    return announcer.outOfReach(vips);
  }

  /// See [L2Announcer#whenLinksChange].
  public void whenLinksChange(Runnable then) {
    announcer.whenLinksChange(then);
  }

  /// The counts by name of the interface.
  public Map<String, L2Counters> counters() {
    return announcer.counters();
  }

  /// Withdraws all VIPs and reports that; when this returns, no answer will leave.
  @Override
  public void close() {
    subscription.close();
    announcer.close();
  }

  private static final class Reporter implements Consumer<Claims> {

    private final Consumer<VipReport> reports;
    private Claims reported = Claims.NONE;

    Reporter(Consumer<VipReport> reports) {
      this.reports = reports;
    }

    // The announcer calls under its lock, which guards the field too.
    @Override
    public void accept(Claims now) {
      List<VipReport> changes = VipReports.between(reported, now);
      reported = now;
      for (VipReport change : changes) {
        LOG.info("{}", sentence(change));
        reports.accept(change);
      }
    }

    private static String sentence(VipReport change) {
      return switch (change) {
        case VipReport.VipClaimed(var address, var name, var mac) ->
            address + ": announced on " + name + " with " + mac;
        case VipReport.VipWithdrawn(var address) -> address + ": withdrawn";
        case VipReport.VipNotAnnounced(var address, var why) ->
            address + ": cannot be announced: " + why;
      };
    }
  }
}
