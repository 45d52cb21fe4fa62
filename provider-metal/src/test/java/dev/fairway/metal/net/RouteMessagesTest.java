// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.metal.net.RouteMessages.Progress;
import dev.fairway.metal.pool.IpAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RouteMessagesTest {

  private static final byte[] MAC = HexFormat.of().parseHex("02000000000a");
  private static final int UP_WITH_CARRIER = 0x1 | 0x10000;
  private static final int NO_ARP = 0x80;

  @Test
  void linkAndItsAddressesAreRead() {
    RouteMessages messages = new RouteMessages();

    messages.read(link(7, 1, UP_WITH_CARRIER));
    messages.read(address(7, 22, 2, "10.13.240.11"));
    messages.read(address(7, 64, 1, "fd00::11"));

    assertThat(messages.links())
        .singleElement()
        .satisfies(link -> {
          assertThat(link.index()).isEqualTo(7);
          assertThat(link.name()).isEqualTo("eth0");
          assertThat(link.mac()).hasToString("02:00:00:00:00:0a");
          assertThat(link.carrierChanges()).isEqualTo(3);
          assertThat(link.isUsable()).isTrue();
          assertThat(link.addresses())
              .map(InterfaceAddress::toString)
              .containsExactly("10.13.240.11/22", "fd00::11/64");
          assertThat(link.isOnLink(IpAddress.of("10.13.243.255"))).isTrue();
          assertThat(link.isOnLink(IpAddress.of("10.13.244.0"))).isFalse();
        });
  }

  @Test
  void linkWithoutCarrierOrArpOrEthernetIsNotUsable() {
    assertThat(only(link(1, 1, 0x1)).isUsable()).isFalse();
    assertThat(only(link(1, 1, UP_WITH_CARRIER | NO_ARP)).isUsable()).isFalse();
    assertThat(only(link(1, 772, UP_WITH_CARRIER)).isUsable()).isFalse();
    assertThat(only(link(1, 772, UP_WITH_CARRIER)).mac()).isEqualTo(MacAddress.ZERO);
  }

  @Test
  void endRefusalAndInterruptionAreTold() {
    assertThat(new RouteMessages().read(message(3, 0, new byte[4]))).isEqualTo(Progress.DONE);
    assertThat(new RouteMessages().read(message(2, 0, new byte[4]))).isEqualTo(Progress.REFUSED);
    assertThat(new RouteMessages().read(message(16, 0x10, new byte[16])))
        .isEqualTo(Progress.INTERRUPTED);
    assertThat(new RouteMessages().read(link(1, 1, 0))).isEqualTo(Progress.MORE);
  }

  @Test
  void noBytesMakeTheReaderThrow() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] good =
          (random.nextBoolean() ? link(7, 1, UP_WITH_CARRIER) : address(7, 22, 2, "10.0.0.1"))
              .array();
      byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length + 1));
      for (int flips = random.nextInt(6); flips > 0 && bytes.length > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      RouteMessages messages = new RouteMessages();
      messages.read(ByteBuffer.wrap(bytes));
      assertThat(messages.links().size()).isBetween(0, 1);
    }
  }

  private static Link only(ByteBuffer message) {
    RouteMessages messages = new RouteMessages();
    messages.read(message);
    return messages.links().getFirst();
  }

  private static ByteBuffer link(int index, int hardware, int flags) {
    ByteBuffer body = ByteBuffer.allocate(16 + 12 + 12 + 8).order(ByteOrder.nativeOrder());
    body.putShort((short) 0).putShort((short) hardware).putInt(index).putInt(flags).putInt(0);
    attribute(body, 3, "eth0\0".getBytes(StandardCharsets.UTF_8));
    attribute(body, 1, MAC);
    body.putShort((short) 8).putShort((short) 35).putInt(3);
    return message(16, 0, body.array());
  }

  private static ByteBuffer address(int index, int prefixLength, int attribute, String text) {
    ByteBuffer body = ByteBuffer.allocate(8 + 20 + 8).order(ByteOrder.nativeOrder());
    body.put((byte) 0).put((byte) prefixLength).putShort((short) 0).putInt(index);
    IpAddress address = IpAddress.of(text);
    ByteBuffer bytes = ByteBuffer.allocate(16).putLong(address.high()).putLong(address.low());
    boolean v4 = text.indexOf(':') < 0;
    if (attribute == 2) {
      attribute(body, 1, new byte[] {10, 0, 0, 99}); // the other end of a point-to-point link
    }
    attribute(body, attribute, Arrays.copyOfRange(bytes.array(), v4 ? 12 : 0, 16));
    return message(20, 0, Arrays.copyOf(body.array(), body.position()));
  }

  private static void attribute(ByteBuffer body, int type, byte[] value) {
    body.putShort((short) (4 + value.length)).putShort((short) type).put(value);
    body.position((body.position() + 3) & ~3);
  }

  private static ByteBuffer message(int type, int flags, byte[] body) {
    return ByteBuffer.allocate(16 + body.length)
        .order(ByteOrder.nativeOrder())
        .putInt(16 + body.length)
        .putShort((short) type)
        .putShort((short) flags)
        .putLong(0)
        .put(body)
        .flip();
  }
}
