// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import static dev.fairway.openstack.spec.Keys.theirs;

import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Syntax;
import java.util.List;

/// Annotations about health monitors.
final class MonitorAnnotations {
  private static final int MOST_SECONDS = 86_400;

  static final AnnotationSpec<Boolean> ENABLE =
      theirs(
          "enable-health-monitor",
          Syntax.bool(),
          "true with externalTrafficPolicy Local; else of the class, then `create-monitor`",
          "Whether the load balancer checks which nodes work. With externalTrafficPolicy Local it"
              + " should: without, it sends traffic to nodes that drop it.",
          "true");

  static final AnnotationSpec<Integer> DELAY =
      theirs(
          "health-monitor-delay",
          Syntax.number(1, MOST_SECONDS),
          "of the class; then `monitor-delay`, 5",
          "Seconds from one check to the next.",
          "10");

  static final AnnotationSpec<Integer> TIMEOUT =
      theirs(
          "health-monitor-timeout",
          Syntax.number(1, MOST_SECONDS),
          "of the class; then `monitor-timeout`, 3",
          "Seconds after which a check without an answer has failed; not more than the delay.",
          "5");

  static final AnnotationSpec<Integer> MAX_RETRIES =
      theirs(
          "health-monitor-max-retries",
          Syntax.number(1, 10),
          "of the class; then `monitor-max-retries`, 1",
          "Checks in a row that must succeed before a node gets traffic.",
          "2");

  static final AnnotationSpec<Integer> MAX_RETRIES_DOWN =
      theirs(
          "health-monitor-max-retries-down",
          Syntax.number(1, 10),
          "of the class; then `monitor-max-retries-down`, 3",
          "Checks in a row that must fail before a node gets none.",
          "2");

  static final List<AnnotationSpec<?>> ALL =
      List.of(ENABLE, DELAY, TIMEOUT, MAX_RETRIES, MAX_RETRIES_DOWN);

  private MonitorAnnotations() {}
}
