// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

  @ParameterizedTest
  @CsvSource({
    "10.13.242.7, 10.13.242.7",
    "255.255.255.255, 255.255.255.255",
    "0:0:0:0:0:0:0:0, ::",
    "::1, ::1",
    "2001:DB8::0001, 2001:db8::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "fe80::, fe80::",
    "::ffff:1.2.3.4, ::ffff:1.2.3.4",
    "::ffff:102:304, ::ffff:1.2.3.4",
    "64:ff9b::1.2.3.4, 64:ff9b::102:304",
  })
  void textIsWrittenInItsCanonicalForm(String written, String canonical) {
    assertThat(IpAddress.of(written)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0",
        "10.0.0.0.1",
        "010.0.0.1",
        "256.0.0.1",
        "10.0.0.-1",
        "10.0.0.1 ",
        "1e1.0.0.1",
        "localhost",
        "example.com",
        "::1%eth0",
        "1::2::3",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "12345::",
        "::1.2.3",
        "1.2.3.4::",
        "::1.2.3.4:5",
        ":1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7:8:",
        "g::",
        "1:2:3:4::5:6:7:8",
        "١.٢.٣.٤"
      })
  void whatIsNotAnAddressIsNotOne(String text) {
    assertThat(IpAddress.parse(text)).isEmpty();
  }

  @Test
  void textOfAnyAddressReadsBackAndAgreesWithTheJdk() throws UnknownHostException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
      for (int b = 0; b < bytes.length; b++) {
        bytes[b] = random.nextInt(3) == 0 ? (byte) random.nextInt(256) : 0;
      }

      IpAddress address = IpAddress.ofBytes(bytes);

      assertThat(IpAddress.parse(address.toString())).contains(address);
      assertThat(InetAddress.ofLiteral(address.toString()))
          .isEqualTo(InetAddress.getByAddress(bytes));
    }
  }

  @Test
  void orderIsUnsignedAndIpv4ComesFirst() {
    Stream<IpAddress> unordered =
        Stream.of("ffff::", "::", "10.0.0.1", "200.0.0.1", "8000::1", "7fff::").map(IpAddress::of);

    assertThat(unordered.sorted().map(IpAddress::toString))
        .containsExactly("10.0.0.1", "200.0.0.1", "::", "7fff::", "8000::1", "ffff::");
  }

  @Test
  void neighboursCarryOverEveryBoundary() {
    assertThat(IpAddress.of("10.0.0.255").next()).contains(IpAddress.of("10.0.1.0"));
    assertThat(IpAddress.of("::ffff:ffff:ffff:ffff").next()).contains(IpAddress.of("0:0:0:1::"));
    assertThat(IpAddress.of("0:0:0:1::").previous())
        .contains(IpAddress.of("::ffff:ffff:ffff:ffff"));
    assertThat(IpAddress.of("255.255.255.255").next()).isEmpty();
    assertThat(IpAddress.of("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff").next()).isEmpty();
    assertThat(IpAddress.of("0.0.0.0").previous()).isEmpty();
    assertThat(IpAddress.of("::").previous()).isEmpty();
  }

  @Test
  void distanceAndSumAreInverse() {
    IpAddress low = IpAddress.of("2001:db8::ffff:ffff:ffff:fff0");
    IpAddress high = IpAddress.of("2001:db9::1");

    BigInteger distance = high.minus(low);

    assertThat(low.plus(distance)).isEqualTo(high);
    assertThat(high.plus(distance.negate())).isEqualTo(low);
  }
}
