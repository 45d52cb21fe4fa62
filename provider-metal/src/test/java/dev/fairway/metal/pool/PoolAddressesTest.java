// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolAddressesTest {

  @ParameterizedTest
  @CsvSource({
    "10.13.242.0/24, 10.13.242.0-10.13.242.255",
    "10.0.0.5/32, 10.0.0.5",
    "10.0.0.10-10.0.0.20, 10.0.0.10-10.0.0.20",
    "10.0.0.10 - 10.0.0.20, 10.0.0.10-10.0.0.20",
    "10.0.0.7-10.0.0.7, 10.0.0.7",
    "fd00:1::/120, fd00:1::-fd00:1::ff",
    "2001:db8::1-2001:db8::9, 2001:db8::1-2001:db8::9",
    "192.0.0.0/3, 192.0.0.0-223.255.255.255",
  })
  void networksAndRangesAreRead(String entry, String range) {
    PoolAddresses read = PoolAddresses.parse(List.of(entry));

    assertThat(((PoolAddresses.Valid) read).ranges()).map(IpRange::toString).containsExactly(range);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "10.0.0.5/24         | has host bits set; write 10.0.0.0/24 for the network or 10.0.0.5/32 for the one address",
        "fd00::5/64          | has host bits set; write fd00::/64 for the network or fd00::5/128 for the one address",
        "10.0.0.9-10.0.0.1   | ends before it begins; write 10.0.0.1-10.0.0.9 if that is what is meant",
        "10.0.0.1-fd00::1    | mixes IPv4 and IPv6 in one range; write one entry for each family",
        "10.0.0.7            | is a single address; write 10.0.0.7/32",
        "fd00::7             | is a single address; write fd00::7/128",
        "rubbish             | is neither a network nor a range; write a network as",
        "rub-bish            | has no IP address in 'rub'; write a network as",
        "10.0.0.1-           | lacks an address; write a network as",
        "-10.0.0.1           | lacks an address; write a network as",
        "10.0.0.1-10.0.0/24  | is neither a network nor a range; write a network as",
        "1-2-3               | has no IP address in '1'",
        "10.0.0.0/33         | has no usable prefix length; write a number from 1 to 32 after the slash",
        "10.0.0.0/           | has no usable prefix length; write a number from 1 to 32 after the slash",
        "10.0.0.0/-1         | is neither a network nor a range",
        "10.0.0.0/024        | has no usable prefix length",
        "fd00::/129          | has no usable prefix length; write a number from 1 to 128 after the slash",
        "010.0.0.1/32        | has a leading zero, which some programs read as octal; write 10.0.0.1 if",
        "10.0.0.1-10.0.0.010 | has a leading zero, which some programs read as octal; write 10.0.0.10 if",
        "0.0.0.0/0           | is the whole address space",
        "::/0                | is the whole address space",
        "10.0.0.0/0          | is the whole address space",
        "0.0.0.0/32          | includes unspecified addresses (0.0.0.0/8), which no client can reach",
        "127.0.0.1/32        | includes loopback addresses (127.0.0.0/8)",
        "126.0.0.0-128.0.0.0 | includes loopback addresses (127.0.0.0/8)",
        "169.254.10.0/24     | includes link-local addresses (169.254.0.0/16)",
        "224.0.0.0/24        | includes multicast addresses (224.0.0.0/4)",
        "255.255.255.255/32  | includes reserved or broadcast addresses (240.0.0.0/4)",
        "223.0.0.0-241.0.0.0 | includes multicast addresses (224.0.0.0/4)",
        "::/128              | includes unspecified addresses (::/128)",
        "::1/128             | includes loopback addresses (::1/128)",
        "fe80::/64           | includes link-local addresses (fe80::/10)",
        "ff02::/64           | includes multicast addresses (ff00::/8)",
        "::ffff:10.0.0.0/120 | includes IPv4-mapped addresses (::ffff:0:0/96)",
        "0.0.0.0/1           | includes unspecified addresses (0.0.0.0/8)",
      })
  void whatCannotBeUsedIsRefusedWithTheReasonAndTheFix(String entry, String message) {
    PoolAddresses read = PoolAddresses.parse(List.of("10.99.0.0/24", entry));

    assertThat(((PoolAddresses.Invalid) read).message())
        .startsWith("spec.addresses[1]: '" + entry + "' " + message);
  }

  @Test
  void allProblemsAreToldAtOnce() {
    PoolAddresses read =
        PoolAddresses.parse(List.of("10.0.0.5/24", "10.0.1.0/24", "x", "127.0.0.0/8"));

    assertThat(((PoolAddresses.Invalid) read).problems())
        .map(PoolAddresses.Problem::index)
        .containsExactly(0, 2, 3);
  }

  @Test
  void emptyListAndLongListAndLongEntryAreRefused() {
    assertThat(message(List.of())).startsWith("spec.addresses is empty; write at least one");
    assertThat(message(Collections.nCopies(65, "10.0.0.0/24")))
        .startsWith("spec.addresses has 65 entries, at most 64");
    assertThat(message(List.of("1".repeat(101))))
        .startsWith("spec.addresses[0]: '11111111111111111111…' is longer than 100 characters");
  }

  @Test
  void entriesThatOverlapEachOtherAreOnePool() {
    PoolAddresses read = PoolAddresses.parse(List.of("10.0.0.128-10.0.1.5", "10.0.0.0/24"));

    assertThat(((PoolAddresses.Valid) read).ranges())
        .map(IpRange::toString)
        .containsExactly("10.0.0.0-10.0.1.5");
  }

  private static String message(List<String> entries) {
    return ((PoolAddresses.Invalid) PoolAddresses.parse(entries)).message();
  }
}
