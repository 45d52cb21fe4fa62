// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.cloud.plan.Note;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnnotationCatalogueTest {
  static final AnnotationSpec<String> POOL =
      new AnnotationSpec<>(
          "fairway.dev/address-pool",
          List.of("metallb.io/address-pool"),
          Syntax.text("the name of an AddressPool"),
          "any pool",
          "Takes the address from this pool.",
          "public");
  static final AnnotationSpec<Boolean> SWITCH =
      new AnnotationSpec<>(
          "fairway.dev/internal", List.of(), Syntax.bool(), "false", "Keeps it inside.", "true");
  static final AnnotationCatalogue CATALOGUE =
      new AnnotationCatalogue(List.of(POOL, SWITCH), Set.of("fairway.dev/"));

  @Test
  void theKeyCountsBeforeItsAlias() {
    var both = Map.of("metallb.io/address-pool", "old", "fairway.dev/address-pool", "new");

    assertThat(POOL.read(both)).isEqualTo(new Reading.Value<>("fairway.dev/address-pool", "new"));
    assertThat(POOL.read(Map.of("metallb.io/address-pool", "old")).asOptional()).contains("old");
    assertThat(POOL.read(Map.of())).isEqualTo(new Reading.Missing<>());
  }

  @Test
  void aMalformedValueBlocksAndNamesKeyValueAndAValidExample() {
    var reading = SWITCH.read(Map.of("fairway.dev/internal", "yes"));

    assertThat(reading.asOptional()).isEmpty();
    assertThat(reading.note())
        .hasValueSatisfying(note -> {
          assertThat(note.severity()).isEqualTo(Note.Severity.BLOCKING);
          assertThat(note.text())
              .isEqualTo(
                  "annotation fairway.dev/internal: 'yes' is neither true nor false; write true"
                      + " or false, for example 'true'");
        });
  }

  @Test
  void aListNamesTheElementThatIsWrong() {
    var syntax = Syntax.listOf(Syntax.bool(), "switches");

    assertThat(syntax.read("true, false")).isEqualTo(new Syntax.Good<>(List.of(true, false)));
    assertThat(syntax.read("true,maybe"))
        .isEqualTo(
            new Syntax.Bad<List<Boolean>>(
                "has the element 'maybe', which is neither true nor false"));
  }

  @Test
  void anUnknownKeyBelowAPrefixIsToldWithTheNearestOne() {
    var notes =
        CATALOGUE.unknownKeys(
            Map.of(
                "fairway.dev/adress-pool", "x",
                "fairway.dev/internal", "true",
                "fairway.dev/zzzzzzzzzzzzzzz", "x",
                "example.com/whatever", "x"));

    assertThat(notes.stream().map(Note::text))
        .containsExactly(
            "annotation fairway.dev/adress-pool is not known and has no effect; did you mean"
                + " fairway.dev/address-pool?",
            "annotation fairway.dev/zzzzzzzzzzzzzzz is not known and has no effect; remove it");
  }

  @Test
  void distanceCountsInsertionsDeletionsAndReplacements() {
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    assertThat(Nearest.distance("same", "same")).isZero();
  }

  @Test
  void oneKeyCannotStandTwiceAndAnExampleMustBeValid() {
    assertThatThrownBy(() -> CATALOGUE.with(CATALOGUE)).hasMessageContaining("stands twice");
    assertThatThrownBy(() ->
            new AnnotationSpec<>("a/b", List.of(), Syntax.bool(), "false", "Meaning.", "maybe"))
        .hasMessageContaining("the example 'maybe' of annotation a/b is neither true nor false");
  }

  @Test
  void theReferenceTableHasARowForEachAnnotation() {
    assertThat(CATALOGUE.toMarkdown())
        .contains(
            "| `fairway.dev/address-pool`<br>also `metallb.io/address-pool` | the name of an"
                + " AddressPool, such as `public` | any pool | Takes the address from this pool. |")
        .hasLineCount(4);
  }

  @Test
  void absenceIsNotANote() {
    assertThat(POOL.read(Map.of()).note()).isEqualTo(Optional.empty());
  }
}
