// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import static dev.fairway.aws.spec.Keys.theirs;

import dev.fairway.cloud.annotation.AnnotationFamily;
import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Syntax;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Annotations about listeners.
final class ListenerAnnotations {
  private ListenerAnnotations() {}

  static final AnnotationSpec<List<String>> CERTIFICATES =
      theirs(
          "ssl-cert",
          Forms.list(
              Forms.matching(
                  "arn:aws[a-z-]*:(acm|iam):[a-z0-9-]*:[0-9]{12}:(server-)?certificate/.+",
                  "the ARN of a certificate"),
              "ARNs of certificates, separated by commas"),
          "no TLS",
          "Listeners take TLS, with the first of these certificates; the others are chosen by the"
              + " name that a client asks for.",
          "arn:aws:acm:eu-west-1:123456789012:certificate/0a1b2c3d-1111-2222-3333-444455556666");

  static final AnnotationSpec<List<PortSelector>> SSL_PORTS =
      theirs(
          "ssl-ports",
          Forms.list(
              PortSelector.oneOrAll(), "numbers or names of ports, separated by commas, or *"),
          "all TCP ports",
          "Which ports take TLS, if there is a certificate.",
          "443, https");

  static final AnnotationSpec<String> SSL_POLICY =
      theirs(
          "ssl-negotiation-policy",
          Forms.matching("[0-9A-Za-z-]+", "the name of a security policy"),
          "as configured",
          "The TLS versions and ciphers that clients may use.",
          "ELBSecurityPolicy-TLS13-1-2-2021-06");

  static final AnnotationSpec<String> BACKEND_PROTOCOL =
      theirs(
          "backend-protocol",
          Forms.word("tcp", "ssl", "http", "https"),
          "tcp",
          "With `ssl`, what comes in by TLS goes on to the targets by TLS. `http` and `https` are"
              + " those of Classic Load Balancers, and have no effect.",
          "ssl");

  static final AnnotationSpec<Optional<String>> ALPN =
      theirs(
          "alpn-policy",
          Syntax.oneOf("HTTP1Only", "HTTP2Only", "HTTP2Optional", "HTTP2Preferred", "None")
              .map(text -> text.equals("None") ? Optional.empty() : Optional.of(text)),
          "None",
          "Which protocol TLS listeners agree on with their clients.",
          "HTTP2Preferred");

  static final AnnotationSpec<Boolean> TCP_UDP =
      theirs(
          "enable-tcp-udp-listener",
          Forms.bool(),
          "true",
          "Whether TCP and UDP on one port, with one node port, become one listener; otherwise only"
              + " TCP is served there.",
          "true");

  static final AnnotationSpec<Map<String, String>> ATTRIBUTES_STEM =
      theirs(
          "listener-attributes",
          Forms.attributes(KnownAttributes.OF_LISTENERS),
          "those of AWS",
          "Attributes of one listener.",
          "tcp.idle_timeout.seconds=400");

  static final AnnotationFamily<Map<String, String>> ATTRIBUTES =
      ATTRIBUTES_STEM.family("PROTOCOL-PORT", ListenerName.SYNTAX, "TCP-80");

  static final AnnotationFamily<String> ACTIONS =
      new AnnotationSpec<>(
              "service.beta.kubernetes.io/actions",
              List.of(),
              Syntax.text("a forward action as JSON"),
              "all traffic to the Service",
              "Not applied: traffic is not spread over several Services by weight.",
              "{\"type\":\"forward\"}")
          .family("PROTOCOL-PORT", ListenerName.SYNTAX, "TCP-80");

  static final List<AnnotationSpec<?>> ALL =
      List.of(CERTIFICATES, SSL_PORTS, SSL_POLICY, BACKEND_PROTOCOL, ALPN, TCP_UDP);
}
