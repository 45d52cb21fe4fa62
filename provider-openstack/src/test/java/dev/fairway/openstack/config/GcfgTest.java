// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GcfgTest {
  private final Findings findings = new Findings("cloud.conf");

  @Test
  void sectionsHaveLabelsAndTheirLines() {
    var file = read("\n[LoadBalancer]\na=1\n[LoadBalancerClass \"my \\\"x\\\"\"]\nb=2\n");

    assertThat(file.sections())
        .extracting(Gcfg.Section::name, Gcfg.Section::label, Gcfg.Section::line)
        .containsExactly(
            tuple("LoadBalancer", Optional.empty(), 2),
            tuple("LoadBalancerClass", Optional.of("my \"x\""), 4));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "password = plain words  | plain words",
        "password = \"a;b#c\" ; a comment | a;b#c",
        "password = a;b | a",
        "password = \"  blanks  \" | ^  blanks  ^",
        "password = one \"two # three\" four | one two # three four",
        "password = \"a\\\\b\\\"c\\td\" | ^a\\b\"c\td^",
        "password = x=y=z | x=y=z",
        "password = | ^^",
      })
  void valuesLoseCommentsAndQuotesOnly(String line, String value) {
    var file = read("[Global]\n" + line + "\r\n");

    assertThat(file.sections().getFirst().entries())
        .containsExactly(new Gcfg.Entry("password", Optional.of(value), 2));
  }

  @Test
  void aLineThatEndsInABackslashGoesOn() {
    var file = read("[Global]\nusername = one \\\n  two\nregion=r\n");

    assertThat(file.sections().getFirst().entries())
        .containsExactly(
            new Gcfg.Entry("username", Optional.of("one   two"), 2),
            new Gcfg.Entry("region", Optional.of("r"), 4));
  }

  @Test
  void keysAreReadInAnyCaseAndOneAloneHasNoValue() {
    var file = read("[Global]\nTLS-Insecure\nAuth-URL=http://a ; c\n");

    assertThat(file.sections().getFirst().entries())
        .containsExactly(
            new Gcfg.Entry("tls-insecure", Optional.empty(), 2),
            new Gcfg.Entry("auth-url", Optional.of("http://a"), 3));
  }

  @Test
  void allThatCannotBeReadIsToldAtOnceAndNoneOfItIsQuoted() {
    read(
        "hunter2 = 1\n[Global\n[Global]\n= hunter2\nusername hunter2\npassword = \"hunter2\nx=hunter2\\q\n");

    assertThatThrownBy(findings::refuseWhatIsWrong)
        .hasMessageContaining("cloud.conf:1: the key hunter2 stands before any section")
        .hasMessageContaining("cloud.conf:2: a section must look like [LoadBalancer]")
        .hasMessageContaining("cloud.conf:4: this line is neither a section nor 'key = value'")
        .hasMessageContaining("cloud.conf:5: there is more on the line after the key username")
        .hasMessageContaining("cloud.conf:6: a quotation mark is not closed")
        .hasMessageContaining("cloud.conf:7: after \\ only")
        .message()
        .satisfies(message ->
            assertThat(message.lines().skip(1)).noneMatch(line -> line.contains("hunter2")));
  }

  @Test
  void aByteOrderMarkAndNoFinalNewlineDoNoHarm() {
    assertThat(read("\uFEFF[Global]\nregion = r").sections().getFirst().entries())
        .isEqualTo(List.of(new Gcfg.Entry("region", Optional.of("r"), 2)));
    findings.refuseWhatIsWrong();
  }

  private Gcfg read(String text) {
    return Gcfg.parse(text, findings);
  }
}
