// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import java.util.Optional;
import java.util.regex.Pattern;

/// One entry of a pool: a network in CIDR form or a range `first-last`.
sealed interface PoolEntry {

  record Range(IpRange range) implements PoolEntry {}

  record Wrong(String text, String why, String fix) implements PoolEntry {}

  Pattern PREFIX_LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");
  String EXAMPLES = "write a network as 10.0.0.0/24 or a range as 10.0.0.10-10.0.0.20";

  /// As [#parse], where a single address may stand too.
  static PoolEntry parseAny(String entry) {
    return IpAddress.parse(entry.strip())
        .map(single -> unlessReserved(entry.strip(), new IpRange(single, single)))
        .orElseGet(() -> parse(entry));
  }

  static PoolEntry parse(String entry) {
    String text = entry.strip();
    if (text.length() > PoolAddresses.MAX_ENTRY_LENGTH) {
      return new Wrong(
          text.substring(0, 20) + "…",
          "is longer than " + PoolAddresses.MAX_ENTRY_LENGTH + " characters",
          EXAMPLES);
    }
    int slash = text.indexOf('/');
    int dash = text.indexOf('-');
    if (slash >= 0 && dash < 0) {
      return network(text, text.substring(0, slash), text.substring(slash + 1));
    }
    if (dash >= 0 && slash < 0) {
      return range(text, text.substring(0, dash).strip(), text.substring(dash + 1).strip());
    }
    return IpAddress.parse(text)
        .<PoolEntry>map(single ->
            new Wrong(
                text, "is a single address", "write " + single + "/" + single.family().bits()))
        .orElseGet(() -> new Wrong(text, "is neither a network nor a range", EXAMPLES));
  }

  private static PoolEntry network(String text, String address, String length) {
    Optional<IpAddress> parsed = IpAddress.parse(address);
    if (parsed.isEmpty()) {
      return notAnAddress(text, address);
    }
    int bits = parsed.get().family().bits();
    if (!PREFIX_LENGTH.matcher(length).matches() || Integer.parseInt(length) > bits) {
      return new Wrong(
          text,
          "has no usable prefix length",
          "write a number from 1 to " + bits + " after the slash");
    }
    if (length.equals("0")) {
      return new Wrong(text, "is the whole address space", EXAMPLES);
    }
    IpRange network = IpRange.ofPrefix(parsed.get(), Integer.parseInt(length));
    if (!network.first().equals(parsed.get())) {
      return new Wrong(
          text,
          "has host bits set",
          "write %s/%s for the network or %s/%d for the one address"
              .formatted(network.first(), length, parsed.get(), bits));
    }
    return unlessReserved(text, network);
  }

  private static PoolEntry range(String text, String from, String to) {
    Optional<IpAddress> first = IpAddress.parse(from);
    Optional<IpAddress> last = IpAddress.parse(to);
    if (first.isEmpty()) {
      return notAnAddress(text, from);
    }
    if (last.isEmpty()) {
      return notAnAddress(text, to);
    }
    if (first.get().family() != last.get().family()) {
      return new Wrong(text, "mixes IPv4 and IPv6 in one range", "write one entry for each family");
    }
    if (first.get().compareTo(last.get()) > 0) {
      return new Wrong(
          text,
          "ends before it begins",
          "write " + last.get() + "-" + first.get() + " if that is what is meant");
    }
    return unlessReserved(text, new IpRange(first.get(), last.get()));
  }

  private static Wrong notAnAddress(String text, String address) {
    Optional<IpAddress> decimal = Ipv4Text.withoutLeadingZeros(address);
    if (decimal.isPresent()) {
      return new Wrong(
          text,
          "has a leading zero, which some programs read as octal",
          "write " + decimal.get() + " if the number is decimal");
    }
    String why = address.isEmpty() ? "lacks an address" : "has no IP address in '" + address + "'";
    return new Wrong(text, why, EXAMPLES);
  }

  private static PoolEntry unlessReserved(String text, IpRange range) {
    return ReservedBlock.touching(range)
        .<PoolEntry>map(block ->
            new Wrong(
                text,
                "includes " + block.describe() + ", which no client can reach",
                "use addresses of your own network"))
        .orElseGet(() -> new Range(range));
  }
}
