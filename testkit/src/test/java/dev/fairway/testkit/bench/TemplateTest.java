// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
  @Test
  void everyWordIsFilledInAsItIs() {
    assertThat(new Template("a=${a}, ${b}, ${a}").with(Map.of("a", "1", "b", "$2\\")))
        .isEqualTo("a=1, $2\\, 1");
  }

  @Test
  void aWordWithoutValueIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Template("${vpcId}").with(Map.of()))
        .withMessageContaining("${vpcId}");
  }
}
