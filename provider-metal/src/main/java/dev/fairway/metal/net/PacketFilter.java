// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.net;

import java.util.List;

/// A classic BPF program, which lets the kernel drop frames before they wake anybody.
record PacketFilter(List<Instruction> instructions) {

  /// @param ifTrue how many instructions a jump skips if its condition holds
  /// @param ifFalse how many otherwise
  record Instruction(int code, int ifTrue, int ifFalse, int operand) {}

  // Opcodes of <linux/bpf_common.h>.
  private static final int LOAD_BYTE = 0x30; // BPF_LD | BPF_B | BPF_ABS
  private static final int LOAD_HALF = 0x28; // BPF_LD | BPF_H | BPF_ABS
  private static final int JUMP_IF_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
  private static final int JUMP_IF_GREATER = 0x25; // BPF_JMP | BPF_JGT | BPF_K
  private static final int RETURN = 0x06; // BPF_RET | BPF_K

  private static final int PACKET_TYPE = -0x1000 + 4; // SKF_AD_OFF + SKF_AD_PKTTYPE
  // <linux/if_packet.h>: the last type that is for this host.
  private static final int PACKET_MULTICAST = 2;
  private static final int ARP_OPERATION_OFFSET = 14 + 6; // Ethernet header, then RFC 826
  private static final int ARP_REQUEST = 1;
  private static final int ALL_BYTES = 0xFFFF;

  PacketFilter {
    instructions = List.copyOf(instructions);
  }

  /// Passes ARP requests that are addressed to this host or to all. Frames for others are seen on
  /// promiscuous interfaces and, with their VLAN tag taken off, on trunks: answering them would
  /// pull in the traffic of a network that is not ours.
  static PacketFilter arpRequests() {
    return new PacketFilter(
        List.of(
            new Instruction(LOAD_BYTE, 0, 0, PACKET_TYPE),
            new Instruction(JUMP_IF_GREATER, 3, 0, PACKET_MULTICAST),
            new Instruction(LOAD_HALF, 0, 0, ARP_OPERATION_OFFSET),
            new Instruction(JUMP_IF_EQUAL, 0, 1, ARP_REQUEST),
            new Instruction(RETURN, 0, 0, ALL_BYTES),
            new Instruction(RETURN, 0, 0, 0)));
  }
}
