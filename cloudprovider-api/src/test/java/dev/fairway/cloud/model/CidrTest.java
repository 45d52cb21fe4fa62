// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
  @ParameterizedTest
  @CsvSource({
    "10.1.2.3/8, 10.0.0.0/8",
    "10.1.2.3/0, 0.0.0.0/0",
    "10.255.2.3/9, 10.128.0.0/9",
    "10.1.2.3/32, 10.1.2.3/32",
    "2001:DB8::1/32, 2001:db8::/32",
    "2001:db8:0:1:0:0:0:1/128, 2001:db8:0:1::1/128",
    "2001:0:0:1:0:0:0:1/127, 2001:0:0:1::/127",
    "1:0:2:3:4:5:6:7/128, 1:0:2:3:4:5:6:7/128",
    "::/0, ::/0",
    "::1/128, ::1/128"
  })
  void theBitsOfHostsAreClearedAndTheTextIsCanonical(String text, String canonical) {
    assertThat(Cidr.parse(text).map(Cidr::toString)).contains(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "10.0.0.0",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0/8",
        "10.0.0.0/-1",
        "::/129",
        "x/8",
        "10.0.0.256/8",
        "fe80::1%eth0/64",
        "10.0.0.0/8/8",
        "localhost/8"
      })
  void whatIsNoCidrIsNotRead(String text) {
    assertThat(Cidr.parse(text)).isEmpty();
  }

  @Test
  void aRangeHoldsItsAddressesAndNoOthers() {
    var range = Cidr.parse("10.1.128.0/17").orElseThrow();

    assertThat(range.contains(IpAddress.parse("10.1.128.0").orElseThrow())).isTrue();
    assertThat(range.contains(IpAddress.parse("10.1.255.255").orElseThrow())).isTrue();
    assertThat(range.contains(IpAddress.parse("10.1.127.255").orElseThrow())).isFalse();
    assertThat(range.contains(IpAddress.parse("10.2.128.0").orElseThrow())).isFalse();
    assertThat(range.contains(IpAddress.parse("::1").orElseThrow())).isFalse();
  }
}
