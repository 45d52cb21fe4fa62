// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.annotation.Findings;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.plan.Note;
import dev.fairway.openstack.config.ContainerStore;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What listeners and pools speak.
///
/// @param tls the container of the certificate, where TLS ends at the load balancer
/// @param proxy PROXY or PROXYV2, where pods are told of clients by it
/// @param forwardedFor whether they are told by a header of HTTP
record Protocols(Optional<String> tls, Optional<String> proxy, boolean forwardedFor) {
  // The form of Barbican's references; what stands before /v1 is the cloud's own.
  private static final Pattern REFERENCE =
      Pattern.compile(
          ".+/v1/(containers|secrets)/[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  static Protocols read(Terms terms, List<Frontend> frontends) {
    var findings = terms.findings();
    var protocols =
        new Protocols(
            tls(terms),
            findings
                .read(ListenerAnnotations.PROXY_PROTOCOL)
                .flatMap(version -> version)
                .map(version -> version.equals("v2") ? "PROXYV2" : "PROXY"),
            findings.read(ListenerAnnotations.X_FORWARDED_FOR).orElse(false));
    protocols.check(terms, frontends);
    return protocols;
  }

  private static Optional<String> tls(Terms terms) {
    var annotated = terms.findings().read(ListenerAnnotations.TLS_CONTAINER);
    var reference = annotated.or(() -> terms.options().defaultTlsContainerRef());
    var why = "is not the reference of a Barbican container or secret";
    var fix = "write for example " + ListenerAnnotations.TLS_CONTAINER.example();
    if (terms.options().containerStore() == ContainerStore.BARBICAN
        && reference.filter(text -> !REFERENCE.matcher(text).matches()).isPresent()) {
      if (annotated.isPresent()) {
        terms.findings().invalid(ListenerAnnotations.TLS_CONTAINER, why, fix);
      } else {
        terms.invalidOption("default-tls-container-ref", reference.get(), why, fix);
      }
    }
    return reference;
  }

  private void check(Terms terms, List<Frontend> frontends) {
    if (proxy.isPresent() && forwardedFor) {
      terms
          .findings()
          .invalid(
              ListenerAnnotations.PROXY_PROTOCOL,
              "excludes " + ListenerAnnotations.X_FORWARDED_FOR.key(),
              "remove one of the two");
    }
    if (!terms.layer7()) {
      checkWithoutLayer7(terms);
    } else if (proxy.filter("PROXYV2"::equals).isPresent()
        && !terms.abilities().proxyV2(terms.provider())) {
      terms
          .findings()
          .invalid(
              ListenerAnnotations.PROXY_PROTOCOL,
              "needs Octavia API 2.22, and this one is 2.%d".formatted(terms.abilities().minor()),
              "write v1");
    }
    tellOfOthers(terms.findings(), frontends);
  }

  private void tellOfOthers(Findings findings, List<Frontend> frontends) {
    if (frontends.stream().noneMatch(Protocols::isTcp)) {
      for (var spec :
          List.of(ListenerAnnotations.TLS_CONTAINER, ListenerAnnotations.X_FORWARDED_FOR)) {
        if (findings.has(spec)) {
          findings.notApplied(spec, "remove it: it is for TCP ports, and there is none");
        }
      }
    }
    if (proxy.isPresent() && frontends.stream().anyMatch(one -> !isTcp(one))) {
      findings.add(
          Note.info(
              "ProxyProtocolForTcp",
              "annotation %s holds for the TCP ports only"
                  .formatted(ListenerAnnotations.PROXY_PROTOCOL.key())));
    }
  }

  private void checkWithoutLayer7(Terms terms) {
    if (proxy.isPresent()) {
      terms.cannot(ListenerAnnotations.PROXY_PROTOCOL);
    }
    if (forwardedFor) {
      terms.cannot(ListenerAnnotations.X_FORWARDED_FOR);
    }
    if (terms.findings().has(ListenerAnnotations.TLS_CONTAINER)) {
      terms.cannot(ListenerAnnotations.TLS_CONTAINER);
    } else if (tls.isPresent()) {
      // To leave it out would have the traffic of everybody go in the clear.
      terms.invalidOption(
          "default-tls-container-ref",
          tls.get(),
          "cannot be had with provider %s".formatted(terms.provider()),
          "remove it, or choose another provider in %s"
              .formatted(PlacementAnnotations.PROVIDER.key()));
    }
  }

  private static boolean isTcp(Frontend frontend) {
    return frontend.protocol() == Protocol.TCP;
  }

  String ofListener(Frontend frontend) {
    if (!isTcp(frontend)) {
      return frontend.protocol().name();
    }
    if (tls.isPresent()) {
      return "TERMINATED_HTTPS";
    }
    return forwardedFor ? "HTTP" : "TCP";
  }

  String ofPool(Frontend frontend) {
    if (!isTcp(frontend)) {
      return frontend.protocol().name();
    }
    return proxy.orElse(tls.isPresent() || forwardedFor ? "HTTP" : "TCP");
  }

  Optional<String> tlsOf(Frontend frontend) {
    return tls.filter(_ -> isTcp(frontend));
  }

  SortedMap<String, String> headersOf(Frontend frontend) {
    var headers = new TreeMap<String, String>();
    if (forwardedFor && isTcp(frontend)) {
      headers.put("X-Forwarded-For", "true");
    }
    return headers;
  }
}
