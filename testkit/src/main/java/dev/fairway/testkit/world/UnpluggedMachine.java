// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import dev.fairway.testkit.process.Command;

/// A network namespace with nothing in it but loopback, until it is closed.
record UnpluggedMachine(NetworkNamespace namespace) implements AutoCloseable {
  static UnpluggedMachine create(String name) {
    var _ = Command.run("ip", "netns", "add", name);
    var _ = Command.run("ip", "-n", name, "link", "set", "lo", "up");
    return new UnpluggedMachine(new NetworkNamespace(name));
  }

  @Override
  public void close() {
    var _ = Command.run("ip", "netns", "del", namespace.name());
  }
}
