// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.NodeAgent;
import org.junit.jupiter.api.Test;

class AgentPageTest {
  private final AgentPage page =
      new AgentPage("/vip/", rest -> new NodeAgent.Answer(200, "\"" + rest + "\""));

  @Test
  void theAgentIsGivenWhatFollowsThePrefix() {
    var answer = page.get("GET", "/vip/10.13.242.7", "");

    assertThat(answer.code()).isEqualTo(200);
    assertThat(answer.type()).isEqualTo("application/json");
    assertThat(answer.text()).isEqualTo("\"10.13.242.7\"");
  }

  @Test
  void nothingButAGetReachesTheAgent() {
    for (var method : new String[] {"POST", "DELETE", "PUT", "HEAD"}) {
      assertThat(page.get(method, "/vip/10.13.242.7", "").code()).as(method).isEqualTo(405);
    }
  }
}
