// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.openstack.cloud.connect.StubCloud.Reply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack4j.core.transport.HttpExecutorService;
import org.openstack4j.core.transport.HttpRequest;

class OpenStackApiTest {
  private static final Call LIST = Call.of(Operation.LIST_LOAD_BALANCERS, "/lbaas/loadbalancers");
  private static final Call GET = Call.of(Operation.GET_LOAD_BALANCER, "/lbaas/loadbalancers/a");

  @TempDir Path dir;
  private final StubCloud cloud = new StubCloud();
  private Bench bench;

  @BeforeEach
  void connect() {
    bench = new Bench(dir, cloud.cloudConf(), 10);
  }

  @AfterEach
  void close() {
    bench.close();
    cloud.close();
  }

  @Test
  void oneConnectorIsOnTheClassPathAndItIsOurs() {
    assertThat(ServiceLoader.load(HttpExecutorService.class))
        .singleElement()
        .isInstanceOf(HttpConnector.class);
  }

  @Test
  void theConnectorCarriesNothingThatDoesNotComeThroughTheApi() {
    assertThatThrownBy(
            () -> new HttpConnector().execute(HttpRequest.builder().endpoint(cloud.url()).build()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anObjectIsReadAsItCameWithTheTokenAtTheEndpointOfRegionAndInterface() {
    cloud.answerWith(200, "{\"loadbalancer\": {\"id\": \"a\", \"new_field\": [1]}}");

    assertThat(bench.api.get(GET))
        .hasValueSatisfying(
            answer -> assertThat(answer.at("/loadbalancer/new_field/0").asInt()).isEqualTo(1));
    assertThat(cloud.lines()).containsExactly("GET /load-balancer/v2.0/lbaas/loadbalancers/a");
    assertThat(cloud.requests.getFirst().header("X-auth-token")).isEqualTo("secret-token-1");
    assertThat(bench.meter("fairway_openstack_octavia_calls")).isEqualTo(1);
  }

  @Test
  void whatIsNotThereIsEmptyForAGetAndFalseForADeleteAndAConflictForAChange() {
    cloud.answerWith(404, "{\"faultstring\": \"Load Balancer a not found.\"}");

    assertThat(bench.api.get(GET)).isEmpty();
    assertThat(bench.api.delete(Call.of(Operation.DELETE_LOAD_BALANCER, "/lbaas/loadbalancers/a")))
        .isFalse();
    assertThatThrownBy(
            () -> bench.api.put(Call.of(Operation.UPDATE_LISTENER, "/lbaas/listeners/a"), object()))
        .isInstanceOf(CloudException.Conflict.class)
        .hasMessageContaining("Load Balancer a not found.");
  }

  @Test
  void aProxyThatKnowsNoWayToTheServiceDoesNotMakeThingsGone() {
    cloud.answerWith(404, "{\"message\": \"no Route matched with those values\"}");

    assertThatThrownBy(() -> bench.api.get(GET)).isInstanceOf(CloudException.Unavailable.class);
  }

  @Test
  void aPathThatLeadsElsewhereIsNoPath() {
    for (var path : List.of("/a/../b", "lbaas", "/a?b", "/a b", "/a#b", "//host/a")) {
      assertThatThrownBy(() -> Call.of(Operation.GET_POOL, path))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aBodyAQueryAndHeadersGoOutAsGiven() {
    cloud.answerWith(202, "");
    var call =
        Call.of(Operation.UPDATE_MEMBERS, "/lbaas/pools/p/members")
            .with("additive_only", "true")
            .with("tags", "a=b&c")
            .with("tags", "d")
            .header("If-Match", "revision_number=7");

    assertThat(bench.api.put(call, object().put("weight", 0))).isEmpty();

    var request = cloud.requests.getFirst();
    assertThat(request.method()).isEqualTo("PUT");
    assertThat(request.query().split("&"))
        .containsExactlyInAnyOrder("additive_only=true", "tags=a%3Db%26c", "tags=d");
    assertThat(request.header("If-match")).isEqualTo("revision_number=7");
    assertThat(request.header("Content-type")).isEqualTo("application/json");
    assertThat(request.body()).isEqualTo("{\"weight\":0}");
  }

  @Test
  void neutronsVersionInTheCatalogueIsNotDoubledAndTheListOfVersionsHasNone() {
    bench.api.post(Call.of(Operation.CREATE_FLOATING_IP, "/floatingips"), object());
    bench.api.get(Call.of(Operation.GET_VERSIONS, "/"));

    assertThat(cloud.lines())
        .containsExactly("POST /network/v2.0/floatingips", "GET /load-balancer/");
  }

  @Test
  void aServiceThatTheCatalogueLacksIsNamedWithWhatThereIs() {
    assertThat(bench.api.offers(Service.LOAD_BALANCER)).isTrue();
    assertThat(bench.api.offers(Service.KEY_MANAGER)).isFalse();
    assertThatThrownBy(() -> bench.api.get(Call.of(Operation.GET_TLS_CONTAINER, "/containers/x")))
        .isInstanceOf(CloudException.Denied.class)
        .hasMessageContaining("no public endpoint of type key-manager in region r1")
        .hasMessageContaining("[load-balancer/r1/internal, load-balancer/r1/public, ");
  }

  @Test
  void allPagesOfAListAreReadByMarker() {
    cloud.services = request -> page(request, 25, "next");

    assertThat(bench.api.list(LIST.with("tags", "x"), "loadbalancers"))
        .extracting(entry -> entry.path("id").asText())
        .isEqualTo(ids(0, 25));
    assertThat(cloud.requests)
        .extracting(request ->
            parameter(request, "marker")
                + "/"
                + parameter(request, "limit")
                + "/"
                + parameter(request, "tags"))
        .containsExactly("/10/x", "id-009/10/x", "id-019/10/x");
  }

  @Test
  void aServerWithoutLinksIsAskedAgainAfterEachFullPage() {
    cloud.services = request -> page(request, 20, "none");

    assertThat(bench.api.list(LIST, "loadbalancers")).hasSize(20);
    assertThat(cloud.requests).hasSize(3);
  }

  @Test
  void anEntryThatMovesToTheNextPageIsThereOnce() {
    cloud.services =
        request ->
            parameter(request, "marker").isEmpty()
                ? Reply.json(
                    200,
                    "{\"loadbalancers\": [{\"id\":\"a\"},{\"id\":\"b\"}], \"loadbalancers_links\": [{\"rel\":\"next\",\"href\":\"http://inside/x?limit=2&marker=b\"}]}")
                : Reply.json(
                    200,
                    "{\"loadbalancers\": [{\"id\":\"b\"},{\"id\":\"c\"}], \"loadbalancers_links\": []}");

    assertThat(bench.api.list(LIST, "loadbalancers"))
        .extracting(entry -> entry.path("id").asText())
        .containsExactly("a", "b", "c");
  }

  @Test
  void pagesThatLeadInACircleEnd() {
    cloud.answerWith(
        200,
        "{\"loadbalancers\": [{\"id\":\"a\"}], \"loadbalancers_links\": [{\"rel\":\"next\",\"href\":\"?marker=a\"}]}");

    assertThatThrownBy(() -> bench.api.list(LIST, "loadbalancers"))
        .isInstanceOf(CloudException.Unavailable.class)
        .hasMessageContaining("the pages do not end");
    assertThat(cloud.requests).hasSize(2);
  }

  @Test
  void anAnswerWithoutTheListIsNoEmptyList() {
    cloud.answerWith(200, "{\"networks\": []}");

    assertThatThrownBy(() -> bench.api.list(LIST, "loadbalancers"))
        .isInstanceOf(CloudException.Unavailable.class)
        .hasMessageContaining("the answer has no loadbalancers");
  }

  @Test
  void fiftyCallsNeedTwoConnectionsAtMost() {
    cloud.answerWith(200, "{\"loadbalancer\": {}}");

    for (var i = 0; i < 50; i++) {
      bench.api.get(GET);
    }

    assertThat(cloud.requests).hasSize(50);
    assertThat(cloud.connections).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void aRedirectIsNotFollowed() {
    cloud.services = _ -> Reply.json(302, "").with("Location", "http://elsewhere.example.com/");

    assertThatThrownBy(() -> bench.api.get(GET))
        .isInstanceOf(CloudException.Unavailable.class)
        .hasMessageContaining("redirected to http://elsewhere.example.com/");
  }

  @Test
  void anAnswerThatIsCutIsNoAnswer() {
    cloud.answerWith(200, "{\"loadbalancer\": {\"id\": ");

    assertThatThrownBy(() -> bench.api.get(GET))
        .isInstanceOf(CloudException.Unavailable.class)
        .hasMessageContaining("the answer is cut, or no JSON");
  }

  @Test
  void aPostWhoseAnswerIsCutMayHaveBeenCarriedOutAndIsMadeOnce() {
    cloud.answerWith(201, "{\"loadbalancer\": {\"id\": ");

    assertThatThrownBy(this::create)
        .isInstanceOfSatisfying(
            CloudException.Unavailable.class,
            e -> assertThat(CallFailed.mayHaveBeenCarriedOut(e)).isTrue());
    assertThat(cloud.requests).hasSize(1);
  }

  @Test
  void aPageOfHtmlIsNeitherAnAnswerNorShown() {
    cloud.services =
        _ -> new Reply(404, "<html>haproxy</html>", Map.of("Content-Type", "text/html"));

    assertThatThrownBy(() -> bench.api.get(GET))
        .isInstanceOf(CloudException.Unavailable.class)
        .hasMessageContaining("a page of HTML")
        .hasMessageNotContaining("haproxy");
  }

  @Test
  void aGetIsRepeatedTwiceAndAPostNever() {
    cloud.services = _ -> Reply.json(503, "{\"faultstring\": \"down\"}");

    assertThatThrownBy(() -> bench.api.get(GET)).isInstanceOf(CloudException.Unavailable.class);
    assertThat(cloud.requests).hasSize(3);
    assertThat(bench.meter("fairway_openstack_octavia_retries")).isEqualTo(2);
    assertThatThrownBy(this::create).isInstanceOf(CloudException.Unavailable.class);
    assertThat(cloud.requests).hasSize(4);
  }

  @Test
  void aRetryAfterIsWaitedForWhereItIsShortAndHandedOnWhereItIsLong() {
    var answers =
        new ArrayDeque<>(
            List.of(Reply.json(429, "{}").with("Retry-After", "2"), Reply.json(200, "{}")));
    cloud.services = _ -> answers.removeFirst();
    bench.api.get(GET);
    assertThat(bench.ticker.slept).containsExactly(Duration.ofSeconds(2));

    cloud.services = _ -> Reply.json(429, "{}").with("Retry-After", "60");
    bench.ticker.advance(Duration.ofSeconds(10));
    assertThatThrownBy(() -> bench.api.get(GET))
        .isInstanceOfSatisfying(
            CloudException.Throttled.class,
            e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(60)));
    assertThat(cloud.requests).hasSize(3);
  }

  private JsonNode create() {
    return bench.api.post(
        Call.of(Operation.CREATE_LOAD_BALANCER, "/lbaas/loadbalancers"), object());
  }

  private static Reply page(StubCloud.Request request, int total, String link) {
    var size = Integer.parseInt(parameter(request, "limit"));
    var all = ids(0, total);
    var from = all.indexOf(parameter(request, "marker")) + 1;
    var page = all.subList(from, Math.min(total, from + size));
    var body =
        page.stream()
            .map("{\"id\": \"%s\"}"::formatted)
            .collect(Collectors.joining(",", "{\"loadbalancers\": [", "]"));
    if (!link.equals("none")) {
      var more = from + size < total;
      body +=
          ", \"loadbalancers_links\": [%s]"
              .formatted(
                  more
                      ? "{\"rel\": \"next\", \"href\": \"http://inside:9876/v2.0/lbaas/loadbalancers?limit=%d&marker=%s\"}"
                          .formatted(size, page.getLast())
                      : "{\"rel\": \"previous\", \"href\": \"http://inside?marker=x\"}");
    }
    return Reply.json(200, body + "}");
  }

  private static List<String> ids(int from, int to) {
    return IntStream.range(from, to).mapToObj("id-%03d"::formatted).toList();
  }

  private static String parameter(StubCloud.Request request, String name) {
    return Arrays.stream(request.query().split("&"))
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
        .findFirst()
        .orElse("");
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
