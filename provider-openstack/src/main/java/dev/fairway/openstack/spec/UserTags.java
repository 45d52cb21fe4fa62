// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Findings;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Tags that users ask for.
final class UserTags {
  // By these, things at Octavia are known as somebody's: they must not be had for the asking.
  private static final List<String> RESERVED = List.of("fairway-", "kube_service_");

  private UserTags() {}

  static SortedSet<String> read(AnnotationSpec<List<String>> spec, Findings findings) {
    var tags = new TreeSet<>(findings.read(spec).orElse(List.of()));
    tags.stream()
        .filter(tag -> RESERVED.stream().anyMatch(tag::startsWith))
        .forEach(tag ->
            findings.invalid(
                spec,
                "has the tag '%s', which says whose a load balancer is".formatted(tag),
                "leave out tags that begin with %s".formatted(String.join(" or ", RESERVED))));
    return tags;
  }
}
