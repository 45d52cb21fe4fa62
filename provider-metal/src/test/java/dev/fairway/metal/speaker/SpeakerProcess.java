// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.speaker;

import dev.fairway.metal.l2.AnnouncedVip;
import dev.fairway.metal.pool.IpAddress;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// A speaker as a process of its own, for tests of its rights: announces the address it is given
/// until its input ends.
final class SpeakerProcess {

  private SpeakerProcess() {}

  public static void main(String[] arguments) throws IOException {
    VipFeed feed =
        vips -> {
          vips.accept(List.of(new AnnouncedVip(IpAddress.of(arguments[0]), Set.of())));
          return () -> {};
        };
    try (Speaker _ = Speaker.start(feed, report -> System.out.println("report " + report))) {
      while (System.in.read() >= 0) {
        // Until the test lets go.
      }
    } catch (IOException e) {
      System.out.println("refused " + e.getMessage());
    }
  }
}
