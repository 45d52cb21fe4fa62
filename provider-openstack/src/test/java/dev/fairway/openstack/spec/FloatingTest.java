// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import static dev.fairway.openstack.spec.Cloud.id;
import static dev.fairway.openstack.spec.Wish.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.openstack.config.FloatingPool;
import dev.fairway.openstack.model.Surroundings;
import dev.fairway.openstack.model.Surroundings.Network;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatingTest {
  private static final String FIX =
      "; name one in annotation loadbalancer.openstack.org/floating-network-id, or set service.beta.kubernetes.io/openstack-internal-load-balancer to true";

  private static String floating(Wish wish) {
    return Lines.exposure(wish.spec().exposure());
  }

  private static Wish in(Surroundings around) {
    return wish().tcp(80).around(around);
  }

  private static Surroundings networks(Network... networks) {
    return Records.with(Cloud.cloud(Cloud.NEW), "externalNetworks", List.of(networks));
  }

  @Test
  void theFirstExternalNetworkThatHasIpv4OrHidesItsSubnetsIsTaken() {
    var hidden = new Network(id("e8"), "hidden");
    var only6 = new Network(id("e9"), "v6");
    var around = Cloud.cloud(Cloud.NEW, Cloud.subnet("b9", "six", only6.id(), "2001:db8:9::/64"));

    assertThat(floating(in(networks(Cloud.OTHER_EXTERNAL, Cloud.EXTERNAL))))
        .isEqualTo("floating e2 [] -");
    assertThat(floating(in(networks(hidden, Cloud.EXTERNAL)))).isEqualTo("floating e8 [] -");
    assertThat(
            floating(in(Records.with(around, "externalNetworks", List.of(only6, Cloud.EXTERNAL)))))
        .isEqualTo("floating e1 [] -");
  }

  @Test
  void withoutAnExternalNetworkAServiceDoesNotBecomeInternalUnasked() {
    assertThat(in(networks()).read().specs()).isEmpty();
    assertThat(in(networks()).notes())
        .containsExactly(
            "BLOCKING NoFloatingNetwork: no external network that can be seen has IPv4 addresses: there is none"
                + FIX);
    assertThat(in(networks()).internal().spec().exposure()).isEqualTo(new Exposure.Internal());
  }

  @Test
  void aNetworkThatIsNotThereIsToldWithThoseThatAre() {
    assertThat(wish().tcp(80).with("floating-network-id", id("e7")).notes())
        .containsExactly(
            "BLOCKING NoFloatingNetwork: floating network %s is no external network that can be seen: there is %s (public), %s (partner)"
                    .formatted(id("e7"), id("e1"), id("e2"))
                + FIX);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "public-a       | b1",
        "public-?       | b1 b2",
        "*              | b1 b2 b3",
        "p*c-?          | b1 b2",
        "!public-a      | b2 b3",
        "!public-*      | b3",
        "~^public-[ab]$ | b1 b2",
        "~lic           | b1 b2",
        "!~lic          | b3",
        "~(?i)LAB       | b3",
        "la.            | ",
        "public         | "
      })
  void subnetsAreFoundByName(String pattern, String found) {
    var wish = wish().tcp(80).with("floating-subnet", pattern);

    if (found == null) {
      assertThat(wish.notes())
          .containsExactly(
              "BLOCKING NoFloatingSubnet: no IPv4 subnet with name '%s' is in floating network %s: there are %s (public-a, 192.0.2.0/25), %s (public-b, 192.0.2.128/25), %s (lab, 198.51.100.0/24); change annotation loadbalancer.openstack.org/floating-subnet, or what the class or cloud.conf say"
                  .formatted(pattern, id("e1"), id("b1"), id("b2"), id("b3")));
    } else {
      assertThat(floating(wish))
          .isEqualTo("floating e1 [%s] -".formatted(found.replace(" ", ", ")));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "edge     | b1 b2",
        "edge,x   | b1 b2 b3",
        "&edge,x  | b1",
        "& edge,x | b1",
        "!x       | b2",
        "!&edge,x | b2 b3"
      })
  void subnetsAreFoundByTags(String tags, String found) {
    assertThat(floating(wish().tcp(80).with("floating-subnet-tags", tags)))
        .isEqualTo("floating e1 [%s] -".formatted(found.replace(" ", ", ")));
  }

  @Test
  void nameAndTagsMustBothMatchAndAnIdComesBeforeThem() {
    var both = wish().tcp(80).with("floating-subnet", "public-*").with("floating-subnet-tags", "x");

    assertThat(floating(both)).isEqualTo("floating e1 [b1] -");
    assertThat(floating(both.with("floating-subnet-id", Cloud.LAB.id())))
        .isEqualTo("floating e1 [b3] -");
    assertThat(
            wish()
                .tcp(80)
                .with("floating-subnet", "public-b")
                .with("floating-subnet-tags", "x")
                .notes())
        .singleElement()
        .asString()
        .startsWith(
            "BLOCKING NoFloatingSubnet: no IPv4 subnet with name 'public-b' with tags 'x' is in");
  }

  @Test
  void aSubnetOfAnotherNetworkIsRefusedAndOneThatIsHiddenIsLeftToNeutron() {
    assertThat(wish().tcp(80).with("floating-subnet-id", Cloud.PARTNER.id()).notes())
        .singleElement()
        .asString()
        .startsWith("BLOCKING NoFloatingSubnet: no IPv4 subnet with id " + Cloud.PARTNER.id());
    assertThat(wish().tcp(80).with("floating-subnet-id", id("77")).notes()).hasSize(1);
    assertThat(
            floating(
                in(networks(new Network(id("e8"), "hidden"))).with("floating-subnet-id", id("77"))))
        .isEqualTo("floating e8 [77] -");
  }

  @Test
  void subnetsOfTheOptionsAreOfNoUseInANetworkThatTheServiceChose() {
    var pool =
        new FloatingPool(
            Optional.of(Cloud.EXTERNAL.id()),
            Optional.of(Cloud.LAB.id()),
            Optional.empty(),
            Optional.empty());
    var wish = wish().tcp(80).option("floating", pool);

    assertThat(floating(wish)).isEqualTo("floating e1 [b3] -");
    assertThat(floating(wish.with("floating-network-id", Cloud.EXTERNAL.id())))
        .isEqualTo("floating e1 [b3] -");
    assertThat(floating(wish.with("floating-network-id", Cloud.OTHER_EXTERNAL.id())))
        .isEqualTo("floating e2 [] -");
  }

  @Test
  void aPatternOfTheOptionsThatCannotBeReadIsToldAsTheirs() {
    var pool = Records.with(FloatingPool.unspecified(), "subnet", Optional.of("~("));

    assertThat(wish().tcp(80).option("floating", pool).notes())
        .containsExactly(
            "BLOCKING InvalidOption: option floating-subnet of cloud.conf: '~(' is not a regular expression: missing closing ); write a name, a pattern with * and ?, or ~ and a regular expression (RE2); ! negates, for example 'public-*'");
  }

  @Test
  @Timeout(5)
  void noPatternKeepsAWorkerBusy() {
    var evil = Cloud.subnet("b9", "a".repeat(250) + "!", Cloud.EXTERNAL.id(), "198.51.100.0/24");
    var wish = in(Cloud.cloud(Cloud.NEW, evil));

    for (var pattern :
        List.of("~^(a+)+$", "~^(a|a)*$", "~^((((a?)?)?)?)*y$", "*a*a*a*a*a*a*a*a*a*a*a*b")) {
      assertThat(wish.with("floating-subnet", pattern).notes())
          .as(pattern)
          .singleElement()
          .asString()
          .startsWith("BLOCKING NoFloatingSubnet");
    }
    assertThat(wish.with("floating-subnet", "~" + "(a?){1000}".repeat(20)).notes())
        .singleElement()
        .asString()
        .contains("counts repetitions, which is not taken");
    assertThat(
            wish.with(
                    "floating-subnet",
                    "~" + "(".repeat(80) + "a?" + ")*".repeat(40) + ")?".repeat(40))
                .read()
                .notes())
        .isEmpty();
    assertThat(wish.with("floating-subnet", "x".repeat(256)).notes())
        .singleElement()
        .asString()
        .contains("is longer than 255 characters");
  }

  @Test
  void anAddressThatIsAskedForIsTheFloatingOneUnlessTheServiceIsInternal() {
    var wish = wish().tcp(80).address("192.0.2.9");

    assertThat(floating(wish)).isEqualTo("floating e1 [] 192.0.2.9");
    assertThat(Lines.of(wish.spec())).contains("vip subnet c1 -");
    assertThat(Lines.of(wish.internal().spec())).contains("internal", "vip subnet c1 192.0.2.9");
  }
}
