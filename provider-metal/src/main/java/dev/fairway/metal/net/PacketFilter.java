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
  private static final int PACKET_HOST = 0;
  private static final int NO_TYPE = 0xFF;
  private static final int ETHERNET = 14;
  private static final int ARP_OPERATION = ETHERNET + 6; // RFC 826
  private static final int ARP_REQUEST = 1;
  private static final int ARP_REPLY = 2;
  private static final int IPV6_NEXT_HEADER = ETHERNET + 6; // RFC 8200
  private static final int ICMPV6 = 58;
  private static final int ICMPV6_TYPE = ETHERNET + 40;
  private static final int SOLICITATION = 135; // RFC 4861
  private static final int ADVERTISEMENT = 136;
  private static final int ALL_BYTES = 0xFFFF;

  /// Which answers to questions are passed.
  enum Answers {
    /// Those that go to many: announcements. The answers that the kernel's own questions get wake
    /// nobody.
    TO_MANY,
    ALL
  }

  PacketFilter {
    instructions = List.copyOf(instructions);
  }

  /// Passes ARP requests, and replies as wanted, that are addressed to this host or to all. Frames
  /// for others are seen on promiscuous interfaces and, with their VLAN tag taken off, on trunks:
  /// answering them would pull in the traffic of a network that is not ours.
  static PacketFilter arp(Answers answers) {
    return new PacketFilter(
        List.of(
            new Instruction(LOAD_BYTE, 0, 0, PACKET_TYPE),
            new Instruction(JUMP_IF_GREATER, 6, 0, PACKET_MULTICAST),
            new Instruction(LOAD_HALF, 0, 0, ARP_OPERATION),
            new Instruction(JUMP_IF_EQUAL, 3, 0, ARP_REQUEST),
            new Instruction(JUMP_IF_EQUAL, 0, 3, ARP_REPLY),
            new Instruction(LOAD_BYTE, 0, 0, PACKET_TYPE),
            new Instruction(JUMP_IF_EQUAL, 1, 0, unwanted(answers)),
            new Instruction(RETURN, 0, 0, ALL_BYTES),
            new Instruction(RETURN, 0, 0, 0)));
  }

  /// Passes neighbour solicitations directly after the IPv6 header, and advertisements as wanted,
  /// that are addressed to this host or to a group.
  static PacketFilter ndp(Answers answers) {
    return new PacketFilter(
        List.of(
            new Instruction(LOAD_BYTE, 0, 0, PACKET_TYPE),
            new Instruction(JUMP_IF_GREATER, 8, 0, PACKET_MULTICAST),
            new Instruction(LOAD_BYTE, 0, 0, IPV6_NEXT_HEADER),
            new Instruction(JUMP_IF_EQUAL, 0, 6, ICMPV6),
            new Instruction(LOAD_BYTE, 0, 0, ICMPV6_TYPE),
            new Instruction(JUMP_IF_EQUAL, 3, 0, SOLICITATION),
            new Instruction(JUMP_IF_EQUAL, 0, 3, ADVERTISEMENT),
            new Instruction(LOAD_BYTE, 0, 0, PACKET_TYPE),
            new Instruction(JUMP_IF_EQUAL, 1, 0, unwanted(answers)),
            new Instruction(RETURN, 0, 0, ALL_BYTES),
            new Instruction(RETURN, 0, 0, 0)));
  }

  private static int unwanted(Answers answers) {
    return switch (answers) {
      case TO_MANY -> PACKET_HOST;
      case ALL -> NO_TYPE;
    };
  }
}
