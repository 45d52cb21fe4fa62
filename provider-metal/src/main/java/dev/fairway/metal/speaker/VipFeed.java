// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.speaker;

import dev.fairway.metal.l2.AnnouncedVip;
import java.util.Collection;
import java.util.function.Consumer;

/// Where a speaker learns what its node should announce.
public interface VipFeed {

  /// Calls the consumer with all VIPs of this node, first as soon as they are known and then after
  /// every change. Calls come one at a time. No call means that nothing is known, and leaves things
  /// as they are; an empty collection withdraws all.
  Subscription subscribe(Consumer<Collection<AnnouncedVip>> vips);

  /// A subscription; after [#close] no call begins.
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
