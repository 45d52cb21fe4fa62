// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import dev.fairway.testkit.aws.rules.AwsRules;
import dev.fairway.testkit.aws.rules.Conduct;
import dev.fairway.testkit.aws.rules.Ledger;
import dev.fairway.testkit.aws.rules.Rule;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// The rules in front of the backend. Calls that change something come one at a time, so that a
/// rule may look and then act; reads go side by side.
final class Semantics implements Backend {
  private final ReadWriteLock turn = new ReentrantReadWriteLock(true);
  private final Conduct conduct;
  private final Backend backend;
  private volatile Backend ruled;

  Semantics(Backend backend, Conduct conduct) {
    this.backend = backend;
    this.conduct = conduct;
    this.ruled = fresh();
  }

  /// Forgets what has been seen.
  void reset() {
    turn.writeLock().lock();
    try {
      conduct.reset();
      ruled = fresh();
    } finally {
      turn.writeLock().unlock();
    }
  }

  private Backend fresh() {
    return Rule.chain(AwsRules.all(new Ledger(), conduct), backend);
  }

  @Override
  public Answer send(QueryCall call) {
    var lock = call.mutating() ? turn.writeLock() : turn.readLock();
    lock.lock();
    try {
      return ruled.send(call);
    } finally {
      lock.unlock();
    }
  }
}
