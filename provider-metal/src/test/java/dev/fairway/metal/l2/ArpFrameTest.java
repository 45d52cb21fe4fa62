// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.metal.l2.ArpPacket.Operation;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ArpFrameTest {

  /// A reply as a Linux host sends it: 10.13.240.11 is at 02:00:00:00:00:0b, told to 10.13.240.100.
  private static final String REPLY =
      "020000000064 02000000000b 0806"
          + "0001 0800 06 04 0002"
          + "02000000000b 0a0df00b"
          + "020000000064 0a0df064";

  private static final byte[] BYTES = HexFormat.of().parseHex(REPLY.replace(" ", ""));

  @Test
  void replyIsEncodedToTheBytesOfAHost() {
    ArpFrame frame =
        new ArpFrame(
            MacAddress.of("02:00:00:00:00:64"),
            MacAddress.of("02:00:00:00:00:0b"),
            new ArpPacket(
                Operation.REPLY,
                MacAddress.of("02:00:00:00:00:0b"),
                IpAddress.of("10.13.240.11"),
                MacAddress.of("02:00:00:00:00:64"),
                IpAddress.of("10.13.240.100")));

    assertThat(frame.encode()).isEqualTo(BYTES);
    assertThat(ArpFrame.parse(BYTES, BYTES.length)).contains(frame);
  }

  @Test
  void paddingIsIgnored() {
    assertThat(ArpFrame.parse(Arrays.copyOf(BYTES, 60), 60))
        .isEqualTo(ArpFrame.parse(BYTES, BYTES.length))
        .isPresent();
  }

  @Test
  void everyOtherTypeOrLengthIsNotArpForIpv4() {
    // EtherType, hardware type, protocol type, both lengths, operation.
    for (int offset : new int[] {12, 13, 14, 15, 16, 17, 18, 19, 20, 21}) {
      byte[] bytes = BYTES.clone();
      bytes[offset] ^= 0x40;
      assertThat(ArpFrame.parse(bytes, bytes.length)).as("offset %d", offset).isEmpty();
    }
  }

  @Test
  void framesOfEveryLengthAndContentAreReadOrRefused() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int length = 0; length <= 100; length++) {
      for (int i = 0; i < 200; i++) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        if (i % 2 == 0) {
          System.arraycopy(BYTES, 0, bytes, 0, Math.min(length, 22));
        }

        var frame = ArpFrame.parse(bytes, length);

        assertThat(frame.isPresent()).isEqualTo(i % 2 == 0 && length >= ArpFrame.LENGTH);
        frame.ifPresent(
            read -> assertThat(read.encode()).isEqualTo(Arrays.copyOf(bytes, ArpFrame.LENGTH)));
      }
    }
  }

  @Test
  void lengthBeyondTheBufferIsRefused() {
    assertThat(ArpFrame.parse(new byte[10], 60)).isEmpty();
  }
}
