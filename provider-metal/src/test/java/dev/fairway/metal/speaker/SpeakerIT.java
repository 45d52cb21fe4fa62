// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.metal.net.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A speaker in a process that has next to no rights.
class SpeakerIT {

  private Wire wire;

  @BeforeEach
  void open() throws IOException {
    wire = new Wire("sp").withIpv6();
  }

  @AfterEach
  void close() throws IOException {
    wire.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.13.242.7", "fd00:13::7"})
  void capabilityNetRawIsAllASpeakerNeeds(String vip) throws Exception {
    Process speaker = start("-all,+net_raw", vip);
    try (BufferedReader output = output(speaker)) {
      assertThat(line(output, "report "))
          .isEqualTo(
              "report VipClaimed[address="
                  + vip
                  + ", interfaceName=eth0, mac="
                  + wire.nodeMac()
                  + "]");

      wire.ask(vip);
      await()
          .untilAsserted(
              () -> assertThat(wire.neighbour(vip)).isEqualTo(wire.nodeMac().toString()));

      speaker.getOutputStream().close();
      assertThat(line(output, "report ")).isEqualTo("report VipWithdrawn[address=" + vip + "]");
      assertThat(speaker.waitFor()).isZero();
    } finally {
      speaker.destroyForcibly();
    }
  }

  @Test
  void withoutItTheMessageNamesTheCapability() throws Exception {
    Process speaker = start("-all", "10.13.242.7");
    try (BufferedReader output = output(speaker)) {
      assertThat(line(output, "refused "))
          .isEqualTo(
              "refused cannot open a packet socket: Operation not permitted; the process needs the"
                  + " capability CAP_NET_RAW in its network namespace");
    } finally {
      speaker.destroyForcibly();
    }
  }

  private Process start(String capabilities, String vip) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            List.of(
                "ip",
                "netns",
                "exec",
                wire.node(),
                "setpriv",
                "--bounding-set",
                capabilities,
                "--inh-caps",
                capabilities,
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                SpeakerProcess.class.getName(),
                vip))
        .redirectErrorStream(true)
        .start();
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static String line(BufferedReader output, String start) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(start)) {
        return line;
      }
      seen.append(line).append('\n');
    }
    throw new AssertionError("no line begins with '" + start + "':\n" + seen);
  }
}
