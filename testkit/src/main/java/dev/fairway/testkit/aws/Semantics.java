// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// The rules in front of the backend. Calls that change something come one at a time, so that a
/// rule may look and then act; reads go side by side.
final class Semantics implements Backend {
  private final ReentrantReadWriteLock turn = new ReentrantReadWriteLock(true);
  private final Backend backend;

  Semantics(Backend backend) {
    this.backend = backend;
  }

  void limits(AwsLimits limits) {}

  void times(AwsTimes times) {}

  void staleReads(int describes) {}

  void reset() {}

  @Override
  public Answer send(QueryCall call) {
    var lock = call.mutating() ? turn.writeLock() : turn.readLock();
    lock.lock();
    try {
      return new dev.fairway.testkit.aws.rules.NetworkHostnames().answer(call, backend);
    } finally {
      lock.unlock();
    }
  }
}
