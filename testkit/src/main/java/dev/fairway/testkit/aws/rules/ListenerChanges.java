// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import dev.fairway.testkit.aws.query.Xml;
import org.w3c.dom.Element;

/// Changes of a listener that the emulator refuses or forgets, of protocol, certificate and ALPN
/// policy, are kept here and shown in its place.
final class ListenerChanges implements Rule {
  private final Ledger ledger;

  ListenerChanges(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Answer answer(QueryCall call, Backend next) {
    return switch (call.action()) {
      case "ModifyListener" -> modify(call, next);
      case "DescribeListeners" ->
          Members.changed(
              next.send(call),
              "Listeners",
              member ->
                  ledger
                      .listener(Xml.text(member, "ListenerArn"))
                      .filter(Listener::modified)
                      .ifPresent(listener -> show(member, listener.settings())));
      default -> next.send(call);
    };
  }

  private Answer modify(QueryCall call, Backend next) {
    var listener = call.parameter("ListenerArn").flatMap(ledger::listener);
    var answer =
        next.send(
            listener.isPresent()
                ? call.without("Protocol").without("Certificates").without("AlpnPolicy")
                : call);
    return listener
        .map(before ->
            Members.changed(
                answer, "Listeners", member -> show(member, before.settings().changedBy(call))))
        .orElse(answer);
  }

  private static void show(Element member, Settings settings) {
    var tls = settings.get("Protocol").equals("TLS");
    Xml.set(member, "Protocol", settings.get("Protocol"));
    for (var list : new String[] {"Certificates", "AlpnPolicy"}) {
      Xml.child(member, list).ifPresent(member::removeChild);
    }
    if (tls) {
      var certificates = Xml.append(member, "Certificates", "");
      Xml.append(
          Xml.append(certificates, "member", ""),
          "CertificateArn",
          settings.get("Certificates.member.1.CertificateArn"));
      var policy = settings.get("AlpnPolicy.member.1");
      if (!policy.isEmpty()) {
        Xml.append(Xml.append(member, "AlpnPolicy", ""), "member", policy);
      }
    } else {
      Xml.child(member, "SslPolicy").ifPresent(member::removeChild);
    }
  }
}
