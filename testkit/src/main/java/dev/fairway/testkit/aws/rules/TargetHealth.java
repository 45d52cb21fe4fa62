// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The states of targets over time: `unused` without a load balancer, `initial`, `healthy`,
/// `draining`, gone.
final class TargetHealth implements Rule {
  private record State(String name, String reason, String description) {}

  private static final State HEALTHY = new State("healthy", "", "");
  private static final State UNUSED =
      new State(
          "unused",
          "Target.NotInUse",
          "Target group is not configured to receive traffic from the load balancer");
  private static final State UNKNOWN =
      new State("unused", "Target.NotRegistered", "Target is not registered to the target group");
  private static final State INITIAL =
      new State("initial", "Elb.RegistrationInProgress", "Target registration is in progress");
  private static final State DRAINING =
      new State(
          "draining", "Target.DeregistrationInProgress", "Target deregistration is in progress");

  private final Ledger ledger;
  private final Conduct conduct;

  TargetHealth(Ledger ledger, Conduct conduct) {
    this.ledger = ledger;
    this.conduct = conduct;
  }

  @Override
  public Answer answer(QueryCall call, Backend next) {
    var group = call.parameter("TargetGroupArn").flatMap(ledger::targetGroup);
    return call.action().equals("DescribeTargetHealth") && group.isPresent()
        ? health(call, group.get())
        : next.send(call);
  }

  private Answer health(QueryCall call, TargetGroup group) {
    var asked = TargetGroupRecords.targets(call, group);
    var states = new LinkedHashMap<TargetGroup.Target, State>();
    if (asked.isEmpty()) {
      group
          .targets()
          .forEach((target, stay) -> {
            var state = state(group, stay);
            if (!state.equals(UNKNOWN)) {
              states.put(target, state);
            }
          });
    } else {
      asked.forEach(target -> states.put(target, state(group, group.targets().get(target))));
    }
    var content = new StringBuilder("<TargetHealthDescriptions>");
    states.forEach((target, state) -> content.append(description(target, state)));
    return Answer.result(call, content.append("</TargetHealthDescriptions>").toString());
  }

  private State state(TargetGroup group, TargetGroup.@Nullable Stay stay) {
    if (stay == null) {
      return UNKNOWN;
    }
    if (stay.left().isPresent()) {
      return conduct.passed(conduct.times().draining(), stay.left().get()) ? UNKNOWN : DRAINING;
    }
    var used =
        ledger.listenersTo(group.arn()).stream()
            .map(Listener::since)
            .min(Comparator.naturalOrder());
    if (used.isEmpty()) {
      return UNUSED;
    }
    return conduct.passed(conduct.times().initial(), later(stay.from(), used.get()))
        ? HEALTHY
        : INITIAL;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static String description(TargetGroup.Target target, State state) {
    var health = new LinkedHashMap<String, String>();
    health.put("State", state.name());
    health.put("Reason", state.reason());
    health.put("Description", state.description());
    health.values().removeIf(String::isEmpty);
    return "<member><Target>%s</Target><TargetHealth>%s</TargetHealth></member>"
        .formatted(
            elements(Map.of("Id", target.id())) + elements(Map.of("Port", target.port())),
            elements(health));
  }

  private static String elements(Map<String, String> texts) {
    var xml = new StringBuilder();
    texts.forEach((name, text) -> xml.append("<%1$s>%2$s</%1$s>".formatted(name, text)));
    return xml.toString();
  }
}
