// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.query;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// One call of the Query protocol: a form with `Action`, `Version` and flattened parameters. A call
/// of another protocol has an action, if it names one, and no parameters; it passes unchanged.
///
/// @param service `elasticloadbalancing`, `ec2`, `sts`, ...
/// @param parameters decoded, without `Action` and `Version`
public record QueryCall(
    String service,
    String action,
    String version,
    Map<String, String> parameters,
    Envelope envelope) {
  public static final String ELB = "elasticloadbalancing";
  public static final String EC2 = "ec2";
  public static final String STS = "sts";

  private static final Map<String, String> VERSIONS =
      Map.of(ELB, "2015-12-01", EC2, "2016-11-15", STS, "2011-06-15");

  public QueryCall {
    parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /// Reads what a client has sent.
  public static QueryCall of(Envelope envelope) {
    var form = envelope.header(Envelope.CONTENT_TYPE).orElse("").contains("x-www-form-urlencoded");
    var fields = form ? decode(envelope.body()) : new LinkedHashMap<String, String>();
    var action = Optional.ofNullable(fields.remove("Action")).orElseGet(() -> target(envelope));
    var version = Optional.ofNullable(fields.remove("Version")).orElse("");
    var service = envelope.scopedService().orElseGet(() -> service(version));
    return new QueryCall(service, action, version, fields, envelope.scopedTo(service));
  }

  /// A call of our own.
  ///
  /// @param namesAndValues alternating
  public static QueryCall to(
      String region, String service, String action, String... namesAndValues) {
    return new QueryCall(
        service,
        action,
        VERSIONS.getOrDefault(service, ""),
        pairs(namesAndValues),
        Envelope.unsigned(region, service));
  }

  /// Another call by the same caller, to `service`.
  public QueryCall also(String service, String action, String... namesAndValues) {
    return new QueryCall(
        service,
        action,
        VERSIONS.getOrDefault(service, ""),
        pairs(namesAndValues),
        envelope.to(service));
  }

  /// Whether it changes something; AWS names every read so.
  public boolean mutating() {
    return !action.startsWith("Describe")
        && !action.startsWith("Get")
        && !action.startsWith("List")
        && !action.isEmpty();
  }

  public boolean is(String service, String action) {
    return this.service.equals(service) && this.action.equals(action);
  }

  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /// The elements of a list: of `NAME.member.1` in most services, of `NAME.1` in EC2.
  public List<String> list(String name) {
    return structures(name).stream().flatMap(s -> Optional.ofNullable(s.get("")).stream()).toList();
  }

  /// The elements of a list of structures, each with its parameters relative to it; that of a plain
  /// element is `""`.
  public List<Map<String, String>> structures(String name) {
    var found = new TreeMap<Integer, Map<String, String>>();
    parameters.forEach((key, value) -> {
      if (key.startsWith(name + ".")) {
        var rest = key.substring(name.length() + 1);
        rest = rest.startsWith("member.") ? rest.substring("member.".length()) : rest;
        var parts = rest.split("\\.", 2);
        if (parts[0].matches("\\d{1,9}")) {
          found
              .computeIfAbsent(Integer.valueOf(parts[0]), _ -> new TreeMap<>())
              .put(parts.length == 1 ? "" : parts[1], value);
        }
      }
    });
    return List.copyOf(found.values());
  }

  /// Without the parameter of this name, and those below it.
  public QueryCall without(String name) {
    var kept = new LinkedHashMap<>(parameters);
    kept.keySet().removeIf(key -> key.equals(name) || key.startsWith(name + "."));
    return new QueryCall(service, action, version, kept, envelope);
  }

  public QueryCall with(String name, String value) {
    var changed = new LinkedHashMap<>(parameters);
    changed.put(name, value);
    return new QueryCall(service, action, version, changed, envelope);
  }

  /// What was asked, without the HTTP around it.
  public QueryCall withoutEnvelope() {
    return new QueryCall(service, action, version, parameters, new Envelope("", "", Map.of(), ""));
  }

  /// Every value rewritten.
  public QueryCall rewritten(UnaryOperator<String> rewrite) {
    var changed = new LinkedHashMap<>(parameters);
    changed.replaceAll((_, value) -> rewrite.apply(value));
    return new QueryCall(service, action, version, changed, envelope);
  }

  /// The body as it goes to the backend.
  String encoded() {
    if (version.isEmpty()) {
      return envelope.body();
    }
    var all = new LinkedHashMap<String, String>();
    all.put("Action", action);
    all.put("Version", version);
    all.putAll(parameters);
    return all.entrySet().stream()
        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static LinkedHashMap<String, String> decode(String body) {
    var fields = new LinkedHashMap<String, String>();
    for (var field : new ArrayList<>(List.of(body.split("&", -1)))) {
      var parts = field.split("=", 2);
      if (!parts[0].isEmpty()) {
        fields.put(
            URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
            parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return fields;
  }

  /// The JSON protocols name their operation in a header, as in `Service_20170101.GetResources`.
  private static String target(Envelope envelope) {
    var target = envelope.header(Envelope.TARGET).orElse("");
    return target.substring(target.lastIndexOf('.') + 1);
  }

  private static String service(String version) {
    return VERSIONS.entrySet().stream()
        .filter(entry -> entry.getValue().equals(version))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("unknown");
  }

  private static SortedMap<String, String> pairs(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a name without a value");
    }
    var pairs = new TreeMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      pairs.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return pairs;
  }
}
