// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.testkit.openstack.http.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Filters, fields and pages of lists of the load balancer service.
abstract class ListContract extends Contract {
  /// Load balancers of earlier tests may still be on their way out.
  private final String mark = "cluster=" + UUID.randomUUID();

  private String one = "";
  private String two = "";

  @BeforeEach
  void makeTwo() {
    var first =
        posted(
            "'name': 'one', 'tags': ['%1$s', 'service=ns/one', 'even'], 'listeners':"
                + " [{'name': 'l1', 'protocol': 'TCP', 'protocol_port': 80, 'tags': ['%1$s']}],",
            mark);
    var second = posted("'name': 'two', 'tags': ['%s', 'service=ns/two'],", mark);
    one = id(first);
    two = id(second);
    active(one);
    active(two);
  }

  private List<String> names(String query) {
    var answer = octavia("GET", "/loadbalancers?" + query);
    assertThat(answer.status()).as(query).isEqualTo(200);
    return answer.json().path("loadbalancers").findValuesAsText("name").stream().toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void tagsSelect() {
    assertThat(names("tags=" + encoded(mark))).containsExactlyInAnyOrder("one", "two");
    assertThat(names("tags=" + mark + "&tags=service=ns/one")).containsExactly("one");
    assertThat(names("tags=" + encoded(mark + ",service=ns/two"))).containsExactly("two");
    assertThat(names("tags=" + mark + "&tags-any=" + encoded("even,service=ns/two")))
        .containsExactlyInAnyOrder("one", "two");
    assertThat(names("tags=" + mark + "&not-tags=even")).containsExactly("two");
    assertThat(names("tags=" + mark + "&not-tags-any=even,other")).containsExactly("two");
    assertThat(names("tags=nobody")).isEmpty();
  }

  @Test
  void attributesSelect() {
    assertThat(names("tags=" + mark + "&name=two")).containsExactly("two");
    assertThat(names("tags=" + mark + "&provisioning_status=ACTIVE")).hasSize(2);
    assertThat(names("tags=" + mark + "&provisioning_status=ERROR")).isEmpty();
    assertThat(names("id=" + one)).containsExactly("one");
  }

  @Test
  void anUnknownAttributeIsRefused() {
    refused(
        octavia("GET", "/loadbalancers?colour=red"),
        400,
        "One or more arguments are either duplicate or invalid");
    refused(
        octavia("GET", "/listeners?loadbalancers=" + one),
        400,
        "One or more arguments are either duplicate or invalid");
    refused(
        octavia("GET", "/healthmonitors?loadbalancer_id=" + one),
        400,
        "One or more arguments are either duplicate or invalid");
  }

  @Test
  void childrenAreFoundByTheirLoadBalancerUnderTwoNames() {
    for (var name : List.of("loadbalancer_id", "load_balancer_id")) {
      var found = octavia("GET", "/listeners?" + name + "=" + one).json();
      assertThat(found.path("listeners").findValuesAsText("name")).containsExactly("l1");
      assertThat(octavia("GET", "/listeners?" + name + "=" + two).json().path("listeners"))
          .isEmpty();
      assertThat(octavia("GET", "/pools?" + name + "=" + one).json().path("pools")).isEmpty();
    }
    assertThat(octavia("GET", "/listeners?tags=" + mark).json().path("listeners").size())
        .isEqualTo(1);
  }

  @Test
  void fieldsAreNamedOneByOne() {
    var rows =
        octavia(
            "GET",
            "/loadbalancers?tags=" + mark + "&tags=even&fields=id&fields=name&fields=nonsense");
    assertThat(rows.json().path("loadbalancers"))
        .containsExactly(json("{'id': '%s', 'name': 'one'}", one));
    assertThat(
            octavia("GET", "/loadbalancers?tags=" + mark + "&tags=even&fields=id,name")
                .json()
                .path("loadbalancers"))
        .containsExactly(json("{}"));
    assertThat(row("/loadbalancers/" + one + "?fields=name")).isEqualTo(json("{'name': 'one'}"));
  }

  @Test
  void pagesFollowTheMarker() {
    var first = page("");

    var second = page("&marker=" + ids(first).getLast());

    assertThat(ids(first)).hasSize(1).doesNotContainAnyElementsOf(ids(second));
    assertThat(ids(second)).hasSize(1);
    // A full last page does not know that it is the last.
    assertThat(ids(page("&marker=" + ids(second).getLast()))).isEmpty();
    assertThat(rels(second)).containsExactlyInAnyOrder("previous", "next");
  }

  @Test
  void linksForgetTheFilter() {
    var link = page("").json().at("/loadbalancers_links/0");

    assertThat(link.path("rel").asText()).isEqualTo("next");
    assertThat(link.path("href").asText())
        .startsWith(tenant().endpoint("load-balancer") + "/v2/lbaas/loadbalancers?")
        .contains("limit=1")
        .contains("marker=")
        .doesNotContain("tags");
  }

  @Test
  void aListThatFitsHasNoLinks() {
    var all = octavia("GET", "/loadbalancers?tags=" + mark).json();

    assertThat(all.path("loadbalancers_links").isArray()).isTrue();
    assertThat(all.path("loadbalancers_links")).isEmpty();
  }

  @Test
  void anUnknownMarkerIsRefused() {
    refused(
        octavia("GET", "/loadbalancers?marker=" + seed().router()),
        400,
        "Supplied pagination marker '" + seed().router() + "' is not valid.");
  }

  private Answer page(String more) {
    return octavia("GET", "/loadbalancers?tags=" + mark + "&limit=1" + more);
  }

  private static List<String> ids(Answer page) {
    return page.json().path("loadbalancers").valueStream().map(Contract::id).toList();
  }

  private static List<String> rels(Answer page) {
    return page.json()
        .path("loadbalancers_links")
        .valueStream()
        .map((JsonNode link) -> link.path("rel").asText())
        .toList();
  }
}
