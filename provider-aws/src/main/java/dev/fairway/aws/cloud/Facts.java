// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.cloud.limit.Lane;
import dev.fairway.aws.model.Fact;
import dev.fairway.aws.plan.Attributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is known after a write.
final class Facts {
  private Facts() {}

  static Fact<Map<String, String>> changed(
      Attributes kind, Fact<Map<String, String>> before, Map<String, String> changes) {
    var now = new HashMap<>(before.known().orElse(Map.of()));
    now.putAll(changes);
    return new Fact.Known<>(kind.nonDefault(now));
  }

  static Map<String, String> tags(
      Map<String, String> before, Map<String, String> added, List<String> removed) {
    var now = new HashMap<>(before);
    now.putAll(added);
    removed.forEach(now::remove);
    return now;
  }

  static void retag(
      ElbWrites writes, String arn, Map<String, String> tags, List<String> removed, Lane lane) {
    if (!tags.isEmpty()) {
      writes.tag(List.of(arn), tags, lane);
    }
    if (!removed.isEmpty()) {
      writes.untag(arn, removed, lane);
    }
  }
}
