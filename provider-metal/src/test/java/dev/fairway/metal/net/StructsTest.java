// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.metal.pool.IpAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Sizes and offsets as `sizeof` and `offsetof` tell on x86-64 and aarch64.
class StructsTest {

  @Test
  void sizesAreThoseOfC() {
    assertThat(Structs.SOCKADDR_LL.byteSize()).isEqualTo(20);
    assertThat(Structs.SOCKADDR_NL.byteSize()).isEqualTo(12);
    assertThat(Structs.POLLFD.byteSize()).isEqualTo(8);
    assertThat(Structs.SOCK_FILTER.byteSize()).isEqualTo(8);
    assertThat(Structs.SOCK_FPROG.byteSize()).isEqualTo(16);
    assertThat(Structs.IPV6_MREQ.byteSize()).isEqualTo(20);
    assertThat(Structs.TIMESPEC.byteSize()).isEqualTo(16);
  }

  @Test
  void offsetsAreThoseOfC() {
    assertThat(offset(Structs.SOCKADDR_LL, "sll_protocol")).isEqualTo(2);
    assertThat(offset(Structs.SOCKADDR_LL, "sll_ifindex")).isEqualTo(4);
    assertThat(offset(Structs.SOCKADDR_LL, "sll_pkttype")).isEqualTo(10);
    assertThat(offset(Structs.SOCKADDR_LL, "sll_addr")).isEqualTo(12);
    assertThat(offset(Structs.SOCKADDR_NL, "nl_groups")).isEqualTo(8);
    assertThat(offset(Structs.POLLFD, "revents")).isEqualTo(6);
    assertThat(offset(Structs.SOCK_FILTER, "k")).isEqualTo(4);
    assertThat(offset(Structs.SOCK_FPROG, "filter")).isEqualTo(8);
  }

  @Test
  void addressesAreWrittenAsTheKernelReadsThem() {
    try (Arena arena = Arena.ofConfined()) {
      assertThat(hex(Structs.packetAddress(arena, 0x0806, 7)))
          .isEqualTo("1100080607000000" + "00".repeat(12));
      assertThat(hex(Structs.netlinkAddress(arena, 0x111))).isEqualTo("100000000000000011010000");
      assertThat(hex(Structs.pollFds(arena, (short) 1, 3, 4)))
          .isEqualTo("03000000010000000400000001000000");
      assertThat(hex(Structs.groupRequest(arena, IpAddress.of("ff02::1:ff00:7"), 7)))
          .isEqualTo("ff0200000000000000000001ff00000707000000");
    }
  }

  @Test
  void filterProgramCountsItsInstructionsAndPointsToThem() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment program =
          Structs.filterProgram(arena, PacketFilter.arp(PacketFilter.Answers.TO_MANY));

      assertThat(program.get(ValueLayout.JAVA_SHORT, 0)).isEqualTo((short) 9);
      MemorySegment code = program.get(ValueLayout.ADDRESS, 8).reinterpret(48);
      assertThat(hex(code.asSlice(0, 16))).isEqualTo("3000000004f0ffff" + "2500060002000000");
    }
  }

  private static long offset(StructLayout struct, String field) {
    return struct.byteOffset(MemoryLayout.PathElement.groupElement(field));
  }

  private static String hex(MemorySegment segment) {
    return HexFormat.of().formatHex(segment.toArray(ValueLayout.JAVA_BYTE));
  }
}
