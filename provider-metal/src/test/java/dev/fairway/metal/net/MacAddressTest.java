// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {

  @Test
  void textReadsBack() {
    assertThat(MacAddress.of("02:00:0A:00:00:0f")).hasToString("02:00:0a:00:00:0f");
    assertThat(MacAddress.BROADCAST).hasToString("ff:ff:ff:ff:ff:ff");
  }

  @Test
  void groupsAndZeroAreNoStations() {
    assertThat(MacAddress.of("02:00:00:00:00:01").isStation()).isTrue();
    assertThat(MacAddress.of("01:00:5e:00:00:01").isStation()).isFalse();
    assertThat(MacAddress.BROADCAST.isStation()).isFalse();
    assertThat(MacAddress.ZERO.isStation()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "02:00:00:00:00", "02:00:00:00:00:01:02", "0g:00:00:00:00:00"})
  void otherTextIsNoAddress(String text) {
    assertThatThrownBy(() -> MacAddress.of(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
