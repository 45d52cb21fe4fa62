// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.annotation;

import dev.fairway.cloud.plan.Note;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All annotations that somebody reads.
///
/// @param specs those with a key of their own
/// @param families those whose keys have an end that varies
/// @param prefixes key prefixes (`fairway.dev/`) below which every key must be known, so that a
///   typing error is told
public record AnnotationCatalogue(
    List<AnnotationSpec<?>> specs, List<AnnotationFamily<?>> families, Set<String> prefixes) {
  public AnnotationCatalogue {
    specs = List.copyOf(specs);
    families = List.copyOf(families);
    prefixes = Set.copyOf(prefixes);
    rejectRepeated(specs);
    rejectRepeated(families.stream().map(AnnotationFamily::stem).toList());
  }

  /// A catalogue without families.
  public AnnotationCatalogue(List<AnnotationSpec<?>> specs, Set<String> prefixes) {
    this(specs, List.of(), prefixes);
  }

  private static void rejectRepeated(List<? extends AnnotationSpec<?>> specs) {
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
    var familiesOfBoth = new ArrayList<AnnotationFamily<?>>(families);
    familiesOfBoth.addAll(other.families);
    var prefixesOfBoth = new HashSet<>(prefixes);
    prefixesOfBoth.addAll(other.prefixes);
    return new AnnotationCatalogue(all, familiesOfBoth, prefixesOfBoth);
  }

  /// Whether somebody reads this key.
  public boolean reads(String key) {
    return specs.stream().anyMatch(spec -> spec.keys().contains(key))
        || families.stream().anyMatch(family -> family.has(key));
  }

  /// A note for each key that nobody reads, if it lies below one of the prefixes or was meant for a
  /// family: with the nearest known key, or what is wrong with its end.
  public List<Note> unknownKeys(Map<String, String> annotations) {
    return annotations.keySet().stream()
        .filter(key -> !reads(key))
        .sorted()
        .flatMap(key -> malformed(key).or(() -> unknown(key)).stream())
        .toList();
  }

  private Optional<Note> malformed(String key) {
    return families.stream()
        .flatMap(family ->
            family.complaint(key).stream()
                .map(complaint -> note(key, complaint + " and has no effect", family.fix())))
        .findFirst();
  }

  private Optional<Note> unknown(String key) {
    if (prefixes.stream().noneMatch(key::startsWith)) {
      return Optional.empty();
    }
    var candidates = new ArrayList<String>();
    specs.forEach(spec -> candidates.addAll(spec.keys()));
    families.forEach(family -> family.memberLike(key).ifPresent(candidates::add));
    var fix = Nearest.to(key, candidates).map("did you mean %s?"::formatted).orElse("remove it");
    return Optional.of(note(key, "is not known and has no effect", fix));
  }

  private static Note note(String key, String complaint, String fix) {
    return Note.warning("UnknownAnnotation", "annotation %s %s".formatted(key, complaint), fix);
  }

  /// The reference table in Markdown, one row an annotation or family, in the order of the
  /// catalogue.
  public String toMarkdown() {
    var out = new StringBuilder();
    out.append("| annotation | value | default | meaning |\n");
    out.append("| --- | --- | --- | --- |\n");
    specs.forEach(spec -> out.append(row(spec, "", "")));
    families.forEach(family ->
        out.append(
            row(
                family.stem(),
                "." + family.placeholder(),
                "<br>%s as `%s`".formatted(family.placeholder(), family.exampleSuffix()))));
    return out.toString();
  }

  private static String row(AnnotationSpec<?> spec, String end, String remark) {
    var aliases = spec.aliases().stream().map(alias -> alias + end).toList();
    return "| `%s`%s%s | %s, such as `%s` | %s | %s |\n"
        .formatted(
            spec.key() + end,
            aliases.isEmpty() ? "" : "<br>also " + code(aliases),
            remark,
            spec.syntax().description(),
            spec.example(),
            spec.defaultText(),
            spec.meaning());
  }

  private static String code(List<String> keys) {
    return String.join(", ", keys.stream().map(key -> "`" + key + "`").toList());
  }
}
