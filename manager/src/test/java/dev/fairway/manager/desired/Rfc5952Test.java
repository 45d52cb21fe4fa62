// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Rfc5952Test {
  /// Section 4 of RFC 5952, example by example.
  @ParameterizedTest
  @CsvSource({
    "2001:0db8::0001, 2001:db8::1",
    "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:DB8::A, 2001:db8::a",
    "::, ::",
    "::1, ::1",
    "fe80::, fe80::",
    "192.0.2.1, 192.0.2.1"
  })
  void addressesAreWrittenInCanonicalForm(String text, String canonical) {
    assertThat(Rfc5952.text(InetAddress.ofLiteral(text).getAddress())).isEqualTo(canonical);
  }
}
