// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.model.Cidr;
import dev.fairway.cloud.model.ExternalTrafficPolicy;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.model.Traffic;
import dev.fairway.cloud.plan.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever users write, it is read, and what comes of it is something that AWS can have.
class AnyWishTest {
  private static final List<String> VALUES =
      List.of(
          "",
          " ",
          ",",
          "=",
          "*",
          "true",
          "false",
          "on",
          "off",
          "x",
          "internal",
          "dualstack",
          "ip",
          "nlb-ip",
          "80",
          "0",
          "-1",
          "443,http",
          "99999999999",
          "http,https",
          "a=b",
          "a,b=c=d",
          "traffic-port",
          "ssl",
          "tcp",
          "HTTP",
          "/x",
          "200",
          "5",
          "6",
          "300",
          "sg-1,sg-1",
          "pl-1",
          "eipalloc-1",
          "10.0.0.1",
          "2001:db8::1",
          "CapacityUnits=1",
          "never",
          "None",
          "Ünïcode",
          "proxy_protocol_v2.enabled=true",
          "preserve_client_ip.enabled=false",
          "tcp.idle_timeout.seconds=60",
          "arn:aws:acm:x:123456789012:certificate/a",
          "%s %n {} \\ \" '");

  private static Wish random(Random random) {
    var keys =
        new ArrayList<>(
            AwsAnnotations.CATALOGUE.specs().stream().map(AnnotationSpec::key).toList());
    keys.add(Wish.full("target-group-attributes.80"));
    keys.add(Wish.full("listener-attributes.TCP-80"));
    keys.add("service.beta.kubernetes.io/actions.TCP-80");
    var wish = Wish.wish();
    var ports = random.nextInt(60);
    for (var i = 0; i < ports; i++) {
      var port = 80 + i / 2;
      var protocol = i % 2 == 0 ? Protocol.TCP : Protocol.UDP;
      var traffic =
          new Traffic(
              random.nextBoolean() ? ExternalTrafficPolicy.LOCAL : ExternalTrafficPolicy.CLUSTER,
              random.nextBoolean() ? List.of() : List.of("10.1.2.3/" + random.nextInt(33)),
              Optional.empty());
      var backend =
          random.nextInt(5) == 0
              ? Wish.pods(Wish.pod("10.0.0." + random.nextInt(3), 8080))
              : Wish.nodePort(30000 + port + random.nextInt(2));
      wish =
          wish.with(
              Wish.frontend(
                  "s" + random.nextInt(3),
                  random.nextBoolean() ? "http" : "",
                  protocol,
                  port,
                  backend,
                  traffic));
    }
    var annotations = random.nextInt(6);
    for (var i = 0; i < annotations; i++) {
      wish =
          wish.with(
              keys.get(random.nextInt(keys.size())), VALUES.get(random.nextInt(VALUES.size())));
    }
    return wish;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whateverIsWrittenIsReadOrRefusedAndNeverHalf(long seed) {
    var random = new Random(seed);
    for (var i = 0; i < 150; i++) {
      var wish = random(random);
      var reading = wish.read();
      var blocked =
          reading.notes().stream().anyMatch(note -> note.severity() == Note.Severity.BLOCKING);

      assertThat(reading.spec().isEmpty()).as("seed %d, %s", seed, wish).isEqualTo(blocked);
      assertThat(reading.notes()).as("seed %d, %s", seed, wish).doesNotHaveDuplicates();
      reading.spec().ifPresent(spec -> isPossible(spec, "seed %d, %s".formatted(seed, wish)));
      assertThat(wish.read()).isEqualTo(reading);
    }
  }

  private static void isPossible(Spec spec, String wish) {
    var ports = spec.listeners().stream().map(ListenerSpec::port).toList();
    assertThat(ports).as(wish).isSorted().doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(50);
    for (var listener : spec.listeners()) {
      var group = listener.group();
      var check = group.check();
      assertThat(check.timeoutSeconds())
          .as(wish)
          .isBetween(2, Math.min(120, check.intervalSeconds()));
      assertThat(check.path().isPresent()).as(wish).isEqualTo(!check.protocol().equals("TCP"));
      assertThat(listener.tls().isPresent())
          .as(wish)
          .isEqualTo(listener.protocol() == ListenerProtocol.TLS);
      assertThat(group.attributes()).as(wish).containsKey("proxy_protocol_v2.enabled");
      assertThat(listener.sources().isEmpty() && listener.prefixLists().isEmpty())
          .as(wish)
          .isFalse();
      assertThat(listener.sources())
          .as(wish)
          .allSatisfy(cidr -> assertThat(Cidr.parse(cidr).map(Cidr::toString)).contains(cidr));
      assertThat(group.targets()).as(wish).isSorted().doesNotHaveDuplicates();
    }
  }
}
