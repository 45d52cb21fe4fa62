// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager;

import dev.fairway.manager.telemetry.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The metrics that the code registers, found where their names are written.
public final class MetricNames {
  private static final Path ROOT = Path.of("..");

  // How a metric is made, and what its name ends with when it is scraped.
  private static final Map<Pattern, String> MADE =
      Map.of(
          Pattern.compile("\\.gauge\\(\\s*\"(\\w+)\""), "",
          Pattern.compile("\\.histogram\\(\\s*\"(\\w+)\""), "",
          Pattern.compile("\\.table\\(\\s*\"(\\w+)\""), "",
          Pattern.compile("\\.counter\\(\\s*\"(\\w+)\"(?!\\s*\\+)"), "_total",
          Pattern.compile("new (?:Metrics\\.)?Count\\(\\s*\"(\\w+)\""), "_total",
          Pattern.compile("new Timing\\(\\s*\"(\\w+)\""), "_seconds");
  private static final Pattern ARP = Pattern.compile("count\\(\\s*meters, speaker, \"(\\w+)\"");
  private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (\\w+) ");

  private MetricNames() {}

  /// As they are scraped; histograms without `_bucket`, `_sum`, `_count`.
  public static Set<String> ofTheCode() throws IOException {
    var names = new TreeSet<String>();
    for (var module : new String[] {"provider-metal", "manager"}) {
      try (var files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          var source = Files.readString(file);
          MADE.forEach((pattern, end) ->
              pattern.matcher(source).results().forEach(m -> names.add(m.group(1) + end)));
          ARP.matcher(source)
              .results()
              .forEach(m -> names.add("fairway_arp_" + m.group(1) + "_total"));
        }
      }
    }
    return names;
  }

  /// Those of the Java runtime, as this process has them.
  static Set<String> ofTheProcess() {
    return families(new Metrics().withProcess().scrape());
  }

  /// The names of a scrape, without the maxima that the library adds to each histogram.
  public static Set<String> families(String scrape) {
    var names = new TreeSet<String>();
    FAMILY.matcher(scrape).results().forEach(m -> names.add(m.group(1)));
    names.removeIf(name -> name.endsWith("_max") && names.contains(name.replaceAll("_max$", "")));
    return names;
  }
}
