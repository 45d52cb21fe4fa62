// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Remembers the steps that ended, in that order.
final class RecordedTraces implements Traces {
  final List<String> steps = new ArrayList<>();
  final Map<String, String> attributes = new TreeMap<>();

  @Override
  public Span begin(String name) {
    return new Span() {
      private String text = name;

      @Override
      public void set(String attribute, String value) {
        attributes.put(attribute, value);
      }

      @Override
      public void failed(String why) {
        text = name + " failed: " + why;
      }

      @Override
      public Optional<String> traceId() {
        return Optional.of("trace-1");
      }

      @Override
      public void close() {
        steps.add(text);
      }
    };
  }

  @Override
  public void close() {}
}
