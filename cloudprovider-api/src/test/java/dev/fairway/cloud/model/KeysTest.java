// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
  @ParameterizedTest
  @ValueSource(strings = {"default/web", "shared:default/front"})
  void aKeyReadsWhatItWrote(String text) {
    assertThat(LoadBalancerKey.parse(text)).hasToString(text);
  }

  @Test
  void aServiceAndAShareKeyOfOneNameAreDifferentGroups() {
    assertThat(LoadBalancerKey.ofService("a", "b"))
        .isNotEqualTo(LoadBalancerKey.ofShareKey("a", "b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "web", "/web", "default/", "shared:web"})
  void whatIsNotAKeyIsRefused(String text) {
    assertThatThrownBy(() -> LoadBalancerKey.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("write namespace/name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Prod", "-a", "a-", "a b", "a.b"})
  void aClusterIdIsALabel(String text) {
    assertThatThrownBy(() -> new ClusterId(text)).hasMessageContaining("write for example");
  }

  @Test
  void anOrdinaryClusterIdIsFine() {
    assertThat(new ClusterId("prod-eu-1")).hasToString("prod-eu-1");
  }
}
