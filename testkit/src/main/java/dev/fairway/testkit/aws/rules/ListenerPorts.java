// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import java.util.Optional;

/// One listener on a port, whatever its protocol; a second creation with the same settings is
/// answered with the first. And no more than the quota.
final class ListenerPorts implements Rule {
  private final Ledger ledger;
  private final Conduct conduct;

  ListenerPorts(Ledger ledger, Conduct conduct) {
    this.ledger = ledger;
    this.conduct = conduct;
  }

  @Override
  public Answer answer(QueryCall call, Backend next) {
    return switch (call.action()) {
      case "CreateListener" -> create(call, next);
      case "ModifyListener" -> modify(call, next);
      default -> next.send(call);
    };
  }

  private Answer create(QueryCall call, Backend next) {
    var loadBalancer = call.parameter("LoadBalancerArn").orElse("");
    var existing = at(loadBalancer, call.parameter("Port"));
    if (existing.isPresent()) {
      return existing.get().settings().equals(ListenerRecords.settings(call))
          ? Existing.answer(call, next, "Listener", existing.get().arn())
          : duplicate(call);
    }
    return ledger.listenersOf(loadBalancer).size() >= conduct.limits().listeners()
        ? Answer.refused(
            call,
            "TooManyListeners",
            "The maximum number of listeners on load balancer '%s' has been reached"
                .formatted(loadBalancer))
        : next.send(call);
  }

  private Answer modify(QueryCall call, Backend next) {
    var listener = call.parameter("ListenerArn").flatMap(ledger::listener);
    return listener
        .flatMap(one -> at(one.loadBalancer(), call.parameter("Port")))
        .filter(other -> !other.arn().equals(listener.get().arn()))
        .map(_ -> duplicate(call))
        .orElseGet(() -> next.send(call));
  }

  private Optional<Listener> at(String loadBalancer, Optional<String> port) {
    return ledger.listenersOf(loadBalancer).stream()
        .filter(listener -> Optional.of(listener.port()).equals(port))
        .findFirst();
  }

  private static Answer duplicate(QueryCall call) {
    return Answer.refused(
        call, "DuplicateListener", "A listener already exists on this port for this load balancer");
  }
}
