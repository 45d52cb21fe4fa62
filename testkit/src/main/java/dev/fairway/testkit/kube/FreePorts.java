// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.kube;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/// Ports that nobody listens on at the moment.
public final class FreePorts {
  // Below node ports (30000) and Linux's ephemeral ports (32768): a server that is about to start
  // must not find its port taken by somebody's outgoing connection.
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 29_999;
  private static final int ATTEMPTS = 100;

  private FreePorts() {}

  /// A free TCP port at `address`.
  public static int next(InetAddress address) {
    RandomGenerator random = RandomGenerator.getDefault();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = random.nextInt(LOWEST, HIGHEST + 1);
      if (isFree(new InetSocketAddress(address, port))) {
        return port;
      }
    }
    throw new IllegalStateException("no free TCP port at " + address);
  }

  private static boolean isFree(InetSocketAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(address);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
