// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import dev.fairway.testkit.aws.query.Xml;
import java.util.Optional;
import org.w3c.dom.Element;

/// A listener as AWS shows it: the emulator forgets changes, and shows a TLS policy where there is
/// no TLS.
final class ListenerView implements Rule {
  private static final String CERTIFICATE = "Certificates.member.1.CertificateArn";

  private final Ledger ledger;

  ListenerView(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Answer answer(QueryCall call, Backend next) {
    return switch (call.action()) {
      case "CreateListener", "ModifyListener", "DescribeListeners" ->
          Members.changed(next.send(call), "Listeners", this::show);
      case "DescribeListenerCertificates" ->
          Members.changed(
              next.send(call),
              "Certificates",
              member ->
                  network(call.parameter("ListenerArn").orElse(""))
                      .ifPresent(listener -> showDefault(member, listener.settings())));
      default -> next.send(call);
    };
  }

  private Optional<Listener> network(String arn) {
    return ledger
        .listener(arn)
        .filter(listener ->
            ledger.loadBalancer(listener.loadBalancer()).filter(LoadBalancer::network).isPresent());
  }

  private void show(Element member) {
    network(Xml.text(member, "ListenerArn"))
        .ifPresent(listener -> show(member, listener.settings()));
  }

  private static void showDefault(Element member, Settings settings) {
    if (Xml.text(member, "IsDefault").equals("true")) {
      Xml.set(member, "CertificateArn", settings.get(CERTIFICATE));
    }
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
          Xml.append(certificates, "member", ""), "CertificateArn", settings.get(CERTIFICATE));
      var policy = settings.get("AlpnPolicy.member.1");
      if (!policy.isEmpty()) {
        Xml.append(Xml.append(member, "AlpnPolicy", ""), "member", policy);
      }
    } else {
      Xml.child(member, "SslPolicy").ifPresent(member::removeChild);
    }
  }
}
