// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.annotation.Findings;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.plan.Note;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Which frontends take TLS, and how.
///
/// @param tls for all of them alike; empty when there is no certificate
/// @param toTargets whether traffic goes on to the targets by TLS
record TlsReader(Optional<Tls> tls, Predicate<Frontend> selected, boolean toTargets) {

  static TlsReader read(List<Frontend> frontends, Defaults defaults, Findings findings) {
    var certificates = findings.read(ListenerAnnotations.CERTIFICATES);
    var policy = findings.read(ListenerAnnotations.SSL_POLICY).orElse(defaults.sslPolicy());
    var alpn = findings.read(ListenerAnnotations.ALPN).flatMap(name -> name);
    var backend = findings.read(ListenerAnnotations.BACKEND_PROTOCOL).orElse("tcp");
    if (backend.startsWith("http")) {
      findings.notApplied(
          ListenerAnnotations.BACKEND_PROTOCOL,
          "write tcp or ssl: this is for Classic Load Balancers");
    }
    return new TlsReader(
        certificates.map(arns -> new Tls(arns, policy, alpn)),
        ports(frontends, findings),
        backend.equals("ssl"));
  }

  private static Predicate<Frontend> ports(List<Frontend> frontends, Findings findings) {
    var selectors = findings.read(ListenerAnnotations.SSL_PORTS).orElse(List.of());
    if (selectors.isEmpty()) {
      return frontend -> true;
    }
    if (!findings.has(ListenerAnnotations.CERTIFICATES)) {
      findings.invalid(
          ListenerAnnotations.SSL_PORTS,
          "needs a certificate",
          "name one in annotation %s, or remove it"
              .formatted(ListenerAnnotations.CERTIFICATES.key()));
    }
    if (selectors.contains(new PortSelector.All())) {
      findings.add(
          Note.info(
              "AllPortsTakeTls",
              "annotation %s: '*' stands for all TCP ports here, and for none with"
                      .formatted(ListenerAnnotations.SSL_PORTS.key())
                  + " aws-load-balancer-controller"));
    }
    return new Ports(frontends.stream().filter(TlsReader::isTcp).toList())
        .selected(ListenerAnnotations.SSL_PORTS, selectors, findings);
  }

  private static boolean isTcp(Frontend frontend) {
    return frontend.protocol() == Protocol.TCP;
  }

  boolean takesTls(Frontend frontend) {
    return tls.isPresent() && isTcp(frontend) && selected.test(frontend);
  }

  /// What the target group of a listener speaks.
  ListenerProtocol ofTargets(ListenerProtocol listener) {
    return switch (listener) {
      case TLS -> toTargets ? ListenerProtocol.TLS : ListenerProtocol.TCP;
      case TCP, UDP, TCP_UDP -> listener;
    };
  }
}
