// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The options of one section, read as what they must be. Of several with one key the last holds;
/// an empty one counts as absent. What cannot be read is told of, and counts as absent.
final class SectionValues {
  private static final Set<String> YES = Set.of("true", "yes", "on", "1");
  private static final Set<String> NO = Set.of("false", "no", "off", "0");
  private static final String UUID = "[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}";

  private final String section;
  private final Map<String, Gcfg.Entry> entries = new HashMap<>();
  private final Findings findings;

  /// @param section as it is to be shown: `[LoadBalancer]`
  SectionValues(String section, List<Gcfg.Entry> entries, Findings findings) {
    this.section = section;
    this.findings = findings;
    entries.forEach(entry -> this.entries.put(entry.key(), entry));
  }

  Optional<String> text(String key) {
    return entry(key).flatMap(Gcfg.Entry::value);
  }

  /// A text that is most probably a mistake unless it is a UUID.
  Optional<String> id(String key) {
    var text = text(key);
    if (text.isPresent() && !text.get().matches(UUID)) {
      entry(key)
          .ifPresent(entry ->
              findings.warn(
                  entry.line(),
                  "%s %s = '%s' is not a UUID; OpenStack will most probably refuse it"
                      .formatted(section, key, text.get())));
    }
    return text;
  }

  Optional<Boolean> flag(String key) {
    return entry(key)
        .flatMap(entry -> {
          var word = entry.value().orElse("true").toLowerCase(Locale.ROOT);
          if (YES.contains(word) || NO.contains(word)) {
            return Optional.of(YES.contains(word));
          }
          return wrong(entry, "true or false");
        });
  }

  Optional<Integer> whole(String key, int least, int most) {
    return entry(key)
        .flatMap(entry -> {
          var text = entry.value().orElse("");
          var number = text.matches("[+-]?\\d{1,18}") ? Long.parseLong(text) : Long.MIN_VALUE;
          return number >= least && number <= most
              ? Optional.of((int) number)
              : wrong(entry, "a whole number from %d to %d".formatted(least, most));
        });
  }

  Optional<Duration> duration(String key) {
    return entry(key)
        .flatMap(entry ->
            GoDuration.parse(entry.value().orElse(""))
                .or(() -> wrong(entry, "a duration such as 5s, 1m30s or 2h")));
  }

  /// What Octavia counts in whole seconds, at least one.
  Optional<Duration> seconds(String key) {
    return duration(key)
        .filter(duration -> {
          var whole = duration.getNano() == 0 && duration.getSeconds() > 0;
          if (!whole) {
            entry(key)
                .ifPresent(entry -> {
                  Optional<Duration> _ = wrong(entry, "whole seconds such as 5s, at least 1s");
                });
          }
          return whole;
        });
  }

  <E extends Enum<E>> Optional<E> oneOf(String key, Class<E> type, boolean inCapitals) {
    return entry(key)
        .flatMap(entry -> {
          var constants = Arrays.asList(type.getEnumConstants());
          var text = entry.value().orElse("");
          return constants.stream()
              .filter(constant -> spelled(constant, inCapitals).equals(text))
              .findFirst()
              .or(() ->
                  wrong(
                      entry,
                      constants.stream()
                          .map(constant -> spelled(constant, inCapitals))
                          .collect(Collectors.joining(", "))));
        });
  }

  /// Told of without the value: it may be secret.
  void mustMatch(String key, String pattern, String form) {
    entry(key)
        .filter(entry -> !entry.value().orElse("").matches(pattern))
        .ifPresent(entry ->
            findings.wrong(
                entry.line(), "%s %s cannot be read; write %s".formatted(section, key, form)));
  }

  void warn(String key, String text) {
    entry(key)
        .ifPresent(entry -> findings.warn(entry.line(), "%s %s %s".formatted(section, key, text)));
  }

  private Optional<Gcfg.Entry> entry(String key) {
    return Optional.ofNullable(entries.get(key))
        .filter(entry -> !entry.value().map(String::isBlank).orElse(false));
  }

  private <T> Optional<T> wrong(Gcfg.Entry entry, String form) {
    findings.wrong(
        entry.line(),
        "%s %s = '%s' cannot be read; write %s"
            .formatted(section, entry.key(), entry.value().orElse(""), form));
    return Optional.empty();
  }

  private static String spelled(Enum<?> constant, boolean inCapitals) {
    return inCapitals ? constant.name() : constant.name().toLowerCase(Locale.ROOT);
  }
}
