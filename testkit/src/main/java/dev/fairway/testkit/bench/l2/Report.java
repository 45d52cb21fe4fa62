// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import dev.fairway.testkit.bench.Outcome;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was measured, for programs and for people.
record Report(Outcome<L2Figure> outcome) {
  private static final double AIMED_RATIO = 1.4;
  private static final String CLOCK =
      "fail-over: answers to a question by ARP every 5 ms on a packet socket of a neighbour;"
          + " router: answers to a UDP datagram every 5 ms of a client behind it;"
          + " both by the monotonic clock of one process; two owners: in steps of 20 ms";

  /// All figures, null for one that was not measured; then how time was taken, and why what is not
  /// there is not.
  Map<String, @Nullable Object> asMap() {
    var map = new LinkedHashMap<String, @Nullable Object>();
    for (var figure : L2Figure.values()) {
      map.put(figure.key(), outcome.get(figure).map(Outcome::rounded).orElse(null));
    }
    map.put("address1000ByCreate1000", ratio().map(Outcome::rounded).orElse(null));
    map.put("clock", CLOCK);
    var rest = outcome.asMap();
    for (var key : new String[] {"notMeasured", "details", "notes"}) {
      map.put(key, rest.get(key));
    }
    return map;
  }

  // How much later the last address is there than the last Service.
  private Optional<Double> ratio() {
    return outcome
        .get(L2Figure.ADDRESS_SECONDS)
        .flatMap(
            addresses -> outcome.get(L2Figure.CREATE_SECONDS).map(create -> addresses / create));
  }

  /// Whether all that was asked for is there.
  boolean isComplete() {
    return notMeasured().isEmpty();
  }

  private Map<?, ?> notMeasured() {
    return (Map<?, ?>) Objects.requireNonNull(outcome.asMap().get("notMeasured"));
  }

  /// A line for each figure, with what it is to reach.
  String table() {
    var text = new StringBuilder(line("", "measured", "aim", "", "MetalLB, measured elsewhere"));
    Arrays.stream(L2Figure.values())
        .forEach(figure ->
            text.append(
                line(
                    figure.key(),
                    outcome.get(figure).map(value -> Outcome.rounded(value).toString()).orElse("-"),
                    figure.aim().text(),
                    outcome.get(figure).map(value -> verdict(figure.aim(), value)).orElse(""),
                    figure.elsewhere())));
    var aim = new Aim.AtMost(AIMED_RATIO);
    text.append(
        line(
            "address1000/create1000",
            ratio().map(value -> Outcome.rounded(value).toString()).orElse("-"),
            aim.text(),
            ratio().map(value -> verdict(aim, value)).orElse(""),
            "0.16.2: 1.55"));
    notMeasured()
        .forEach((key, reason) -> text.append("not measured: %s: %s%n".formatted(key, reason)));
    return text.append("clock: ").append(CLOCK).append('\n').toString();
  }

  private static String verdict(Aim aim, double value) {
    return aim instanceof Aim.None ? "" : aim.isMet(value) ? "ok" : "MISSED";
  }

  private static String line(
      String figure, String measured, String aim, String verdict, String elsewhere) {
    return "%-34s%12s  %-9s%-8s%s"
            .formatted(figure, measured, aim, verdict, elsewhere)
            .stripTrailing()
        + '\n';
  }
}
