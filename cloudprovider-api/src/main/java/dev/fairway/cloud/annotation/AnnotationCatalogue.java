// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.annotation;

import dev.fairway.cloud.plan.Note;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// All annotations that somebody reads.
///
/// @param prefixes key prefixes (`fairway.dev/`) below which every key must be known, so that a
///   typing error is told
public record AnnotationCatalogue(List<AnnotationSpec<?>> specs, Set<String> prefixes) {
  public AnnotationCatalogue {
    specs = List.copyOf(specs);
    prefixes = Set.copyOf(prefixes);
    var seen = new HashSet<String>();
    for (var spec : specs) {
      for (var key : spec.keys()) {
        if (!seen.add(key)) {
          throw new IllegalArgumentException("annotation key %s stands twice".formatted(key));
        }
      }
    }
  }

  /// This catalogue and another one, read side by side.
  public AnnotationCatalogue with(AnnotationCatalogue other) {
    var all = new ArrayList<AnnotationSpec<?>>(specs);
    all.addAll(other.specs);
    var prefixesOfBoth = new HashSet<>(prefixes);
    prefixesOfBoth.addAll(other.prefixes);
    return new AnnotationCatalogue(all, prefixesOfBoth);
  }

  /// A note for each key below one of the prefixes that nobody reads, with the nearest known key.
  public List<Note> unknownKeys(Map<String, String> annotations) {
    return annotations.keySet().stream()
        .filter(key -> prefixes.stream().anyMatch(key::startsWith))
        .filter(key -> specs.stream().noneMatch(spec -> spec.keys().contains(key)))
        .sorted()
        .map(this::unknown)
        .toList();
  }

  private List<String> keys() {
    return specs.stream().flatMap(spec -> spec.keys().stream()).toList();
  }

  private Note unknown(String key) {
    return Note.warning(
        "UnknownAnnotation",
        "annotation %s is not known and has no effect".formatted(key),
        Nearest.to(key, keys()).map("did you mean %s?"::formatted).orElse("remove it"));
  }

  /// The reference table in Markdown, one row an annotation, in the order of the catalogue.
  public String toMarkdown() {
    var out = new StringBuilder();
    out.append("| annotation | value | default | meaning |\n");
    out.append("| --- | --- | --- | --- |\n");
    for (var spec : specs) {
      var aliases = spec.aliases().isEmpty() ? "" : "<br>also " + code(spec.aliases());
      out.append(
          "| `%s`%s | %s, such as `%s` | %s | %s |\n"
              .formatted(
                  spec.key(),
                  aliases,
                  spec.syntax().description(),
                  spec.example(),
                  spec.defaultText(),
                  spec.meaning()));
    }
    return out.toString();
  }

  private static String code(List<String> keys) {
    return String.join(", ", keys.stream().map(key -> "`" + key + "`").toList());
  }
}
