// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.http.Query;
import dev.fairway.testkit.openstack.sim.Refused;
import dev.fairway.testkit.openstack.sim.TagFilter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Filters, fields and pages of lists at Neutron: `limit` and `marker`, and links that keep the
/// other parameters.
final class Listing {
  private static final Set<String> OTHER =
      Set.of("fields", "limit", "marker", "page_reverse", "sort_key", "sort_dir");

  private final Query query;
  private final String url;

  /// @param url of the list, without parameters
  Listing(Query query, String url) {
    this.query = query;
    this.url = url;
  }

  ObjectNode of(Resource resource, Stream<ObjectNode> visible) {
    check(resource.attributes());
    var tags = new TagFilter(query);
    var found =
        visible
            .map(resource::view)
            .filter(row -> tags.test(Json.texts(row.path("tags"))))
            .filter(this::matches)
            .toList();
    var page = page(found);
    var body = Json.object();
    var list = body.putArray(resource.plural());
    page.forEach(row -> list.add(fields(row)));
    links(found, page, body, resource.plural() + "_links");
    return body;
  }

  /// The chosen fields of one object.
  ObjectNode fields(ObjectNode row) {
    var fields = query.all("fields");
    return fields.isEmpty() ? row : row.deepCopy().retain(fields);
  }

  private void check(Set<String> attributes) {
    var unknown =
        query.values().keySet().stream()
            .filter(name -> !OTHER.contains(name) && !TagFilter.NAMES.contains(name))
            .filter(name -> !attributes.contains(name))
            .map(name -> "'" + name + "'")
            .collect(Collectors.joining(", "));
    if (!unknown.isEmpty()) {
      throw Refused.neutron(
          400, "HTTPBadRequest", "[%s] is invalid attribute for filtering".formatted(unknown));
    }
  }

  private boolean matches(ObjectNode row) {
    return query.values().entrySet().stream()
        .filter(entry -> !OTHER.contains(entry.getKey()))
        .filter(entry -> !TagFilter.NAMES.contains(entry.getKey()))
        .allMatch(entry -> entry.getValue().stream().anyMatch(value -> matches(row, entry, value)));
  }

  private static boolean matches(
      ObjectNode row, Map.Entry<String, List<String>> entry, String value) {
    var has = row.path(entry.getKey());
    if (has.isBoolean()) {
      return has.asText().equalsIgnoreCase(value);
    }
    if (has.path(0).isTextual()) {
      return Json.texts(has).contains(value);
    }
    var at = value.indexOf('=');
    if (!has.isArray()) {
      return has.asText().equals(value);
    }
    return StreamSupport.stream(has.spliterator(), false)
        .anyMatch(part ->
            at > 0
                ? text(part, value.substring(0, at)).equals(value.substring(at + 1))
                : part.asText().equals(value));
  }

  private static String text(JsonNode part, String name) {
    return part.path(name).asText();
  }

  private int limit() {
    return query.first("limit").map(Integer::parseInt).filter(n -> n > 0).orElse(Integer.MAX_VALUE);
  }

  private List<ObjectNode> page(List<ObjectNode> found) {
    var from = query.first("marker").map(marker -> after(found, marker)).orElse(0);
    return found.subList(from, (int) Math.min(found.size(), (long) from + limit()));
  }

  private static int after(List<ObjectNode> found, String marker) {
    for (int i = 0; i < found.size(); i++) {
      if (Row.id(found.get(i)).equals(marker)) {
        return i + 1;
      }
    }
    throw Refused.neutron(
        400, "BadRequest", "Bad request: The marker '%s' could not be found".formatted(marker));
  }

  private void links(List<ObjectNode> found, List<ObjectNode> page, ObjectNode body, String name) {
    if (!query.has("limit") || page.isEmpty()) {
      return;
    }
    var links = Json.array();
    if (page.size() == limit() && !page.getLast().equals(found.getLast())) {
      links.addObject().put("rel", "next").put("href", link("&marker=" + Row.id(page.getLast())));
    }
    if (query.has("marker")) {
      var back = "&marker=" + Row.id(page.getFirst()) + "&page_reverse=True";
      links.addObject().put("rel", "previous").put("href", link(back));
    }
    if (!links.isEmpty()) {
      body.set(name, links);
    }
  }

  private String link(String more) {
    var kept =
        Stream.of(query.text().split("&", -1))
            .filter(pair -> !pair.startsWith("marker=") && !pair.startsWith("page_reverse="))
            .collect(Collectors.joining("&"));
    return url + "?" + kept + more;
  }
}
