// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudConfTest {
  private static final String ID = "0a1b2c3d-0000-4000-8000-00000000000";

  @Test
  void anEmptyFileMeansWhatIsDocumented() {
    var conf = CloudConf.parse("", "cloud.conf");

    assertThat(conf).isEqualTo(CloudConf.empty());
    assertThat(conf.options().methodOf("amphora")).isEqualTo(LbMethod.ROUND_ROBIN);
    assertThat(conf.options().methodOf("ovn")).isEqualTo(LbMethod.SOURCE_IP_PORT);
  }

  @Test
  void everyOptionOfAllServicesIsRead() {
    var conf =
        read(
            """
            [LoadBalancer]
            enabled = false
            lb-version = v2
            lb-provider = ovn
            lb-method = SOURCE_IP
            subnet-id = %1$s1
            member-subnet-id = %1$s2
            network-id = %1$s3
            floating-network-id = %1$s4
            floating-subnet-id = %1$s5
            floating-subnet = ~public-.*
            floating-subnet-tags = &a,b
            create-monitor
            monitor-delay = 1m30s
            monitor-timeout = 4s
            monitor-max-retries = 2
            monitor-max-retries-down = 4
            manage-security-groups = yes
            internal-lb = TRUE
            node-selector = pool=lb,edge
            cascade-delete = true
            flavor-id = %1$s6
            availability-zone = az1
            enable-ingress-hostname = on
            ingress-hostname-suffix = sslip.io
            default-tls-container-ref = https://kms/v1/containers/x
            container-store = external
            max-shared-lb = 5
            provider-requires-serial-api-calls = 1
            allow-unenforced-source-ranges = true
            stuck-after = 30m
            recreate-error-lb = false
            """
                .formatted(ID));

    assertThat(conf.warnings()).isEmpty();
    assertThat(conf.options())
        .isEqualTo(
            new Options(
                false,
                "ovn",
                Optional.of(LbMethod.SOURCE_IP),
                Optional.of(ID + "1"),
                Optional.of(ID + "2"),
                Optional.of(ID + "3"),
                new FloatingPool(
                    Optional.of(ID + "4"),
                    Optional.of(ID + "5"),
                    Optional.of("~public-.*"),
                    Optional.of("&a,b")),
                new MonitorOptions(true, Duration.ofSeconds(90), Duration.ofSeconds(4), 2, 4),
                true,
                true,
                "pool=lb,edge",
                true,
                Optional.of(ID + "6"),
                Optional.of("az1"),
                true,
                "sslip.io",
                Optional.of("https://kms/v1/containers/x"),
                ContainerStore.EXTERNAL,
                5,
                true,
                true,
                Duration.ofMinutes(30),
                false));
  }

  @Test
  void everyOptionOfAClassIsReadAndWhatItLeavesOutIsEmpty() {
    var conf =
        read(
            """
            [LoadBalancerClass "bare"]
            [LoadBalancerClass "full"]
            floating-network-id = %1$s4
            floating-subnet-id = %1$s5
            floating-subnet = public
            floating-subnet-tags = a
            network-id = %1$s3
            subnet-id = %1$s1
            member-subnet-id = %1$s2
            lb-provider = amphora
            flavor-id = %1$s6
            availability-zone = az1
            lb-method = LEAST_CONNECTIONS
            internal-lb = false
            create-monitor = true
            monitor-delay = 10s
            monitor-timeout = 9s
            monitor-max-retries = 3
            monitor-max-retries-down = 5
            timeout-client-data = 60000
            timeout-member-connect = 1000
            timeout-member-data = 70000
            timeout-tcp-inspect = 0
            """
                .formatted(ID));

    assertThat(conf.warnings()).isEmpty();
    assertThat(conf.classes()).containsOnlyKeys("bare", "full");
    assertThat(conf.classes().get("bare")).isEqualTo(LoadBalancerClass.named("bare"));
    assertThat(conf.classes().get("full"))
        .isEqualTo(
            new LoadBalancerClass(
                "full",
                new FloatingPool(
                    Optional.of(ID + "4"),
                    Optional.of(ID + "5"),
                    Optional.of("public"),
                    Optional.of("a")),
                Optional.of(ID + "3"),
                Optional.of(ID + "1"),
                Optional.of(ID + "2"),
                Optional.of("amphora"),
                Optional.of(ID + "6"),
                Optional.of("az1"),
                Optional.of(LbMethod.LEAST_CONNECTIONS),
                Optional.of(false),
                Optional.of(true),
                Optional.of(Duration.ofSeconds(10)),
                Optional.of(Duration.ofSeconds(9)),
                Optional.of(3),
                Optional.of(5),
                new LoadBalancerClass.Timeouts(
                    Optional.of(Duration.ofSeconds(60)),
                    Optional.of(Duration.ofSeconds(1)),
                    Optional.of(Duration.ofSeconds(70)),
                    Optional.of(Duration.ZERO))));
  }

  @Test
  void theLastOfSeveralHoldsAndSectionsMayBeContinued() {
    var conf =
        read(
            "[LoadBalancer]\nmax-shared-lb=3\nmax-shared-lb=4\n[loadbalancer]\nlb-method=SOURCE_IP\n");

    assertThat(conf.options().maxSharedLb()).isEqualTo(4);
    assertThat(conf.options().lbMethod()).contains(LbMethod.SOURCE_IP);
  }

  @Test
  void unknownNamesAreWarnedOfWithTheNearestKnownOne() {
    var conf =
        read(
            "[LoadBalancer]\nlb-providr = ovn\nzzz = 1\n[LoadBalancr]\nx=1\n[Global]\nauth-uri = a\n");

    assertThat(conf.warnings())
        .containsExactly(
            "cloud.conf:2: [LoadBalancer] lb-providr is not known and has no effect; did you mean lb-provider?",
            "cloud.conf:3: [LoadBalancer] zzz is not known and has no effect",
            "cloud.conf:4: the section [LoadBalancr] is not known and has no effect; did you mean LoadBalancer?",
            "cloud.conf:7: [Global] auth-uri is not known and has no effect; did you mean auth-url?");
  }

  @Test
  void optionsOfOtherComponentsAreNoMatterOfOurs() {
    var conf =
        read(
            "[BlockStorage]\nbs-version=v3\nignore-volume-az\n[Route]\nrouter-id=x\n"
                + "[Networking]\npublic-network-name=a\npublic-network-name=b\n[Metadata]\nsearch-order=configDrive\n");

    assertThat(conf.warnings()).isEmpty();
  }

  @Test
  void whatHasNoEffectOrLooksWrongIsWarnedOf() {
    var conf =
        read("[LoadBalancer]\ncascade-delete=false\nlb-provider=vmware\nsubnet-id=my-subnet\n");

    assertThat(conf.warnings())
        .containsExactly(
            "cloud.conf:2: [LoadBalancer] cascade-delete = false has no effect: deletion is always one call",
            "cloud.conf:3: [LoadBalancer] lb-provider = 'vmware' is used as it is; known are amphora, amphorav2, f5, octavia, ovn",
            "cloud.conf:4: [LoadBalancer] subnet-id = 'my-subnet' is not a UUID; OpenStack will most probably refuse it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "create-monitor = maybe | true or false",
        "monitor-delay = 5 apples | a duration such as 5s",
        "monitor-delay = 500ms | whole seconds such as 5s, at least 1s",
        "max-shared-lb = x | a whole number from 1",
        "max-shared-lb = 0 | a whole number from 1",
        "monitor-max-retries = 11 | a whole number from 1 to 10",
        "lb-method = FASTEST | ROUND_ROBIN, LEAST_CONNECTIONS, SOURCE_IP, SOURCE_IP_PORT",
        "container-store = vault | barbican, external",
      })
  void aWrongTypeIsRefusedWithFileLineKeyValueAndWhatToWrite(String line, String write) {
    var key = line.substring(0, line.indexOf(' '));
    var value = line.substring(line.indexOf("= ") + 2);

    assertThatThrownBy(() -> read("# x\n[LoadBalancer]\n" + line + "\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "cloud.conf:3: [LoadBalancer] %s = '%s' cannot be read; write %s"
                .formatted(key, value, write));
  }

  @Test
  void allThatIsWrongIsToldAtOnceInTheOrderOfTheFile() {
    assertThatThrownBy(() ->
            read(
                "[Global]\nauth-url=keystone\ntls-insecure=2\nos-endpoint-type=foreign\n"
                    + "[LoadBalancer]\nlb-version=v1\nenabled=perhaps\n[LoadBalancerClass]\n"
                    + "[LoadBalancerClass \"x\"]\ntimeout-client-data=-1\n"))
        .message()
        .satisfies(message ->
            assertThat(message.lines())
                .extracting(line -> line.replaceAll("cannot be read.*", ""))
                .containsExactly(
                    "cloud.conf:2: [Global] auth-url ",
                    "cloud.conf:3: [Global] tls-insecure = '2' ",
                    "cloud.conf:4: [Global] os-endpoint-type ",
                    "cloud.conf:6: [LoadBalancer] lb-version ",
                    "cloud.conf:7: [LoadBalancer] enabled = 'perhaps' ",
                    "cloud.conf:8: a class needs a name; write [LoadBalancerClass \"name\"]",
                    "cloud.conf:10: [LoadBalancerClass \"x\"] timeout-client-data = '-1' "));
  }

  private static CloudConf read(String text) {
    return CloudConf.parse(text, "cloud.conf");
  }
}
