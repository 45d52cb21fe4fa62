// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxTest {

  @ParameterizedTest
  @CsvSource({"5, 5", "300, 300", "' 10 ', 10", "007, 7"})
  void aNumberWithinItsBoundsIsRead(String text, int value) {
    assertThat(Syntax.number(5, 300).read(text)).isEqualTo(new Syntax.Good<>(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"4", "301", "-5", "4294967301", "9999999999"})
  void aNumberOutsideItsBoundsIsNot(String text) {
    assertThat(Syntax.number(5, 300).read(text))
        .isEqualTo(new Syntax.Bad<Integer>("is not within 5 to 300"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ten", "10s", "1.5", "+7", "99999999999", "0x10", "٣٣"})
  void whatIsNoWholeNumberIsTold(String text) {
    assertThat(Syntax.number(5, 300).read(text))
        .isEqualTo(new Syntax.Bad<Integer>("is not a whole number from 5 to 300"));
  }

  @Test
  void anIntOfEachSignAndTheWidestBoundsCanBeRead() {
    var any = Syntax.number(Integer.MIN_VALUE, Integer.MAX_VALUE);

    assertThat(any.read("-2147483648")).isEqualTo(new Syntax.Good<>(Integer.MIN_VALUE));
    assertThat(any.read("2147483647")).isEqualTo(new Syntax.Good<>(Integer.MAX_VALUE));
    assertThat(any.read("2147483648")).isInstanceOf(Syntax.Bad.class);
  }

  @Test
  void aWordMustBeOneOfThoseListed() {
    var scheme = Syntax.oneOf("internal", "internet-facing");

    assertThat(scheme.read(" internal ")).isEqualTo(new Syntax.Good<>("internal"));
    assertThat(scheme.read("Internal"))
        .isEqualTo(new Syntax.Bad<String>("is not internal or internet-facing"));
    assertThat(Syntax.oneOf("tcp", "http", "https").description()).isEqualTo("tcp, http or https");
    assertThat(Syntax.oneOf("*").read("a")).isEqualTo(new Syntax.Bad<String>("is not *"));
  }

  @Test
  void pairsAreReadInTheirOrder() {
    var read = Syntax.mapOf("pairs").read(" b = 2 , a=x=y==,c=");

    assertThat(read)
        .isInstanceOfSatisfying(
            Syntax.Good.class,
            good -> assertThat((Map<?, ?>) good.value()).hasToString("{b=2, a=x=y==, c=}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\" | has the element '', which is not KEY=VALUE",
        "a | has the element 'a', which is not KEY=VALUE",
        "a=1, | has the element '', which is not KEY=VALUE",
        "a=1, =2 | has the element '=2', which is not KEY=VALUE",
        "a=1,b=2,a=1 | names 'a' twice"
      })
  void whatIsNoMapIsTold(String text, String complaint) {
    assertThat(Syntax.mapOf("pairs").read(text))
        .isEqualTo(new Syntax.Bad<Map<String, String>>(complaint));
  }

  @Test
  void theValueCanBeChangedIntoAnother() {
    var length = Syntax.oneOf("one", "three").map(String::length);

    assertThat(length.read("three")).isEqualTo(new Syntax.Good<>(5));
    assertThat(length.read("two")).isEqualTo(new Syntax.Bad<Integer>("is not one or three"));
    assertThat(length.description()).isEqualTo("one or three");
  }
}
