// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.metal.l2.NdpMessage.Advertisement;
import dev.fairway.metal.l2.NdpMessage.Solicitation;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NdpFrameTest {

  private static final MacAddress NODE = MacAddress.of("02:00:00:00:00:0b");
  private static final MacAddress CLIENT = MacAddress.of("02:00:00:00:00:64");
  private static final IpAddress VIP = IpAddress.of("fd00:13::7");
  private static final IpAddress CLIENT_ADDRESS = IpAddress.of("fd00:13::100");
  private static final IpAddress GROUP = IpAddress.of("ff02::1:ff00:7");
  private static final int IPV6 = 14;
  private static final int ICMP = IPV6 + 40;

  /// Both with checksums that were computed elsewhere.
  private static final byte[] SOLICITATION =
      bytes(
          "3333ff000007 020000000064 86dd",
          "60000000 0020 3a ff fd000013000000000000000000000100 ff0200000000000000000001ff000007",
          "87 00 7c05 00000000 fd000013000000000000000000000007",
          "0101020000000064");

  private static final byte[] ADVERTISEMENT =
      bytes(
          "020000000064 02000000000b 86dd",
          "60000000 0020 3a ff fd000013000000000000000000000007 fd000013000000000000000000000100",
          "88 00 1b4f 60000000 fd000013000000000000000000000007",
          "020102000000000b");

  private static final NdpFrame SOLICITED =
      new NdpFrame(
          Ipv6Groups.mac(GROUP),
          CLIENT,
          CLIENT_ADDRESS,
          GROUP,
          new Solicitation(VIP, Optional.of(CLIENT)));

  private static final NdpFrame ADVERTISED =
      new NdpFrame(
          CLIENT,
          NODE,
          VIP,
          CLIENT_ADDRESS,
          new Advertisement(VIP, false, true, true, Optional.of(NODE)));

  @Test
  void framesAreTheBytesOfAHost() {
    assertThat(SOLICITED.encode()).isEqualTo(SOLICITATION);
    assertThat(ADVERTISED.encode()).isEqualTo(ADVERTISEMENT);
    assertThat(parse(SOLICITATION)).contains(SOLICITED);
    assertThat(parse(ADVERTISEMENT)).contains(ADVERTISED);
  }

  @Test
  void paddingIsIgnored() {
    assertThat(parse(Arrays.copyOf(SOLICITATION, 120))).contains(SOLICITED);
  }

  @Test
  void whatARouterForwardedIsNotOfThisLink() {
    assertThat(parse(with(SOLICITATION, IPV6 + 7, 254))).isEmpty();
  }

  @Test
  void everyWrongBitInAddressesOrMessageIsNoticed() {
    for (int bit = (IPV6 + 8) * 8; bit < SOLICITATION.length * 8; bit++) {
      byte[] bytes = SOLICITATION.clone();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);

      assertThat(parse(bytes)).as("bit %d", bit).isEmpty();
    }
  }

  @Test
  void codeOtherThanZeroIsRefused() {
    assertThat(parse(summed(with(SOLICITATION, ICMP + 1, 1)))).isEmpty();
  }

  @Test
  void otherMessagesOfIcmpAndOtherProtocolsAreRefused() {
    assertThat(parse(summed(with(SOLICITATION, ICMP, 134)))).isEmpty();
    assertThat(parse(with(SOLICITATION, IPV6 + 6, 0))).as("hop-by-hop header first").isEmpty();
    assertThat(parse(with(SOLICITATION, IPV6 + 6, 44))).as("fragment").isEmpty();
    assertThat(parse(with(SOLICITATION, IPV6, 0x40))).as("version 4").isEmpty();
  }

  @Test
  void messageShorterThan24BytesIsRefused() {
    byte[] bytes = with(SOLICITATION, IPV6 + 5, 23);

    assertThat(parse(summed(bytes))).isEmpty();
  }

  @Test
  void packetLongerThanTheFrameIsRefused() {
    assertThat(NdpFrame.parse(SOLICITATION, SOLICITATION.length - 1)).isEmpty();
    assertThat(NdpFrame.parse(SOLICITATION, SOLICITATION.length + 1)).isEmpty();
  }

  @Test
  void optionWithoutLengthOrBeyondTheEndIsRefused() {
    assertThat(parse(summed(with(SOLICITATION, ICMP + 25, 0)))).isEmpty();
    assertThat(parse(summed(with(SOLICITATION, ICMP + 25, 2)))).isEmpty();
  }

  @Test
  void unknownOptionIsSkipped() {
    assertThat(parse(summed(with(SOLICITATION, ICMP + 24, 14))))
        .map(NdpFrame::message)
        .contains(new Solicitation(VIP, Optional.empty()));
  }

  @Test
  void targetMustNotBeAGroup() {
    assertThat(parse(summed(with(SOLICITATION, ICMP + 8, 0xFF)))).isEmpty();
    assertThat(parse(summed(with(ADVERTISEMENT, ICMP + 8, 0xFF)))).isEmpty();
  }

  @Test
  void probeMustGoToTheGroupAndHaveNoSourceOption() {
    NdpFrame probe =
        new NdpFrame(
            Ipv6Groups.mac(GROUP),
            CLIENT,
            IpAddress.of("::"),
            GROUP,
            new Solicitation(VIP, Optional.empty()));
    NdpFrame withOption =
        new NdpFrame(
            Ipv6Groups.mac(GROUP),
            CLIENT,
            IpAddress.of("::"),
            GROUP,
            new Solicitation(VIP, Optional.of(CLIENT)));
    NdpFrame toOne =
        new NdpFrame(
            NODE, CLIENT, IpAddress.of("::"), VIP, new Solicitation(VIP, Optional.empty()));

    assertThat(parse(probe.encode())).contains(probe);
    assertThat(parse(withOption.encode())).isEmpty();
    assertThat(parse(toOne.encode())).isEmpty();
  }

  @Test
  void solicitedAdvertisementMustNotGoToAGroup() {
    NdpFrame toAll =
        new NdpFrame(
            Ipv6Groups.mac(Ipv6Groups.ALL_NODES),
            NODE,
            VIP,
            Ipv6Groups.ALL_NODES,
            new Advertisement(VIP, false, true, true, Optional.of(NODE)));

    assertThat(parse(toAll.encode())).isEmpty();
  }

  @Test
  void groupAsSourceIsRefused() {
    NdpFrame fromGroup =
        new NdpFrame(
            NODE, CLIENT, Ipv6Groups.ALL_NODES, VIP, new Solicitation(VIP, Optional.of(CLIENT)));

    assertThat(parse(fromGroup.encode())).isEmpty();
  }

  private static Optional<NdpFrame> parse(byte[] bytes) {
    return NdpFrame.parse(bytes, bytes.length);
  }

  private static byte[] with(byte[] bytes, int offset, int value) {
    byte[] changed = bytes.clone();
    changed[offset] = (byte) value;
    return changed;
  }

  /// The same with the checksum that belongs to it.
  private static byte[] summed(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    buffer.putShort(ICMP + 2, (short) 0);
    buffer.putShort(
        ICMP + 2, (short) Icmpv6Checksum.of(bytes, IPV6, buffer.getShort(IPV6 + 4) & 0xFFFF));
    return bytes;
  }

  private static byte[] bytes(String... parts) {
    return HexFormat.of().parseHex(String.join("", parts).replace(" ", ""));
  }
}
