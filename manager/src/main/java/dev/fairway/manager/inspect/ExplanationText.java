// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.inspect;

import dev.fairway.cloud.Detail;
import dev.fairway.manager.desired.ServiceScope;
import dev.fairway.manager.inspect.Explanation.ConditionView;
import dev.fairway.manager.inspect.Explanation.Found;
import dev.fairway.manager.inspect.Explanation.LastError;
import dev.fairway.manager.inspect.Explanation.Port;
import dev.fairway.manager.inspect.Explanation.Wanted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// An explanation as people read it: the cause, then the chain from what should be to each node.
public final class ExplanationText {
  private static final int LABEL_WIDTH = 12;

  private final Explanation facts;
  private final StringBuilder text = new StringBuilder();

  private ExplanationText(Explanation facts) {
    this.facts = facts;
  }

  public static String of(Explanation facts) {
    return new ExplanationText(facts).text();
  }

  private String text() {
    text.append(facts.cause()).append("\n\n");
    section("service", List.of(service()));
    if (facts.ownership().duty() == ServiceScope.Duty.LEAVE) {
      return text.toString();
    }
    section("group", group());
    section("wanted", facts.wanted().map(this::wanted).orElse(List.of("no load balancer")));
    section("found", found(facts.found()));
    section("plan", PlanText.lines(facts.plan(), "of the controller"));
    section("conditions", facts.conditions().stream().map(ExplanationText::condition).toList());
    section("endpoints", List.of(facts.readyEndpoints() + " ready"));
    section("nodes", TargetLines.of(facts.targets()));
    section("work", work(facts.work(), facts.at()));
    return text.toString();
  }

  private void section(String label, List<String> lines) {
    var name = label;
    for (var line : lines.isEmpty() ? List.of("none") : lines) {
      text.append(name).append(" ".repeat(LABEL_WIDTH - name.length())).append(line).append('\n');
      name = "";
    }
  }

  private String service() {
    var duty =
        switch (facts.ownership().duty()) {
          case SERVE -> "served";
          case CLEAN_UP -> "to be cleaned up";
          case LEAVE -> "left alone";
        };
    return "%s, %s: %s".formatted(facts.service(), duty, facts.ownership().why());
  }

  private List<String> group() {
    var group = facts.group();
    return group.members().equals(List.of(group.key()))
        ? List.of("alone")
        : List.of("%s: %s".formatted(group.key(), String.join(", ", group.members())));
  }

  private List<String> wanted(Wanted wanted) {
    var lines = new ArrayList<String>();
    wanted.ports().forEach(port -> lines.add(port(port)));
    lines.add(
        "%s, %s"
            .formatted(
                String.join(" and ", wanted.families()),
                wanted.addresses().isEmpty()
                    ? "any address"
                    : "address " + String.join(", ", wanted.addresses())));
    lines.add(
        "externalTrafficPolicy %s, from %s"
            .formatted(
                wanted.externalTrafficPolicy().toLowerCase(Locale.ROOT),
                wanted.sourceRanges().isEmpty()
                    ? "all clients"
                    : String.join(", ", wanted.sourceRanges())));
    return lines;
  }

  private String port(Port port) {
    return port.port()
        + port.nodePort().map(" to node port %d"::formatted).orElse(", without a node port")
        + (port.service().equals(facts.service()) ? "" : ", for " + port.service());
  }

  private static List<String> found(Found found) {
    var lines = new ArrayList<String>();
    found.problem().ifPresent(why -> lines.add("could not look: " + why));
    if (!found.known()) {
      lines.add("unknown");
      return lines;
    }
    var seen = found.problem().isPresent() ? "seen last: " : "";
    lines.add(
        seen
            + (found.exists() ? "there is one" : "there is none")
            + (found.ingress().isEmpty() ? "" : ", at " + String.join(", ", found.ingress())));
    found.details().forEach(detail -> lines.add(detail(detail)));
    return lines;
  }

  private static String detail(Detail detail) {
    return "%s: %s: %s"
        .formatted(
            detail.subject(), detail.state().toString().toLowerCase(Locale.ROOT), detail.text());
  }

  private static String condition(ConditionView condition) {
    return "%s=%s %s: %s%s"
        .formatted(
            condition.type(),
            condition.status() ? "True" : "False",
            condition.reason(),
            condition.message(),
            condition.current() ? "" : " (of an older version of the Service)");
  }

  private static List<String> work(Explanation.Work work, Instant now) {
    var lines = new ArrayList<String>();
    lines.add(
        switch (work.state()) {
              case RESTING -> "at rest";
              case WAITING -> "waits for its turn";
              case WORKING -> "being worked on";
            }
            + work.since().map(since -> " since " + Times.past(since, now)).orElse(""));
    lines.add(
        work.lastPass()
            .map(last ->
                "last pass %s: %s"
                    .formatted(
                        work.lastPassSucceeded() ? "ended well" : "failed", Times.past(last, now)))
            .orElse("no pass since this controller leads"));
    work.lastError().ifPresent(error -> lines.add(error(error, work, now)));
    work.next().ifPresent(next -> lines.add("next pass: " + Times.future(next, now)));
    return lines;
  }

  private static String error(LastError error, Explanation.Work work, Instant now) {
    return "last error%s: %s: %s (%d in a row, the last %s)"
        .formatted(
            work.lastPassSucceeded() ? ", over now" : "",
            error.reason(),
            error.message(),
            error.count(),
            Times.past(error.last(), now));
  }
}
