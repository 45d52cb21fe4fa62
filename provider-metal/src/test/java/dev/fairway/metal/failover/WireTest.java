// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.metal.failover.Envelope.Heartbeat;
import dev.fairway.metal.failover.Envelope.Message;
import dev.fairway.metal.failover.Envelope.Question;
import dev.fairway.metal.failover.Envelope.Standing;
import dev.fairway.metal.failover.Envelope.Testimony;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireTest {
  private static final byte[] KEY = "a key that nobody knows".getBytes(StandardCharsets.UTF_8);
  private static final byte[] OTHER = "another key".getBytes(StandardCharsets.UTF_8);

  private static final String LONGEST = "n".repeat(253);
  private static final List<MacAddress> STATIONS =
      List.of(MacAddress.of("02:00:00:00:00:0a"), MacAddress.of("fe:ff:ff:ff:ff:ff"));

  private final Wire wire = new Wire(List.of(KEY));

  static List<Message> messages() {
    var tenure =
        new Tenure(
            IpAddress.of("fd00::1:2"), new Term(Long.MAX_VALUE, 7, false), Tenure.Kind.HOLDS);
    return List.of(
        new Heartbeat(Standing.STARTING, List.of()),
        new Heartbeat(
            Standing.LEAVING,
            List.of(
                tenure, new Tenure(IpAddress.of("10.0.0.1"), Term.first(3), Tenure.Kind.UNABLE))),
        new Heartbeat(
            Standing.SERVING, IntStream.range(0, Failover.TENURES).mapToObj(_ -> tenure).toList()),
        new Question("n".repeat(253)),
        new Testimony("node-c", Optional.of(Duration.ofMillis(140))),
        new Testimony("node-c", Optional.empty()));
  }

  private static Envelope envelope(Message message) {
    return new Envelope("node-a", LONGEST, 5, -6, 7, message);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void forWhomItIsCanBeSeenWithoutTheKey(Message message) {
    var bytes = wire.encode(envelope(message), STATIONS);

    assertThat(Wire.isFor(LONGEST, bytes, bytes.length)).isTrue();
    assertThat(Wire.isFor("node-a", bytes, bytes.length)).isFalse();
    for (var length = 0; length < 20; length++) {
      assertThat(Wire.isFor(LONGEST, bytes, length)).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void whatIsSentArrives(Message message) {
    var bytes = wire.encode(envelope(message), STATIONS);

    assertThat(wire.decode(bytes, bytes.length))
        .contains(new Wire.Arrived(envelope(message), STATIONS));
  }

  @Test
  void theLargestMessageFitsIntoAFrame() {
    var tenure =
        new Tenure(
            IpAddress.of("fd00::1:2"), new Term(Long.MAX_VALUE, 7, false), Tenure.Kind.HOLDS);
    var largest =
        new Heartbeat(
            Standing.SERVING, IntStream.range(0, Failover.TENURES).mapToObj(_ -> tenure).toList());
    var stations =
        IntStream.range(0, 20).mapToObj(i -> new MacAddress(0x0200_0000_0000L + i)).toList();

    var bytes = wire.encode(new Envelope(LONGEST, LONGEST, 1, 2, 3, largest), stations);

    assertThat(bytes).hasSizeLessThanOrEqualTo(Wire.MAX_LENGTH);
    assertThat(wire.decode(bytes, bytes.length))
        .hasValueSatisfying(arrived -> {
          assertThat(arrived.envelope().message()).isEqualTo(largest);
          assertThat(arrived.stations()).isEqualTo(stations.subList(0, 8));
        });
  }

  @Test
  void whoDoesNotKnowTheKeyIsNotListenedTo() {
    var bytes = new Wire(List.of(OTHER)).encode(envelope(new Question("node-c")), STATIONS);

    assertThat(wire.decode(bytes, bytes.length)).isEmpty();
  }

  @Test
  void theOldKeyIsAcceptedWhileTheKeyIsChanged() {
    var bytes = wire.encode(envelope(new Question("node-c")), STATIONS);

    assertThat(new Wire(List.of(OTHER, KEY)).decode(bytes, bytes.length)).isPresent();
  }

  @Test
  void withoutAKeyNothingIsSent() {
    assertThatThrownBy(() -> new Wire(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void oneChangedBitIsNoticed() {
    var bytes = wire.encode(envelope(messages().get(1)), STATIONS);

    for (var bit = 0; bit < bytes.length * 8; bit++) {
      var changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(wire.decode(changed, changed.length)).isEmpty();
    }
  }

  @Test
  void noBytesOfAnyLengthDoHarmEvenWithTheRightCode() {
    var seed = System.nanoTime();
    System.out.println("seed " + seed);
    var random = new Random(seed);

    for (var turn = 0; turn < 20_000; turn++) {
      var good = wire.encode(envelope(messages().get(random.nextInt(messages().size()))), STATIONS);
      var bytes = Arrays.copyOf(good, random.nextInt(good.length + 4));
      for (var i = random.nextInt(4); i > 0 && bytes.length > 20; i--) {
        bytes[16 + random.nextInt(bytes.length - 16)] = (byte) random.nextInt();
      }
      var signed = Signed.with(KEY, bytes);
      assertThat(wire.decode(signed, signed.length)).isNotNull();
    }
  }

  private static final class Signed {
    static byte[] with(byte[] key, byte[] bytes) {
      try {
        var mac = javax.crypto.Mac.getInstance("HmacSHA256");
        mac.init(new javax.crypto.spec.SecretKeySpec(key, "HmacSHA256"));
        var signed = bytes.clone();
        if (bytes.length > 16) {
          mac.update(bytes, 16, bytes.length - 16);
          System.arraycopy(mac.doFinal(), 0, signed, 0, 16);
        }
        return signed;
      } catch (java.security.GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
