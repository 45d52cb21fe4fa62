// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.HealthCheck;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.plan.Note;
import dev.fairway.openstack.config.LoadBalancerClass;
import java.util.Optional;
import java.util.OptionalInt;

/// How it is found out which nodes work.
///
/// @param asked what annotation, class and options say about having monitors at all
/// @param denied whether an annotation says that there shall be none
record Monitors(Terms terms, boolean asked, boolean denied, Numbers numbers) {

  record Numbers(int delay, int timeout, int maxRetries, int maxRetriesDown) {}

  /// What is checked of a member, and where.
  ///
  /// @param port where its health is asked for; empty for the node port itself
  record Check(Optional<ListenerSpec.MonitorSpec> monitor, OptionalInt port) {
    static final Check NONE = new Check(Optional.empty(), OptionalInt.empty());
  }

  static Monitors read(Terms terms) {
    var options = terms.options().monitor();
    var by = terms.precedence();
    var enabled =
        by.annotationFirst(
            MonitorAnnotations.ENABLE, "create-monitor", LoadBalancerClass::createMonitor);
    var numbers =
        new Numbers(
            by.annotationFirst(
                    MonitorAnnotations.DELAY,
                    "monitor-delay",
                    named -> named.monitorDelay().map(d -> Math.toIntExact(d.toSeconds())))
                .orElse(Math.toIntExact(options.delay().toSeconds())),
            by.annotationFirst(
                    MonitorAnnotations.TIMEOUT,
                    "monitor-timeout",
                    named -> named.monitorTimeout().map(d -> Math.toIntExact(d.toSeconds())))
                .orElse(Math.toIntExact(options.timeout().toSeconds())),
            by.annotationFirst(
                    MonitorAnnotations.MAX_RETRIES,
                    "monitor-max-retries",
                    LoadBalancerClass::monitorMaxRetries)
                .orElse(options.maxRetries()),
            by.annotationFirst(
                    MonitorAnnotations.MAX_RETRIES_DOWN,
                    "monitor-max-retries-down",
                    LoadBalancerClass::monitorMaxRetriesDown)
                .orElse(options.maxRetriesDown()));
    return new Monitors(
        terms,
        enabled.orElse(options.create()),
        terms.findings().read(MonitorAnnotations.ENABLE).filter(on -> !on).isPresent(),
        numbers);
  }

  private void check() {
    if (numbers.timeout() <= numbers.delay()) {
      return;
    }
    var why =
        "a check may take %d s, longer than the %d s to the next one"
            .formatted(numbers.timeout(), numbers.delay());
    terms
        .findings()
        .add(
            Note.blocking(
                "InvalidHealthMonitor",
                why,
                "set annotation %s to at most %d, or %s to more"
                    .formatted(
                        MonitorAnnotations.TIMEOUT.key(),
                        numbers.delay(),
                        MonitorAnnotations.DELAY.key())));
  }

  Check of(Frontend frontend) {
    var local = frontend.backend().healthCheck();
    if (local.isPresent() && denied) {
      terms.findings().add(blackHoles());
      return Check.NONE;
    }
    if (local.isEmpty()) {
      return asked ? atNodePort(frontend) : Check.NONE;
    }
    return terms.layer7() ? byHttp(frontend, local.get()) : byOvn(frontend);
  }

  private static Note blackHoles() {
    return Note.warning(
        "NoHealthMonitor",
        "annotation %s is false: with externalTrafficPolicy Local, connections to nodes without"
                .formatted(MonitorAnnotations.ENABLE.key())
            + " endpoints are lost",
        "remove it");
  }

  private Check byHttp(Frontend frontend, HealthCheck check) {
    if (frontend.protocol() != Protocol.TCP && !terms.abilities().httpMonitorOnUdp()) {
      terms
          .findings()
          .add(
              Note.warning(
                  "HealthCheckAtNodePort",
                  "port %s: HTTP checks of such ports need Octavia API 2.16, and this one is 2.%d;"
                          .formatted(frontend.id(), terms.abilities().minor())
                      + " the node port is checked instead",
                  "have Octavia updated, or use externalTrafficPolicy Cluster"));
      return atNodePort(frontend);
    }
    return new Check(
        Optional.of(monitor("HTTP", Optional.of(check.path()))), OptionalInt.of(check.port()));
  }

  private Check byOvn(Frontend frontend) {
    terms
        .findings()
        .add(
            Note.info(
                "HealthCheckByOvn",
                "provider ovn checks the node ports, which nodes without endpoints do not answer:"
                    + " there is no HTTP check of %s".formatted("spec.healthCheckNodePort")));
    return atNodePort(frontend);
  }

  private Check atNodePort(Frontend frontend) {
    var type =
        switch (frontend.protocol()) {
          case TCP -> "TCP";
          case UDP -> "UDP-CONNECT";
          case SCTP -> "SCTP";
        };
    if (terms.isOvn() && frontend.protocol() == Protocol.SCTP) {
      terms
          .findings()
          .add(
              Note.warning(
                  "NoHealthMonitor",
                  "port %s: provider ovn has no health checks of SCTP".formatted(frontend.id()),
                  "set annotation %s to false".formatted(MonitorAnnotations.ENABLE.key())));
      return Check.NONE;
    }
    return new Check(Optional.of(monitor(type, Optional.empty())), OptionalInt.empty());
  }

  private ListenerSpec.MonitorSpec monitor(String type, Optional<String> path) {
    check();
    return new ListenerSpec.MonitorSpec(
        type,
        numbers.delay(),
        numbers.timeout(),
        numbers.maxRetries(),
        numbers.maxRetriesDown(),
        path);
  }
}
