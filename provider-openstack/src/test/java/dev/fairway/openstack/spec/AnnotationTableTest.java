// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import static dev.fairway.openstack.spec.Wish.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.annotation.AnnotationSpec;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What each annotation changes in a Service with ports TCP/80 and UDP/90, and what it says to what
/// it cannot read. Without any, [SpecReaderTest] says what holds.
class AnnotationTableTest {
  private static final String CONTAINER =
      "https://barbican.example.com/v1/containers/" + Cloud.id("f1");
  private static final String SECRET = "https://kms.example.com/x/v1/secrets/" + Cloud.id("f2");
  private static final String BOOL = "is neither true nor false; write true or false, for example ";
  private static final String UUID = "is not a UUID; write a UUID, for example ";

  record Valid(String annotation, String value, List<String> changes) {
    @Override
    public String toString() {
      return annotation + ": " + value;
    }
  }

  /// @param complaint follows the value, up to the example
  record Malformed(String annotation, String value, String complaint) {
    @Override
    public String toString() {
      return annotation + ": " + value;
    }

    String note() {
      var full = Wish.full(annotation);
      return "BLOCKING InvalidAnnotation: annotation %s: '%s' %s'%s'"
          .formatted(full, value, complaint, example(full));
    }
  }

  private static String example(String key) {
    return OpenStackAnnotations.CATALOGUE.specs().stream()
        .filter(spec -> spec.keys().contains(key))
        .map(AnnotationSpec::example)
        .findFirst()
        .orElseThrow();
  }

  private static Valid valid(String annotation, String value, String... changes) {
    return new Valid(annotation, value, List.of(changes));
  }

  private static Malformed malformed(String annotation, String value, String complaint) {
    return new Malformed(annotation, value, complaint);
  }

  private static Malformed number(String annotation, String value, int min, int max) {
    var digits = value.matches("-?[0-9]{1,10}");
    return malformed(
        annotation,
        value,
        "is not %s %d to %d; write a whole number from %d to %d, for example "
            .formatted(digits ? "within" : "a whole number from", min, max, min, max));
  }

  private static Wish base() {
    return wish().tcp(80).udp(90);
  }

  static Stream<Valid> validValues() {
    return Stream.of(
        valid("service.beta.kubernetes.io/openstack-internal-load-balancer", "true", "internal"),
        valid("service.beta.kubernetes.io/openstack-internal-load-balancer", "false"),
        valid("floating-network-id", Cloud.OTHER_EXTERNAL.id(), "floating e2 [] -"),
        valid("floating-subnet-id", Cloud.PUBLIC_B.id(), "floating e1 [b2] -"),
        valid("floating-subnet", "public-b", "floating e1 [b2] -"),
        valid("floating-subnet-tags", "&edge,x", "floating e1 [b1] -"),
        valid("keep-floatingip", "true", "floating e1 [] - kept"),
        valid("keep-floatingip", "false"),
        valid(
            "subnet-id",
            Cloud.STORAGE.id(),
            "vip subnet c3 -",
            "TCP/80 member a 10.0.0.11:30080 in c3",
            "UDP/90 member a 10.0.0.11:30090 in c3"),
        valid("network-id", Cloud.NODES_NETWORK, "vip network a1 -"),
        valid(
            "network-id",
            Cloud.NODES_NETWORK.toUpperCase(java.util.Locale.ROOT),
            "vip network a1 -"),
        valid("port-id", Cloud.id("d3"), "vip port d3 -"),
        valid(
            "member-subnet-id",
            Cloud.STORAGE.id(),
            "TCP/80 member a 10.0.0.11:30080 in c3",
            "UDP/90 member a 10.0.0.11:30090 in c3"),
        valid("fairway.dev/openstack-additional-vip-subnet", Cloud.NODES_6.id()),
        valid("fairway.dev/openstack-provider", "octavia", "provider octavia"),
        valid("provider", "octavia", "provider octavia"),
        valid("flavor-id", Cloud.id("f3"), "flavor " + Cloud.id("f3")),
        valid("availability-zone", "az 1", "zone az 1"),
        valid("connection-limit", "100", "TCP/80 limit 100", "UDP/90 limit 100"),
        valid("connection-limit", "-1"),
        valid("proxy-protocol", "false"),
        valid("proxy-protocol", "true", "TCP/80 pool PROXY"),
        valid("proxy-protocol", "v1", "TCP/80 pool PROXY"),
        valid("proxy-protocol", "v2", "TCP/80 pool PROXYV2"),
        valid(
            "x-forwarded-for",
            "true",
            "TCP/80 HTTP 80",
            "TCP/80 headers {X-Forwarded-For=true}",
            "TCP/80 pool HTTP"),
        valid("x-forwarded-for", "false"),
        valid(
            "default-tls-container-ref",
            CONTAINER,
            "TCP/80 TERMINATED_HTTPS 80",
            "TCP/80 tls " + CONTAINER,
            "TCP/80 pool HTTP"),
        valid(
            "default-tls-container-ref",
            SECRET,
            "TCP/80 TERMINATED_HTTPS 80",
            "TCP/80 tls " + SECRET,
            "TCP/80 pool HTTP"),
        valid("lb-method", "ROUND_ROBIN"),
        valid(
            "lb-method",
            "LEAST_CONNECTIONS",
            "TCP/80 algorithm LEAST_CONNECTIONS",
            "UDP/90 algorithm LEAST_CONNECTIONS"),
        valid("lb-method", "SOURCE_IP", "TCP/80 algorithm SOURCE_IP", "UDP/90 algorithm SOURCE_IP"),
        valid(
            "timeout-client-data",
            "1",
            "TCP/80 timeouts 1 5000 50000 0",
            "UDP/90 timeouts 1 5000 50000 0"),
        valid(
            "timeout-member-connect",
            "2073600000",
            "TCP/80 timeouts 50000 2073600000 50000 0",
            "UDP/90 timeouts 50000 2073600000 50000 0"),
        valid(
            "timeout-member-data",
            "3",
            "TCP/80 timeouts 50000 5000 3 0",
            "UDP/90 timeouts 50000 5000 3 0"),
        valid(
            "timeout-tcp-inspect",
            "4",
            "TCP/80 timeouts 50000 5000 50000 4",
            "UDP/90 timeouts 50000 5000 50000 4"),
        valid("fairway.dev/openstack-allow-unenforced-source-ranges", "true"),
        valid("enable-health-monitor", "false"),
        valid(
            "enable-health-monitor",
            "true",
            "TCP/80 monitor TCP 5 3 1 3",
            "UDP/90 monitor UDP-CONNECT 5 3 1 3"),
        valid("load-balancer-id", Cloud.id("d1"), "attach " + Cloud.id("d1")),
        valid("load-balancer-address", "192.0.2.9"),
        valid("fairway.dev/openstack-load-balancer", "the edge", "attach the edge"),
        valid("fairway.dev/openstack-adopt", Cloud.id("d2"), "adopt " + Cloud.id("d2")),
        valid("fairway.dev/openstack-replace", "make-before-break", "make before break true"),
        valid("fairway.dev/openstack-replace", "never"),
        valid("hostname", "www.example.com", "hostname www.example.com"),
        valid("node-selector", "pool"),
        valid("load-balancer-tags", "b, a", "tags [a, b]"),
        valid("listener-tags", "b, a", "TCP/80 tags [a, b]", "UDP/90 tags [a, b]"),
        valid("pool-tags", "b", "TCP/80 pool tags [b]", "UDP/90 pool tags [b]"));
  }

  private static Wish labelled() {
    return base().nodes(Wish.labelled("a", "10.0.0.11", Map.of("pool", "edge")));
  }

  @ParameterizedTest
  @MethodSource("validValues")
  void aValueChangesWhatItIsForAndNothingElse(Valid row) {
    var wish = labelled();

    assertThat(Lines.changes(wish.specs(), wish.with(row.annotation(), row.value()).specs()))
        .containsExactlyElementsOf(row.changes());
  }

  static Stream<Malformed> malformedValues() {
    return Stream.of(
        malformed("service.beta.kubernetes.io/openstack-internal-load-balancer", "yes", BOOL),
        malformed("floating-network-id", "public", UUID),
        malformed("floating-subnet-id", "public-a", UUID),
        malformed(
            "floating-subnet",
            "~public-(",
            "is not a regular expression: missing closing ); write a name, a pattern with * and ?,"
                + " or ~ and a regular expression (RE2); ! negates, for example "),
        malformed(
            "floating-subnet",
            "!",
            "names nothing; write a name, a pattern with * and ?, or ~ and a regular expression"
                + " (RE2); ! negates, for example "),
        malformed(
            "floating-subnet-tags",
            "&a,,b",
            "has an empty tag; write tags, separated by commas; & before them for all, ! negates,"
                + " for example "),
        malformed(
            "class",
            "",
            "is not the name of a class in cloud.conf; write the name of a class in cloud.conf, for"
                + " example "),
        malformed("keep-floatingip", "TRUE", BOOL),
        malformed("subnet-id", "nodes", UUID),
        malformed("network-id", "nodes", UUID),
        malformed("port-id", Cloud.id("d3") + "0", UUID),
        malformed("member-subnet-id", "", UUID),
        malformed("fairway.dev/openstack-additional-vip-subnet", "x", UUID),
        malformed(
            "fairway.dev/openstack-provider",
            "o v n",
            "is not the name of an Octavia provider; write the name of an Octavia provider, for"
                + " example "),
        malformed("flavor-id", "small", UUID),
        malformed(
            "availability-zone",
            " ".repeat(3),
            "is not the name of an availability zone; write the name of an availability zone, for"
                + " example "),
        number("connection-limit", "-2", -1, Integer.MAX_VALUE),
        malformed(
            "proxy-protocol",
            "v3",
            "is not true, v1, v2 or false; write true, v1, v2 or false, for example "),
        malformed("x-forwarded-for", "1", BOOL),
        malformed(
            "default-tls-container-ref",
            " ",
            "is empty; write the reference of a Barbican container or secret, for example "),
        malformed(
            "lb-method",
            "round_robin",
            "is not ROUND_ROBIN, LEAST_CONNECTIONS, SOURCE_IP or SOURCE_IP_PORT; write ROUND_ROBIN,"
                + " LEAST_CONNECTIONS, SOURCE_IP or SOURCE_IP_PORT, for example "),
        number("timeout-client-data", "1000000000000", 0, 2073600000),
        number("timeout-member-connect", "2073600001", 0, 2073600000),
        number("timeout-member-data", "5s", 0, 2073600000),
        number("timeout-tcp-inspect", "-1", 0, 2073600000),
        malformed("fairway.dev/openstack-allow-unenforced-source-ranges", "t", BOOL),
        malformed("enable-health-monitor", "on", BOOL),
        number("health-monitor-delay", "0", 1, 86400),
        number("health-monitor-timeout", "3s", 1, 86400),
        number("health-monitor-max-retries", "11", 1, 10),
        number("health-monitor-max-retries-down", "0", 1, 10),
        malformed("load-balancer-id", "edge", UUID),
        malformed("load-balancer-address", "", "is empty; write an address, for example "),
        malformed(
            "fairway.dev/openstack-load-balancer",
            "",
            "is not the id or the name of a load balancer; write the id or the name of a load"
                + " balancer, for example "),
        malformed("fairway.dev/openstack-adopt", "edge", UUID),
        malformed(
            "fairway.dev/openstack-replace",
            "always",
            "is not never or make-before-break; write never or make-before-break, for example "),
        malformed(
            "hostname",
            "my host",
            "is not a DNS name in lower case (RFC 1123); write a DNS name in lower case (RFC 1123),"
                + " for example "),
        malformed(
            "node-selector",
            "=edge",
            "has the element '=edge', which is neither KEY=VALUE nor KEY; write labels as KEY=VALUE"
                + " or KEY, separated by commas, for example "),
        malformed(
            "load-balancer-tags",
            "a,,b",
            "has the element '', which is empty; write tags, separated by commas, for example "),
        malformed(
            "listener-tags",
            "x".repeat(256),
            "has the element '%s', which is longer than 255 characters; write tags, separated by"
                    .formatted("x".repeat(256))
                + " commas, for example "),
        malformed(
            "pool-tags",
            "",
            "has the element '', which is empty; write tags, separated by commas, for example "));
  }

  @ParameterizedTest
  @MethodSource("malformedValues")
  void aValueThatCannotBeReadStopsEverythingAndTellsWhatIsAllowed(Malformed row) {
    var wish = base().with(row.annotation(), row.value());

    assertThat(wish.read().specs()).isEmpty();
    assertThat(wish.read().access()).isEmpty();
    assertThat(wish.notes()).containsExactly(row.note());
  }

  @Test
  void everyAnnotationIsInBothTables() {
    var keys =
        new HashSet<>(
            OpenStackAnnotations.CATALOGUE.specs().stream().map(AnnotationSpec::key).toList());

    assertThat(malformedValues().map(row -> Wish.full(row.annotation()))).containsAll(keys);
    // A class needs one that is there, and numbers need a monitor.
    Set.of(
            "class",
            "health-monitor-delay",
            "health-monitor-timeout",
            "health-monitor-max-retries",
            "health-monitor-max-retries-down")
        .stream()
        .map(Wish::full)
        .forEach(keys::remove);
    assertThat(validValues().map(row -> Wish.full(row.annotation()))).containsAll(keys);
  }

  @Test
  void everyAnnotationOfThePresentControllerIsKnown() {
    var ends =
        """
        floating-network-id floating-subnet-id floating-subnet floating-subnet-tags class subnet-id
        network-id member-subnet-id port-id connection-limit keep-floatingip proxy-protocol
        x-forwarded-for lb-method timeout-client-data timeout-member-connect timeout-member-data
        timeout-tcp-inspect enable-health-monitor health-monitor-delay health-monitor-timeout
        health-monitor-max-retries health-monitor-max-retries-down flavor-id availability-zone
        default-tls-container-ref load-balancer-id load-balancer-address hostname node-selector
        load-balancer-tags listener-tags pool-tags
        service.beta.kubernetes.io/openstack-internal-load-balancer
        """;

    assertThat(Arrays.stream(ends.strip().split("\\s+")).map(Wish::full))
        .allMatch(OpenStackAnnotations.CATALOGUE::reads);
  }

  @Test
  void aKeyThatIsMisspelledIsToldWithTheNearest() {
    assertThat(
            OpenStackAnnotations.CATALOGUE
                .unknownKeys(Map.of(Wish.full("floating-netwrok-id"), "x"))
                .stream()
                .map(Wish::line))
        .containsExactly(
            "WARNING UnknownAnnotation: annotation loadbalancer.openstack.org/floating-netwrok-id is not known and has no effect; did you mean loadbalancer.openstack.org/floating-network-id?");
  }

  @Test
  void tagsThatSayWhoseSomethingIsCannotBeHadForTheAsking() {
    for (var annotation : List.of("load-balancer-tags", "listener-tags", "pool-tags")) {
      for (var tag : List.of("fairway-cluster=x", "kube_service_a_b_c")) {
        assertThat(base().with(annotation, "a," + tag).notes())
            .containsExactly(
                "BLOCKING InvalidAnnotation: annotation loadbalancer.openstack.org/%s: 'a,%s' has the tag '%s', which says whose a load balancer is; leave out tags that begin with fairway- or kube_service_"
                    .formatted(annotation, tag, tag));
      }
    }
  }

  @Test
  void aReferenceThatIsNotBarbicansIsRefusedUnlessTheStoreIsAnother() {
    var wish = wish().tcp(443).with("default-tls-container-ref", "vault:web");

    assertThat(wish.notes())
        .containsExactly(
            "BLOCKING InvalidAnnotation: annotation loadbalancer.openstack.org/default-tls-container-ref: 'vault:web' is not the reference of a Barbican container or secret; write for example https://barbican.example.com/v1/containers/5a1c9b0e-7a0d-4a52-8d2b-0c9f4c1d2e08");
    assertThat(
            wish.option("containerStore", dev.fairway.openstack.config.ContainerStore.EXTERNAL)
                .listener()
                .tlsContainer())
        .contains("vault:web");
  }

  @Test
  void allThatIsTheMatterIsToldAtOnce() {
    var wish =
        base()
            .with("subnet-id", "nodes")
            .with("timeout-client-data", "1000000000000")
            .with("health-monitor-max-retries", "11")
            .with("class", "gold")
            .with("proxy-protocol", "v1")
            .with("x-forwarded-for", "true")
            .with("hostname", "my host")
            .from("10.0.0.0/33")
            .nodes();

    assertThat(wish.read().specs()).isEmpty();
    assertThat(wish.notes())
        .anyMatch(note -> note.startsWith("BLOCKING") && note.contains("subnet-id: 'nodes'"))
        .anyMatch(note -> note.startsWith("BLOCKING") && note.contains("'1000000000000'"))
        .anyMatch(note -> note.startsWith("BLOCKING") && note.contains("'11'"))
        .anyMatch(note -> note.startsWith("BLOCKING") && note.contains("class: 'gold'"))
        .anyMatch(note ->
            note.startsWith("BLOCKING")
                && note.contains("proxy-protocol: 'v1' excludes")
                && note.contains("x-forwarded-for"))
        .anyMatch(note -> note.startsWith("BLOCKING") && note.contains("'my host'"))
        .anyMatch(note -> note.startsWith("BLOCKING") && note.contains("'10.0.0.0/33'"))
        .anyMatch(note -> note.startsWith("INFO NoNodes"));
  }
}
