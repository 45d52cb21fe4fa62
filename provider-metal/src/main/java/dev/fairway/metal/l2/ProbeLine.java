// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.l2.ProbeTable.Probe;
import dev.fairway.metal.net.Link;
import dev.fairway.metal.net.LinuxException;
import dev.fairway.metal.net.MulticastGroups;
import dev.fairway.metal.net.PacketSocket;
import dev.fairway.metal.pool.Family;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Asks for addresses of one family on one interface and listens for answers, with a socket and a
/// thread that are there only as long as something is asked.
final class ProbeLine implements AutoCloseable {

  private final Link link;
  private final PacketSocket socket;
  private final MulticastGroups groups;
  private final InstantSource clock;
  private final ProbeTable table = new ProbeTable();
  private boolean ended;

  private ProbeLine(Link link, PacketSocket socket, InstantSource clock) {
    this.link = link;
    this.socket = socket;
    this.groups = new MulticastGroups(link);
    this.clock = clock;
  }

  /// Opens a line with its first probe.
  static ProbeLine start(Link link, Family family, InstantSource clock, Probe first)
      throws IOException {
    ProbeLine line = new ProbeLine(link, PacketSocket.openToAsk(link, family), clock);
    boolean started = false;
    try {
      line.begin(first);
      Thread.ofPlatform().name("probe-" + link.name()).daemon().start(line::run);
      started = true;
    } finally {
      if (!started) {
        line.close();
      }
    }
    return line;
  }

  /// Begins another probe. False if the line has come to its end.
  synchronized boolean begin(Probe probe) throws IOException {
    if (ended) {
      return false;
    }
    if (probe.address().family() == Family.IPV6) {
      // Answers go to all nodes, the questions of another who wants the address to its group.
      groups.join(Set.of(Ipv6Groups.ALL_NODES, Ipv6Groups.solicitedNode(probe.address())));
    }
    table.begin(probe, clock.instant());
    socket.wake();
    return true;
  }

  /// True once it takes no probe any more.
  synchronized boolean hasEnded() {
    return ended;
  }

  private void run() {
    byte[] frame = new byte[PacketSocket.MAX_FRAME];
    try {
      for (Optional<Duration> wait = advance(); wait.isPresent(); wait = advance()) {
        int length = socket.receive(frame, wait.get());
        if (length < 0) {
          break;
        }
        Frame.parse(frame, length).flatMap(Sighting::in).ifPresent(this::hear);
      }
      end(new IOException(link.name() + ": the probe was ended"));
    } catch (LinuxException e) {
      end(new IOException(link.name() + ": cannot hear answers to a probe: " + e.getMessage(), e));
    }
  }

  /// Does what is due. How long to listen then, or empty if nothing is asked any more.
  private Optional<Duration> advance() {
    ProbeTable.Turn turn;
    Optional<Duration> wait;
    synchronized (this) {
      turn = table.take(clock.instant());
      ended = ended || table.isEmpty();
      wait = table.next().map(next -> Duration.between(clock.instant(), next));
    }
    turn.ask().forEach(this::ask);
    turn.free().forEach(probe -> probe.verdict().complete(Optional.empty()));
    return wait;
  }

  private void ask(Probe probe) {
    try {
      socket.send(ProbeFrame.of(probe.address(), link.mac()).encode());
    } catch (IOException e) {
      // Nobody can have answered: that must not pass for silence.
      probe.verdict().completeExceptionally(e);
    }
  }

  private void hear(Sighting sighting) {
    List<Probe> hit;
    synchronized (this) {
      hit = table.hear(sighting);
    }
    hit.forEach(probe -> probe.verdict().complete(Optional.of(sighting.mac())));
  }

  private void end(IOException why) {
    List<Probe> left;
    synchronized (this) {
      ended = true;
      left = table.drain();
      groups.close();
    }
    socket.close();
    left.forEach(probe -> probe.verdict().completeExceptionally(why));
  }

  /// Fails what is still asked.
  @Override
  public void close() {
    end(new IOException(link.name() + ": the probe was ended"));
  }
}
