// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.cloud.plan.Note;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnnotationFamilyTest {
  static final Syntax<String> PROTOCOL_AND_PORT =
      new Syntax<>(
          "a protocol and a port",
          text ->
              text.matches("(TCP|UDP)-[0-9]{1,5}")
                  ? new Syntax.Good<>(text)
                  : new Syntax.Bad<>("is not a protocol and a port"));
  static final AnnotationSpec<Map<String, String>> FOR_ALL =
      new AnnotationSpec<>(
          "example.com/lb-attributes",
          List.of("example.org/attributes"),
          Syntax.mapOf("attributes as KEY=VALUE, separated by commas"),
          "those of the cloud",
          "Sets attributes.",
          "idle=350");
  static final AnnotationFamily<Map<String, String>> FOR_ONE =
      FOR_ALL.family("PROTOCOL-PORT", PROTOCOL_AND_PORT, "TCP-80");
  static final AnnotationCatalogue CATALOGUE =
      new AnnotationCatalogue(List.of(), List.of(FOR_ONE), Set.of("example.com/lb-"));

  @Test
  void allMembersAreReadByTheEndOfTheirKeys() {
    var readings =
        FOR_ONE.readAll(
            Map.of(
                "example.com/lb-attributes.UDP-53", "idle=5",
                "example.com/lb-attributes.TCP-80", "idle",
                "example.com/lb-attributes", "idle=1",
                "example.com/lb-attributesTCP-80", "idle=2"));

    assertThat(readings).containsOnlyKeys("TCP-80", "UDP-53");
    assertThat(readings.get("UDP-53"))
        .isEqualTo(new Reading.Value<>("example.com/lb-attributes.UDP-53", Map.of("idle", "5")));
    assertThat(readings.get("TCP-80"))
        .isEqualTo(
            new Reading.Malformed<>(
                "example.com/lb-attributes.TCP-80",
                "annotation example.com/lb-attributes.TCP-80: 'idle' has the element 'idle', which"
                    + " is not KEY=VALUE",
                "write attributes as KEY=VALUE, separated by commas, for example 'idle=350'"));
  }

  @Test
  void theKeyOfAMemberCountsBeforeItsAlias() {
    var readings =
        FOR_ONE.readAll(
            Map.of(
                "example.org/attributes.TCP-80", "idle=1",
                "example.com/lb-attributes.TCP-80", "idle=2",
                "example.org/attributes.TCP-81", "idle=3"));

    assertThat(readings.values().stream().flatMap(reading -> reading.asOptional().stream()))
        .containsExactly(Map.of("idle", "2"), Map.of("idle", "3"));
  }

  @Test
  void aMemberIsKnownAndOneWithAMalformedEndIsToldWhatToWrite() {
    var notes =
        CATALOGUE.unknownKeys(
            Map.of(
                "example.com/lb-attributes.TCP-80", "idle=5",
                "example.com/lb-attributes.80", "idle=5",
                "example.org/attributes.tcp-80", "idle=5",
                "example.com/lb-attributes", "idle=5"));

    assertThat(notes.stream().map(Note::text))
        .containsExactly(
            "annotation example.com/lb-attributes lacks its end and has no effect; write"
                + " example.com/lb-attributes.PROTOCOL-PORT, for example"
                + " example.com/lb-attributes.TCP-80",
            "annotation example.com/lb-attributes.80 ends with '80', which is not a protocol and a"
                + " port and has no effect; write example.com/lb-attributes.PROTOCOL-PORT, for"
                + " example example.com/lb-attributes.TCP-80",
            "annotation example.org/attributes.tcp-80 ends with 'tcp-80', which is not a protocol"
                + " and a port and has no effect; write example.com/lb-attributes.PROTOCOL-PORT,"
                + " for example example.com/lb-attributes.TCP-80");
    assertThat(FOR_ONE.readAll(Map.of("example.com/lb-attributes.80", "idle=5"))).isEmpty();
  }

  @Test
  void aMistypedMemberIsToldTheOneWithTheSameEnd() {
    assertThat(CATALOGUE.unknownKeys(Map.of("example.com/lb-atributes.UDP-53", "idle=5")))
        .extracting(Note::fix)
        .containsExactly("did you mean example.com/lb-attributes.UDP-53?");
  }

  @Test
  void theStemCanBeAnAnnotationOfItsOwn() {
    var both = new AnnotationCatalogue(List.of(FOR_ALL), List.of(FOR_ONE), Set.of("example.com/"));

    assertThat(both.unknownKeys(Map.of("example.com/lb-attributes", "idle=5"))).isEmpty();
    assertThat(both.reads("example.com/lb-attributes")).isTrue();
    assertThat(both.reads("example.com/lb-attributes.TCP-80")).isTrue();
    assertThat(both.reads("example.com/lb-attributes.80")).isFalse();
  }

  @Test
  void aFamilyCannotStandTwiceAndItsExampleMustBeValid() {
    assertThatThrownBy(() -> CATALOGUE.with(CATALOGUE)).hasMessageContaining("stands twice");
    assertThatThrownBy(() -> FOR_ALL.family("PROTOCOL-PORT", PROTOCOL_AND_PORT, "80"))
        .hasMessage(
            "the example '80' of the end of annotation example.com/lb-attributes is not a protocol"
                + " and a port");
  }

  @Test
  void twoCataloguesKeepTheFamiliesOfBoth() {
    var other = new AnnotationCatalogue(List.of(FOR_ALL), Set.of());

    assertThat(other.with(CATALOGUE).families()).containsExactly(FOR_ONE);
    assertThat(CATALOGUE.with(other).families()).containsExactly(FOR_ONE);
  }

  @Test
  void theReferenceShowsThePlaceholderAfterKeyAndAliases() {
    assertThat(CATALOGUE.toMarkdown())
        .contains(
            "| `example.com/lb-attributes.PROTOCOL-PORT`<br>also"
                + " `example.org/attributes.PROTOCOL-PORT`<br>PROTOCOL-PORT as `TCP-80` | attributes as KEY=VALUE, separated by"
                + " commas, such as `idle=350` |")
        .hasLineCount(3);
  }
}
