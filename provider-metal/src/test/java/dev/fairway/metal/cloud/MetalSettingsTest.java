// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.metal.failover.Profile;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetalSettingsTest {
  @Test
  void nothingMovesUnlessItIsSaid() {
    assertThat(MetalSettings.of(Map.of("kubeconfig", "/x")))
        .isEqualTo(new MetalSettings(false, false, Profile.DEFAULT, 7474, 7472, false));
    assertThat(
            MetalSettings.of(
                Map.of(
                    "cordonedNodes",
                    "drain",
                    "addressesOutsidePools",
                    "move",
                    "failover",
                    "fast",
                    "heartbeatPort",
                    "9",
                    "besideMetalLB",
                    "true")))
        .isEqualTo(new MetalSettings(true, true, Profile.FAST, 9, 7472, true));
  }

  @Test
  void anUnknownValueIsRefusedWithThoseThatAreKnown() {
    assertThatThrownBy(() -> MetalSettings.of(Map.of("cordonedNodes", "yes")))
        .hasMessage("settings.cordonedNodes: 'yes' is not known; write one of announce, drain");
    assertThatThrownBy(() -> MetalSettings.of(Map.of("heartbeatPort", "70000")))
        .hasMessage(
            "settings.heartbeatPort: '70000' is not a port; write a number from 1 to 65535, such as"
                + " 7474");
  }
}
