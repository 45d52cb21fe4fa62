// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.cli;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs until the process is told to end, then stops in order.
final class Serving {
  private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

  private Serving() {}

  /// Returns never, but by the end of the process.
  static void untilTold(Runnable stop) throws InterruptedException {
    var forever = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(() -> {
                  LOG.info("stopping");
                  stop.run();
                  LOG.info("stopped");
                  forever.countDown();
                }));
    forever.await();
  }
}
