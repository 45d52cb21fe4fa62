// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinuxExceptionTest {

  @Test
  void missingRightNamesTheCapability() {
    assertThat(new LinuxException("cannot open a packet socket on eth0", 1))
        .hasMessage(
            "cannot open a packet socket on eth0: Operation not permitted; the process needs the"
                + " capability CAP_NET_RAW in its network namespace");
  }

  @Test
  void otherFailuresCarryTheWordsOfTheSystem() {
    assertThat(new LinuxException("cannot send", 100)).hasMessage("cannot send: Network is down");
  }
}
