// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.annotation.Syntax;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// Filters of subnet tags as cloud-provider-openstack has them.
final class SubnetTags {
  private SubnetTags() {}

  /// `a,b` for subnets with any of the tags, `&a,b` for those with all, and after a leading `!` for
  /// the others.
  static Syntax.Result<Predicate<List<String>>> matcher(String text) {
    var negated = text.startsWith("!");
    var rest = negated ? text.substring(1) : text;
    var all = rest.startsWith("&");
    var tags =
        Arrays.stream((all ? rest.substring(1) : rest).split(",", -1)).map(String::strip).toList();
    if (tags.stream().anyMatch(String::isEmpty)) {
      return new Syntax.Bad<>("has an empty tag");
    }
    return new Syntax.Good<>(
        own -> negated != (all ? own.containsAll(tags) : tags.stream().anyMatch(own::contains)));
  }
}
