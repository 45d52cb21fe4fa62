// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which target groups a listener can forward to, and what it needs for TLS.
final class ListenerProtocols implements Rule {
  // User guide of Network Load Balancers, "Listener configuration".
  private static final Map<String, Set<String>> FORWARDED =
      Map.of(
          "TCP", Set.of("TCP", "TCP_UDP"),
          "UDP", Set.of("UDP", "TCP_UDP"),
          "TCP_UDP", Set.of("TCP_UDP"),
          "TLS", Set.of("TCP", "TLS"));

  private final Ledger ledger;

  ListenerProtocols(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Answer answer(QueryCall call, Backend next) {
    return switch (call.action()) {
      case "CreateListener" ->
          wrong(call, ListenerRecords.settings(call)).orElseGet(() -> next.send(call));
      case "ModifyListener" ->
          call.parameter("ListenerArn")
              .flatMap(ledger::listener)
              .flatMap(listener -> wrong(call, listener.settings().changedBy(call)))
              .orElseGet(() -> next.send(call));
      default -> next.send(call);
    };
  }

  private Optional<Answer> wrong(QueryCall call, Settings settings) {
    var protocol = settings.get("Protocol");
    var allowed = FORWARDED.get(protocol);
    if (allowed == null) {
      return Optional.empty(); // not of a Network Load Balancer: the backend knows
    }
    if (protocol.equals("TLS") && settings.get("Certificates.member.1.CertificateArn").isEmpty()) {
      return Optional.of(
          Answer.refused(
              call, "ValidationError", "A certificate must be specified for TLS listeners"));
    }
    return Listener.targetGroups(settings).stream()
        .flatMap(arn -> ledger.targetGroup(arn).stream())
        .filter(group -> !allowed.contains(group.settings().get("Protocol")))
        .findFirst()
        .map(group ->
            Answer.refused(
                call,
                "IncompatibleProtocols",
                "The protocol '%s' of target group '%s' is not compatible with listener protocol '%s'"
                    .formatted(group.settings().get("Protocol"), group.arn(), protocol)));
  }
}
