// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.process;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// What has been made so far and must go again: closed in reverse order, each exactly once, also
/// when making the rest failed. Safe for several threads.
public final class Belongings implements AutoCloseable {
  private final Deque<AutoCloseable> made = new ArrayDeque<>();
  private boolean closed;

  /// Takes charge of `thing`; closes it at once when everything is being closed already.
  public <T extends AutoCloseable> T add(T thing) {
    if (!keep(thing)) {
      closeQuietly(thing);
      throw new IllegalStateException("already closed");
    }
    return thing;
  }

  /// Closes everything; failures are collected and thrown at the end.
  @Override
  public void close() {
    RuntimeException failures = null;
    for (AutoCloseable next = take(); next != null; next = take()) {
      try {
        next.close();
      } catch (Exception e) {
        if (failures == null) {
          failures = new IllegalStateException("not everything could be closed");
        }
        failures.addSuppressed(e);
      }
    }
    if (failures != null) {
      throw failures;
    }
  }

  private synchronized boolean keep(AutoCloseable thing) {
    if (closed) {
      return false;
    }
    made.push(thing);
    return true;
  }

  private synchronized @Nullable AutoCloseable take() {
    closed = true;
    return made.poll();
  }

  private static void closeQuietly(AutoCloseable thing) {
    try {
      thing.close();
    } catch (Exception e) {
      throw new IllegalStateException("already closed", e);
    }
  }
}
