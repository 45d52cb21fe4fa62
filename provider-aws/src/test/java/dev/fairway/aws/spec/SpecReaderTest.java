// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import static dev.fairway.aws.spec.Wish.wish;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SpecReaderTest {
  @Test
  void aServiceThatSaysNothingGetsWhatTheConfigurationSays() {
    var reading = wish().tcp(80).read();

    assertThat(reading.notes()).isEmpty();
    assertThat(reading.spec())
        .contains(
            new Spec(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                FixedAddresses.NONE,
                new GroupsWish.Managed(List.of(), false, true),
                new TreeMap<>(),
                new TreeMap<>(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(
                    new ListenerSpec(
                        80,
                        ListenerProtocol.TCP,
                        List.of("shop/web"),
                        Optional.empty(),
                        new TreeMap<>(),
                        List.of("0.0.0.0/0"),
                        List.of(),
                        new GroupSpec(
                            ListenerProtocol.TCP,
                            TargetType.INSTANCE,
                            30080,
                            false,
                            new HealthCheckSpec(
                                "TCP",
                                "traffic-port",
                                Optional.empty(),
                                Optional.empty(),
                                10,
                                10,
                                3,
                                3),
                            new TreeMap<>(Map.of("proxy_protocol_v2.enabled", "false")),
                            List.of(new TargetId("i-0a", 30080)))))));
  }

  @Test
  void clientsThatShouldStayWithAPodStayWithANode() {
    assertThat(Wish.wish().tcp(80).sticky().group().attributes())
        .containsEntry("stickiness.enabled", "true")
        .containsEntry("stickiness.type", "source_ip");
  }

  @Test
  void tlsHasNoStickinessAndTheUserIsTold() {
    var wish =
        Wish.wish()
            .tcp(443)
            .with("ssl-cert", "arn:aws:acm:eu-west-1:123456789012:certificate/a")
            .sticky();

    assertThat(wish.group().attributes()).doesNotContainKey("stickiness.enabled");
    assertThat(wish.notes()).anyMatch(note -> note.contains("sessionAffinity ClientIP"));
  }
}
