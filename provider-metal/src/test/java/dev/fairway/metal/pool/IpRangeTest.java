// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpRangeTest {

  @ParameterizedTest
  @CsvSource({
    "10.13.241.77, 22, 10.13.240.0-10.13.243.255",
    "10.0.0.5, 32, 10.0.0.5",
    "10.0.0.5, 0, 0.0.0.0-255.255.255.255",
    "2001:db8::1, 32, 2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db8::1, 64, 2001:db8::-2001:db8::ffff:ffff:ffff:ffff",
    "2001:db8::1, 65, 2001:db8::-2001:db8::7fff:ffff:ffff:ffff",
    "2001:db8::1, 63, 2001:db8::-2001:db8:0:1:ffff:ffff:ffff:ffff",
    "::1, 0, ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "::1, 128, ::1",
  })
  void prefixCoversItsNetwork(String member, int length, String range) {
    assertThat(IpRange.ofPrefix(IpAddress.of(member), length)).hasToString(range);
  }

  @Test
  void sizeOutgrowsSixtyFourBits() {
    assertThat(IpRange.ofPrefix(IpAddress.of("::"), 0).size()).isEqualTo(BigInteger.TWO.pow(128));
    assertThat(range("10.0.0.1", "10.0.0.1").size()).isEqualTo(BigInteger.ONE);
  }

  @Test
  void reversedOrMixedEndsAreNoRange() {
    assertThatThrownBy(() -> range("10.0.0.2", "10.0.0.1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> range("10.0.0.1", "::1")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void overlappingAndAdjacentRangesBecomeOne() {
    List<IpRange> merged =
        IpRange.merge(
            List.of(
                range("10.0.0.8", "10.0.0.9"),
                range("10.0.0.1", "10.0.0.5"),
                range("10.0.0.2", "10.0.0.3"),
                range("10.0.0.6", "10.0.0.6"),
                range("255.255.255.255", "255.255.255.255"),
                range("::", "::1")));

    assertThat(merged)
        .map(IpRange::toString)
        .containsExactly("10.0.0.1-10.0.0.6", "10.0.0.8-10.0.0.9", "255.255.255.255", "::-::1");
  }

  private static IpRange range(String first, String last) {
    return new IpRange(IpAddress.of(first), IpAddress.of(last));
  }
}
