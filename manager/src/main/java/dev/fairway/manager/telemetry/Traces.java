// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import java.util.Optional;

/// Where a pass is recorded step by step, for those who want to see where the time goes.
public interface Traces extends AutoCloseable {
  /// Begins a step, below the one that this thread is in. To be ended in the same thread.
  Span begin(String name);

  @Override
  void close();

  /// For those who do not want to see: costs nothing.
  static Traces none() {
    return new Traces() {
      @Override
      public Span begin(String name) {
        return NoSpan.ONE;
      }

      @Override
      public void close() {}
    };
  }

  /// A step.
  interface Span extends AutoCloseable {
    void set(String attribute, String value);

    /// It did not go well.
    void failed(String why);

    /// The trace that it belongs to; empty when it is not recorded.
    Optional<String> traceId();

    @Override
    void close();
  }

  /// Nothing.
  enum NoSpan implements Span {
    ONE;

    @Override
    public void set(String attribute, String value) {}

    @Override
    public void failed(String why) {}

    @Override
    public Optional<String> traceId() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
