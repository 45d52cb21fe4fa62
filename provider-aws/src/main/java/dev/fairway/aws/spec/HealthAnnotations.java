// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import static dev.fairway.aws.spec.Keys.theirs;

import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Syntax;
import java.util.List;
import java.util.Optional;

/// Annotations about health checks. With `externalTrafficPolicy: Local` and nodes as targets,
/// kube-proxy answers them.
final class HealthAnnotations {
  private HealthAnnotations() {}

  static final AnnotationSpec<String> PROTOCOL =
      theirs(
          "healthcheck-protocol",
          Forms.word("TCP", "HTTP", "HTTPS"),
          "TCP; HTTP with externalTrafficPolicy Local",
          "How targets are asked whether they work.",
          "HTTP");

  /// Empty for `traffic-port`.
  static final AnnotationSpec<Optional<PortSelector>> PORT =
      theirs(
          "healthcheck-port",
          new Syntax<>(
              "the number or name of a port, or traffic-port",
              text ->
                  text.equals("traffic-port")
                      ? new Syntax.Good<>(Optional.empty())
                      : PortSelector.one().<Optional<PortSelector>>map(Optional::of).read(text)),
          "traffic-port; the health check node port with externalTrafficPolicy Local",
          "Which port of the targets is asked. The name of a port of the Service stands for the port"
              + " of its targets.",
          "8080");

  static final AnnotationSpec<String> PATH =
      theirs(
          "healthcheck-path",
          Forms.matching("/\\S{0,1023}", "a path that begins with /"),
          "/; /healthz with externalTrafficPolicy Local",
          "What is asked for with HTTP and HTTPS.",
          "/ready");

  static final AnnotationSpec<String> SUCCESS_CODES =
      theirs(
          "healthcheck-success-codes",
          Forms.matching(
              "[2-5][0-9]{2}(-[2-5][0-9]{2})?(,[2-5][0-9]{2}(-[2-5][0-9]{2})?)*",
              "HTTP codes from 200 to 599, separated by commas, or a range of them"),
          "200-399",
          "The answers that mean healthy, with HTTP and HTTPS.",
          "200-299");

  static final AnnotationSpec<Integer> INTERVAL =
      theirs(
          "healthcheck-interval",
          Syntax.number(5, 300),
          "10",
          "Seconds from one check to the next.",
          "30");

  static final AnnotationSpec<Integer> TIMEOUT =
      theirs(
          "healthcheck-timeout",
          Syntax.number(2, 120),
          "10; 6 with externalTrafficPolicy Local; not more than the interval",
          "Seconds after which a check without an answer has failed.",
          "5");

  static final AnnotationSpec<Integer> HEALTHY =
      theirs(
          "healthcheck-healthy-threshold",
          Syntax.number(2, 10),
          "3; 2 with externalTrafficPolicy Local",
          "Checks in a row that must succeed before a target gets traffic.",
          "2");

  static final AnnotationSpec<Integer> UNHEALTHY =
      theirs(
          "healthcheck-unhealthy-threshold",
          Syntax.number(2, 10),
          "3; 2 with externalTrafficPolicy Local",
          "Checks in a row that must fail before a target gets none.",
          "2");

  static final List<AnnotationSpec<?>> ALL =
      List.of(PROTOCOL, PORT, PATH, SUCCESS_CODES, INTERVAL, TIMEOUT, HEALTHY, UNHEALTHY);
}
