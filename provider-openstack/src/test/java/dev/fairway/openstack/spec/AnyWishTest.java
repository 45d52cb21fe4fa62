// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.model.Cidr;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.plan.Note;
import dev.fairway.openstack.config.LbMethod;
import dev.fairway.openstack.config.MonitorOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever users and operators write, whichever provider and release they have: it is read, and
/// nobody is let in who was shut out.
class AnyWishTest {
  private static final String ALLOW = ListenerAnnotations.ALLOW_UNENFORCED.key();
  private static final List<String> VALUES =
      List.of(
          "",
          "true",
          "false",
          "x",
          "ovn",
          "amphora",
          "gold",
          "0",
          "5",
          "99999999999",
          "v1",
          "v2",
          "SOURCE_IP",
          "SOURCE_IP_PORT",
          "~(",
          "*",
          "!~x",
          "&edge",
          "a=b,c",
          "a,b",
          "fairway-x",
          "make-before-break",
          "www.example.com",
          "b/v1/secrets/" + Cloud.id("f2"),
          Cloud.EXTERNAL.id(),
          Cloud.NODES.id(),
          Cloud.NODES_6.id(),
          Cloud.NODES_NETWORK,
          "%s %n {} \\ \" '");
  private static final List<String> RANGES =
      List.of(
          "10.0.0.0/8",
          "192.0.2.7/24",
          "0.0.0.0/0",
          "2001:db8::/32",
          "::/0",
          " 172.16.0.0/12",
          "10.0.0.0/33");
  private static final List<List<IpFamily>> FAMILIES =
      List.of(
          List.of(IpFamily.IPV4),
          List.of(IpFamily.IPV4),
          List.of(IpFamily.IPV6),
          List.of(IpFamily.IPV4, IpFamily.IPV6),
          List.of(IpFamily.IPV6, IpFamily.IPV4));

  static LongStream seeds() {
    return LongStream.range(0, 1000);
  }

  private static <T> T any(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  private static Wish random(Random random) {
    var wish = Wish.wish();
    for (var i = 0; i <= random.nextInt(3); i++) {
      wish = wish.port(any(List.of(Protocol.values()), random), 80 + i);
    }
    if (random.nextInt(4) > 0) {
      wish = wish.from(ranges(random));
    }
    wish = random.nextInt(4) == 0 ? wish.local() : wish;
    var families = any(FAMILIES, random);
    wish = wish.families(random.nextBoolean(), families.toArray(IpFamily[]::new));
    return operator(annotated(wish, random), random);
  }

  private static String[] ranges(Random random) {
    var ranges = new ArrayList<String>();
    for (var i = 0; i <= random.nextInt(3); i++) {
      // The last one is malformed, which would refuse most.
      ranges.add(
          any(
              RANGES.subList(0, random.nextInt(20) == 0 ? RANGES.size() : RANGES.size() - 1),
              random));
    }
    return ranges.toArray(String[]::new);
  }

  private static Wish annotated(Wish before, Random random) {
    var wish = before;
    var keys = OpenStackAnnotations.CATALOGUE.specs().stream().map(AnnotationSpec::key).toList();
    for (var i = Math.max(0, random.nextInt(6) - 3); i > 0; i--) {
      wish = wish.with(any(keys, random), any(VALUES, random));
    }
    if (random.nextInt(3) == 0) {
      wish = wish.with(Wish.PROVIDER, any(List.of("ovn", "amphora", "f5"), random));
    }
    return random.nextInt(6) == 0 ? wish.with(ALLOW, Boolean.toString(random.nextBoolean())) : wish;
  }

  private static Wish operator(Wish before, Random random) {
    var wish =
        before
            .option("manageSecurityGroups", random.nextBoolean())
            .option("internalLb", random.nextInt(4) == 0)
            .option("allowUnenforcedSourceRanges", random.nextInt(8) == 0)
            .option("lbProvider", any(List.of("amphora", "ovn", "octavia"), random))
            .option("lbMethod", Optional.of(any(List.of(LbMethod.values()), random)))
            .option(
                "monitor", Records.with(MonitorOptions.standard(), "create", random.nextBoolean()));
    if (random.nextInt(4) == 0) {
      wish = wish.gold("lbProvider", Optional.of("ovn"));
    }
    return wish.octavia(random.nextBoolean() ? 30 : random.nextInt(31));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nothingIsHalfReadAndNoSourceRangeIsDropped(long seed) {
    var wish = random(new Random(seed));

    var reading = wish.read();

    var blocked =
        reading.notes().stream().anyMatch(note -> note.severity() == Note.Severity.BLOCKING);
    assertThat(reading.specs().isEmpty()).as("seed %d, %s", seed, wish).isEqualTo(blocked);
    assertThat(reading.notes()).as("seed %d, %s", seed, wish).doesNotHaveDuplicates();
    assertThat(reading.access()).as("seed %d, %s", seed, wish).isSorted().doesNotHaveDuplicates();
    for (var spec : reading.specs()) {
      for (var listener : spec.listeners()) {
        var frontend =
            wish.frontends().stream()
                .filter(one -> one.id().equals(listener.part()))
                .findFirst()
                .orElseThrow();
        assertThat(isClosed(wish, reading, listener, frontend, families(spec)))
            .as("seed %d, %s: %s of %s", seed, wish, listener, reading)
            .isTrue();
      }
    }
  }

  // Or else the test above would say nothing.
  @Test
  void manyOfTheseWishesCanBeHadAndLimitTheirClients() {
    assertThat(
            seeds()
                .mapToObj(seed -> random(new Random(seed)).read())
                .flatMap(reading -> reading.specs().stream())
                .filter(spec ->
                    spec.listeners().stream()
                        .anyMatch(listener -> !listener.allowedCidrs().isEmpty())))
        .hasSizeGreaterThan(100);
    assertThat(
            seeds()
                .mapToObj(seed -> random(new Random(seed)).read())
                .filter(reading ->
                    reading.access().stream()
                        .anyMatch(rule -> rule.remoteCidr().equals("192.0.2.0/24"))))
        .hasSizeGreaterThan(10);
  }

  // Told by the addresses of members and of the load balancer itself, without the code under test.
  private static List<IpFamily> families(Spec spec) {
    var vips = new ArrayList<>(spec.frame().additionalVips());
    vips.add(spec.frame().vip());
    return vips.stream()
        .map(vip ->
            vip.subnet().filter(Cloud.NODES_6.id()::equals).isPresent()
                ? IpFamily.IPV6
                : IpFamily.IPV4)
        .distinct()
        .toList();
  }

  private static boolean isClosed(
      Wish wish,
      SpecReading reading,
      ListenerSpec listener,
      Frontend frontend,
      List<IpFamily> families) {
    var asked =
        frontend.traffic().sourceRanges().stream()
            .flatMap(text -> Cidr.parse(text.strip()).stream())
            .toList();
    if (asked.isEmpty() || agreed(wish)) {
      return true;
    }
    var texts = asked.stream().map(Cidr::toString).toList();
    if (texts.contains("0.0.0.0/0") && texts.contains("::/0")) {
      return true;
    }
    if (!listener.allowedCidrs().isEmpty()) {
      return texts.containsAll(listener.allowedCidrs());
    }
    var transport = frontend.protocol().name().toLowerCase(Locale.ROOT);
    var port = frontend.backend().nodePort().orElseThrow();
    var letIn =
        reading.access().stream()
            .filter(rule -> rule.transport().equals(transport))
            .filter(rule -> rule.fromPort() <= port && rule.toPort() >= port)
            .map(AccessRule::remoteCidr)
            .toList();
    var isOvn = reading.specs().getFirst().frame().provider().equals("ovn");
    return isOvn && wish.options().manageSecurityGroups()
        ? !letIn.isEmpty() && texts.containsAll(letIn)
        : families.stream()
            .allMatch(family -> texts.contains(family == IpFamily.IPV6 ? "::/0" : "0.0.0.0/0"));
  }

  private static boolean agreed(Wish wish) {
    var annotated = wish.annotations().get(ALLOW);
    return annotated == null
        ? wish.options().allowUnenforcedSourceRanges()
        : annotated.equals("true");
  }
}
