// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.testkit.world.HttpAnswer.Answered;
import dev.fairway.testkit.world.HttpAnswer.NoAnswer;
import org.junit.jupiter.api.Test;

class ParsingTest {
  @Test
  void onlyCompleteEntriesOfTheArpTableCount() {
    ArpTable table =
        ArpTable.parse(
            """
            IP address       HW type     Flags       HW address            Mask     Device
            10.13.242.0      0x1         0x2         02:00:0A:0d:f0:0b     *        eth0
            10.13.242.1      0x1         0x0         00:00:00:00:00:00     *        eth0
            """);

    assertThat(table.find("10.13.242.0")).contains(new MacAddress("02:00:0a:0d:f0:0b"));
    assertThat(table.find("10.13.242.1")).isEmpty();
    assertThat(table.find("10.13.242.2")).isEmpty();
  }

  @Test
  void anAnswerWithoutItsHeadIsNone() {
    assertThat(HttpRequest.parse("HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody"))
        .isEqualTo(new Answered(200, "body"));
    assertThat(HttpRequest.parse("HTTP/1.1 503 No\r\n\r\n").isOk()).isFalse();
    assertThat(HttpRequest.parse("HTTP/1.1 200 OK\r\nA: b")).isInstanceOf(NoAnswer.class);
    assertThat(HttpRequest.parse("")).isInstanceOf(NoAnswer.class);
  }

  @Test
  void whatAPodSaysIsReadBack() {
    PodAnswer answer = new PodAnswer("web-1", "node-1", "10.13.240.100");

    assertThat(PodAnswer.parse(answer.text())).isEqualTo(answer);
    assertThatThrownBy(() -> PodAnswer.parse("Hello")).hasMessageContaining("'Hello'");
  }

  @Test
  void aMacAddressIsSixOctets() {
    assertThat(MacAddress.ofIp("10.13.240.11").text()).isEqualTo("02:00:0a:0d:f0:0b");
    assertThatThrownBy(() -> new MacAddress("02:00")).hasMessageContaining("'02:00'");
  }
}
