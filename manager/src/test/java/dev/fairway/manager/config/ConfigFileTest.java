// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.cloud.plan.PlanPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

class ConfigFileTest {
  @Test
  void anEmptyFileIsAWorkingConfiguration() {
    var config = ConfigFile.parse("");

    assertThat(config.provider()).isEqualTo("metal");
    assertThat(config.scope().classes()).isEqualTo(Set.of("fairway.dev/metal"));
    assertThat(config.scope().classless()).isTrue();
    assertThat(config.policy()).isEqualTo(PlanPolicy.SYNC);
    assertThat(config.election().orElseThrow().lease()).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void everyKeyIsRead() {
    var config =
        ConfigFile.parse(
            """
            provider: openstack
            cluster: prod-1
            loadBalancerClasses: [a.example/x, b.example/y]
            serveClassless: false
            policy: no-delete
            workers: 3
            leaderElection: {enabled: false}
            logFormat: json
            logLevel: debug
            tracing: {endpoint: 'http://collector:4318/v1/traces', sampleRatio: 0.1}
            settings: {region: here, retries: 5}
            """);

    assertThat(config.provider()).isEqualTo("openstack");
    assertThat(config.cluster()).hasToString("prod-1");
    assertThat(config.scope().classes()).isEqualTo(Set.of("a.example/x", "b.example/y"));
    assertThat(config.scope().classless()).isFalse();
    assertThat(config.policy()).isEqualTo(PlanPolicy.NO_DELETE);
    assertThat(config.workers()).isEqualTo(3);
    assertThat(config.election()).isEmpty();
    assertThat(config.logging())
        .isEqualTo(new Config.Logging(Config.LogFormat.JSON, Optional.of(Level.DEBUG)));
    assertThat(config.tracing())
        .isEqualTo(
            new Config.Tracing(Optional.of(URI.create("http://collector:4318/v1/traces")), 0.1));
    assertThat(config.settings()).containsEntry("region", "here").containsEntry("retries", "5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "worker: 3 | worker: no such key; did you mean workers?",
        "workers: many | workers: 'many' is not valid; write a whole number from 1 to 1000",
        "workers: 0 | workers: '0' is not valid; write a whole number from 1 to 1000",
        "workers: | workers: has no value",
        "serveClassless: 'yes' | serveClassless: 'yes' is not valid; write true or false",
        "cluster: My Cluster | cluster: cluster id 'My Cluster' is not 1 to 63 lower-case",
        "policy: yolo | policy: 'yolo' is not valid; write one of sync, no-disrupt, no-delete,"
            + " read-only",
        "loadBalancerClasses: x | loadBalancerClasses: 'x' is not valid; write a list of words",
        "leaderElection: {lease: 3} | leaderElection.lease: no such key",
        "leaderElection: {leaseSeconds: 10, renewSeconds: 10} | leaderElection.renewSeconds: '10'"
            + " is not valid; write less than leaseSeconds, which is 10",
        "leaderElection: on | leaderElection: 'true' is not a mapping",
        "[a, b] | the file: '[a, b]' is not a mapping",
        "logFormat: xml | logFormat: 'xml' is not valid; write one of text, json",
        "logLevel: loud | logLevel: 'loud' is not valid; write one of error, warn, info, debug",
        "tracing: {sampleRatio: 2} | tracing.sampleRatio: '2' is not valid; write a number from 0",
        "tracing: {endpoint: collector} | tracing.endpoint: 'collector' is not valid; write a URL",
        "a: b: c | line 1: mapping values are not allowed here",
      })
  void aWrongKeyOrValueIsNamedInOneLine(String yaml, String message) {
    assertThatThrownBy(() -> ConfigFile.parse(yaml))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageStartingWith(message)
        .extracting(Throwable::getMessage)
        .asString()
        .hasLineCount(1);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> ConfigFile.read(Path.of("/nowhere/fairway.yaml")))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("/nowhere/fairway.yaml: cannot be read");
  }
}
