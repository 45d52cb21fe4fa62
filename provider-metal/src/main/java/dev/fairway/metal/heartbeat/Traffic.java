// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.heartbeat;

import dev.fairway.metal.failover.Envelope;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// Counts what speakers tell each other. Written by one thread, read by any.
public final class Traffic {
  private final String self;
  private final LongAdder sent = new LongAdder();
  private final LongAdder received = new LongAdder();
  private final LongAdder missed = new LongAdder();
  private final Map<String, Last> last = new HashMap<>();

  private record Last(long incarnation, long sequence) {}

  /// @param self name of the node
  Traffic(String self) {
    this.self = self;
  }

  void counted() {
    sent.increment();
  }

  // The sender numbers what it sends to each node. The first number of a process is no measure: it
  // may have sent before this one began.
  void heard(Envelope envelope) {
    if (!envelope.to().equals(self)) {
      return;
    }
    var before =
        Optional.ofNullable(last.get(envelope.from()))
            .filter(known -> known.incarnation() == envelope.incarnation());
    if (before.filter(known -> envelope.sequence() <= known.sequence()).isPresent()) {
      // A copy by broadcast, or one that was overtaken and counted as missed.
      return;
    }
    received.increment();
    before.ifPresent(known -> missed.add(envelope.sequence() - known.sequence() - 1));
    last.put(envelope.from(), new Last(envelope.incarnation(), envelope.sequence()));
  }

  /// Messages that were sent, each counted once however many ways it went.
  public long sent() {
    return sent.sum();
  }

  /// Messages that arrived.
  public long received() {
    return received.sum();
  }

  /// Messages that were sent to this node and did not arrive, or arrived late.
  public long missed() {
    return missed.sum();
  }
}
