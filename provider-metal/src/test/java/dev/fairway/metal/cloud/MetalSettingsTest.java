// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetalSettingsTest {
  @Test
  void nothingMovesUnlessItIsSaid() {
    assertThat(MetalSettings.of(Map.of("kubeconfig", "/x")))
        .isEqualTo(new MetalSettings(false, false));
    assertThat(MetalSettings.of(Map.of("cordonedNodes", "drain", "addressesOutsidePools", "move")))
        .isEqualTo(new MetalSettings(true, true));
  }

  @Test
  void anUnknownValueIsRefusedWithThoseThatAreKnown() {
    assertThatThrownBy(() -> MetalSettings.of(Map.of("cordonedNodes", "yes")))
        .hasMessage("settings.cordonedNodes: 'yes' is not known; write one of announce, drain");
  }
}
