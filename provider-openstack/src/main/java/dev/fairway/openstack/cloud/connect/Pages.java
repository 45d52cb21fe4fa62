// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.cloud.error.CloudException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// All pages of a list (Octavia and Neutron API references, "Pagination"). Only the marker is taken
/// from the link to the next page: its host may be one that cannot be reached from here.
final class Pages {
  // 1,000 pages of 1,000: more than any list here can have.
  private static final int MOST_PAGES = 1000;

  private Pages() {}

  /// @param size entries to ask for in one page
  /// @param fetch makes one call
  static List<JsonNode> all(
      Call call, String collection, int size, Function<Call, JsonNode> fetch) {
    var entries = new LinkedHashMap<String, JsonNode>();
    var unnamed = new ArrayList<JsonNode>();
    var markers = new HashSet<String>();
    var sized = call.with("limit", Integer.toString(size));
    Optional<String> marker = Optional.empty();
    do {
      var page = fetch.apply(marker.map(last -> sized.with("marker", last)).orElse(sized));
      var list = page.path(collection);
      if (!list.isArray()) {
        throw new CloudException.Unavailable(
            "%s: the answer has no %s".formatted(call.operation().permission(), collection), null);
      }
      for (var entry : list) {
        if (entry.hasNonNull("id")) {
          entries.put(entry.get("id").asText(), entry);
        } else {
          unnamed.add(entry);
        }
      }
      marker = next(page, collection, list, size);
      if (marker.isPresent() && (!markers.add(marker.get()) || markers.size() > MOST_PAGES)) {
        throw new CloudException.Unavailable(
            "%s: the pages do not end".formatted(call.operation().permission()), null);
      }
    } while (marker.isPresent());
    unnamed.addAll(entries.values());
    return List.copyOf(unnamed);
  }

  private static Optional<String> next(JsonNode page, String collection, JsonNode list, int size) {
    var links = page.path(collection + "_links");
    for (var link : links) {
      if (link.path("rel").asText().equals("next")) {
        return marker(link.path("href").asText());
      }
    }
    // A server without links: a full page may have a successor.
    return links.isMissingNode() && list.size() >= size && list.size() > 0
        ? Optional.of(list.get(list.size() - 1).path("id").asText()).filter(id -> !id.isEmpty())
        : Optional.empty();
  }

  private static Optional<String> marker(String href) {
    var query = href.substring(href.indexOf('?') + 1);
    return Arrays.stream(query.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2 && pair[0].equals("marker"))
        .map(pair -> Map.entry(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
