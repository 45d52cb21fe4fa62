// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.annotation.Findings;
import dev.fairway.cloud.model.ExternalTrafficPolicy;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.HealthCheck;
import java.util.Optional;

/// The health checks of target groups.
final class HealthCheckReader {
  private static final String TRAFFIC_PORT = "traffic-port";

  private final Reach reach;
  private final Ports ports;
  private final Findings findings;
  private final Optional<Integer> interval;
  private final Optional<Integer> timeout;

  HealthCheckReader(Reach reach, Ports ports, Findings findings) {
    this.reach = reach;
    this.ports = ports;
    this.findings = findings;
    this.interval = findings.read(HealthAnnotations.INTERVAL);
    this.timeout = findings.read(HealthAnnotations.TIMEOUT);
    interval.ifPresent(every -> timeout.ifPresent(most -> compare(every, most)));
  }

  private void compare(int every, int most) {
    if (most > every) {
      findings.invalid(
          HealthAnnotations.TIMEOUT,
          "is longer than the interval of %d seconds".formatted(every),
          "write at most %d, or a longer %s".formatted(every, HealthAnnotations.INTERVAL.key()));
    }
  }

  HealthCheckSpec of(Frontend frontend) {
    var start = local(frontend).map(HealthCheckReader::ofKubeProxy).orElseGet(this::ofTargets);
    var protocol = findings.read(HealthAnnotations.PROTOCOL).orElse(start.protocol());
    var http = !protocol.equals("TCP");
    var path = findings.read(HealthAnnotations.PATH).or(start::path);
    var codes = findings.read(HealthAnnotations.SUCCESS_CODES).or(start::successCodes);
    return new HealthCheckSpec(
        protocol,
        findings
            .read(HealthAnnotations.PORT)
            .map(port -> port.map(selector -> port(selector, frontend)).orElse(TRAFFIC_PORT))
            .orElse(start.port()),
        path.filter(_ -> http),
        codes.filter(_ -> http),
        // What was not asked for gives way to what was.
        interval.orElse(Math.max(start.intervalSeconds(), timeout.orElse(0))),
        timeout.orElse(Math.min(start.timeoutSeconds(), interval.orElse(start.intervalSeconds()))),
        findings.read(HealthAnnotations.HEALTHY).orElse(start.healthyThreshold()),
        findings.read(HealthAnnotations.UNHEALTHY).orElse(start.unhealthyThreshold()));
  }

  private Optional<HealthCheck> local(Frontend frontend) {
    return reach.type() == TargetType.INSTANCE
            && frontend.traffic().externalPolicy() == ExternalTrafficPolicy.LOCAL
        ? frontend.backend().healthCheck()
        : Optional.empty();
  }

  // These numbers are those of aws-load-balancer-controller, so that nothing changes for who moves.
  private static HealthCheckSpec ofKubeProxy(HealthCheck check) {
    return new HealthCheckSpec(
        "HTTP",
        Integer.toString(check.port()),
        Optional.of(check.path()),
        Optional.of("200-399"),
        10,
        6,
        2,
        2);
  }

  private HealthCheckSpec ofTargets() {
    return new HealthCheckSpec(
        "TCP", TRAFFIC_PORT, Optional.of("/"), Optional.of("200-399"), 10, 10, 3, 3);
  }

  private String port(PortSelector selector, Frontend frontend) {
    return switch (selector) {
      case PortSelector.Numbered(var port) -> Integer.toString(port);
      case PortSelector.Named(var name) -> named(name, frontend);
      case PortSelector.All() -> TRAFFIC_PORT;
    };
  }

  private String named(String name, Frontend frontend) {
    var bearers = ports.frontends().stream().filter(other -> other.name().equals(name)).toList();
    if (bearers.isEmpty()) {
      ports.unknownName(HealthAnnotations.PORT, name, findings);
      return TRAFFIC_PORT;
    }
    var meant =
        bearers.stream()
            .filter(other -> other.service().equals(frontend.service()))
            .findFirst()
            .orElse(bearers.getFirst());
    var numbers = reach.ports(meant);
    if (numbers.size() > 1) {
      findings.invalid(
          HealthAnnotations.PORT,
          "stands for the ports %s of different pods".formatted(numbers),
          "write the number of a port, or traffic-port");
    }
    return numbers.isEmpty() ? TRAFFIC_PORT : Integer.toString(numbers.getFirst());
  }
}
