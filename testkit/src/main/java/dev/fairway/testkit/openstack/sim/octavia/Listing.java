// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.http.Query;
import dev.fairway.testkit.openstack.sim.Refused;
import dev.fairway.testkit.openstack.sim.TagFilter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Filters, fields and pages of lists at Octavia. Its links forget all parameters but `limit`, and
/// a full last page has one to an empty page.
record Listing(Query query, String url, int pageSize) {
  private static final Set<String> OTHER =
      Set.of("fields", "limit", "marker", "page_reverse", "sort", "sort_key", "sort_dir");
  // Of the parents; a row shows them under another name.
  private static final Map<String, String> PARENTS =
      Map.of(
          "loadbalancer_id",
          "loadbalancers",
          "load_balancer_id",
          "loadbalancers",
          "pool_id",
          "pools");
  private static final Comparator<ObjectNode> ORDER =
      Comparator.comparing((ObjectNode row) -> row.path("created_at").asText())
          .thenComparing(row -> row.path("id").asText());

  ObjectNode of(Lists kind, Stream<ObjectNode> rows) {
    check(kind);
    var tags = new TagFilter(query);
    var found =
        rows.filter(row -> tags.test(Json.texts(row.path("tags"))))
            .filter(this::matches)
            .sorted(ORDER)
            .toList();
    var page = page(found);
    var body = Json.object();
    var list = body.putArray(kind.plural());
    page.forEach(row -> list.add(fields(row)));
    links(page, body.putArray(kind.plural() + "_links"));
    return body;
  }

  /// The chosen fields of one object.
  ObjectNode fields(ObjectNode row) {
    var fields = query.all("fields");
    return fields.isEmpty() ? row : row.retain(fields);
  }

  private void check(Lists kind) {
    for (var name : query.values().keySet()) {
      if (!OTHER.contains(name)
          && !TagFilter.NAMES.contains(name)
          && !kind.filters().contains(name)) {
        throw Refused.octavia(400, "One or more arguments are either duplicate or invalid");
      }
    }
  }

  private boolean matches(ObjectNode row) {
    return query.values().entrySet().stream()
        .filter(entry -> !OTHER.contains(entry.getKey()))
        .filter(entry -> !TagFilter.NAMES.contains(entry.getKey()))
        .allMatch(entry -> matches(row, entry.getKey(), entry.getValue().getLast()));
  }

  private static boolean matches(ObjectNode row, String name, String value) {
    var parents = PARENTS.get(name);
    if (parents != null) {
      return row.path(parents).findValuesAsText("id").contains(value);
    }
    return row.path(name).asText().equalsIgnoreCase(value);
  }

  private int limit() {
    var asked = query.first("limit").map(Listing::number).orElse(pageSize);
    return asked < 1 ? pageSize : Math.min(asked, pageSize);
  }

  private static int number(String text) {
    if (!text.matches("-?\\d{1,9}")) {
      throw Refused.octavia(400, "Supplied pagination limit '%s' is not valid.".formatted(text));
    }
    return Integer.parseInt(text);
  }

  private List<ObjectNode> page(List<ObjectNode> found) {
    var from = query.first("marker").map(marker -> after(found, marker)).orElse(0);
    return found.subList(from, (int) Math.min(found.size(), (long) from + limit()));
  }

  private static int after(List<ObjectNode> found, String marker) {
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).path("id").asText().equals(marker)) {
        return i + 1;
      }
    }
    throw Refused.octavia(400, "Supplied pagination marker '%s' is not valid.".formatted(marker));
  }

  private void links(List<ObjectNode> page, ArrayNode links) {
    if (page.isEmpty()) {
      return;
    }
    var href = url + "?limit=" + limit() + "&marker=";
    if (query.has("marker")) {
      links
          .addObject()
          .put("rel", "previous")
          .put("href", href + id(page.getFirst()) + "&page_reverse=True");
    }
    if (page.size() >= limit()) {
      links.addObject().put("rel", "next").put("href", href + id(page.getLast()));
    }
  }

  private static String id(JsonNode row) {
    return row.path("id").asText();
  }
}
