// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim;

import dev.fairway.testkit.openstack.http.Query;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// The four ways to ask for tags, the same at Octavia and Neutron; tags are divided by commas.
public final class TagFilter implements Predicate<Collection<String>> {
  public static final Set<String> NAMES = Set.of("tags", "tags-any", "not-tags", "not-tags-any");

  private final Query query;

  public TagFilter(Query query) {
    this.query = query;
  }

  @Override
  public boolean test(Collection<String> tags) {
    return (!query.has("tags") || tags.containsAll(asked("tags")))
        && (!query.has("tags-any") || asked("tags-any").stream().anyMatch(tags::contains))
        && (!query.has("not-tags") || !tags.containsAll(asked("not-tags")))
        && (!query.has("not-tags-any") || asked("not-tags-any").stream().noneMatch(tags::contains));
  }

  private List<String> asked(String name) {
    return query.all(name).stream().flatMap(text -> List.of(text.split(",", -1)).stream()).toList();
  }
}
