// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import static dev.fairway.openstack.spec.Keys.ours;
import static dev.fairway.openstack.spec.Keys.theirs;

import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Syntax;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Annotations about listeners and pools, and who may connect.
final class ListenerAnnotations {
  static final AnnotationSpec<Integer> CONNECTION_LIMIT =
      theirs(
          "connection-limit",
          Syntax.number(-1, Integer.MAX_VALUE),
          "-1",
          "How many connections a listener takes at a time; -1 for any number. Not with ovn.",
          "10000");

  /// `v1`, `v2`, or empty for none.
  static final AnnotationSpec<Optional<String>> PROXY_PROTOCOL =
      theirs(
          "proxy-protocol",
          Syntax.oneOf("true", "v1", "v2", "false")
              .map(text ->
                  switch (text) {
                    case "false" -> Optional.empty();
                    case "v2" -> Optional.of("v2");
                    default -> Optional.of("v1");
                  }),
          "false",
          "Whether pods are told the client's address by the PROXY protocol, which they must"
              + " understand; true means v1. For TCP. Not with ovn.",
          "v2");

  static final AnnotationSpec<Boolean> X_FORWARDED_FOR =
      theirs(
          "x-forwarded-for",
          Syntax.bool(),
          "false",
          "Whether the load balancer speaks HTTP and tells the client's address in X-Forwarded-For."
              + " For TCP; not together with proxy-protocol. Not with ovn.",
          "true");

  static final AnnotationSpec<String> TLS_CONTAINER =
      theirs(
          "default-tls-container-ref",
          Syntax.text("the reference of a Barbican container or secret"),
          "`default-tls-container-ref`",
          "The certificate and key by which the load balancer ends TLS; pods get HTTP. For TCP. Not"
              + " with ovn.",
          "https://barbican.example.com/v1/containers/5a1c9b0e-7a0d-4a52-8d2b-0c9f4c1d2e08");

  static final AnnotationSpec<String> LB_METHOD =
      theirs(
          "lb-method",
          Syntax.oneOf("ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP", "SOURCE_IP_PORT"),
          "of the class; then `lb-method`, ROUND_ROBIN (ovn: SOURCE_IP_PORT)",
          "How connections are spread over the nodes. ovn has SOURCE_IP_PORT only, amphora has the"
              + " others only.",
          "LEAST_CONNECTIONS");

  static final AnnotationSpec<Integer> CLIENT_DATA =
      timeout("timeout-client-data", "50000", "Milliseconds without data from the client");

  static final AnnotationSpec<Integer> MEMBER_CONNECT =
      timeout("timeout-member-connect", "5000", "Milliseconds to connect to a node");

  static final AnnotationSpec<Integer> MEMBER_DATA =
      timeout("timeout-member-data", "50000", "Milliseconds without data from a node");

  static final AnnotationSpec<Integer> TCP_INSPECT =
      timeout("timeout-tcp-inspect", "0", "Milliseconds to wait for more TCP data to inspect");

  static final AnnotationSpec<Boolean> ALLOW_UNENFORCED =
      ours(
          "allow-unenforced-source-ranges",
          Syntax.bool(),
          "`allow-unenforced-source-ranges`; then false",
          "Whether the Service is served to everybody where its source ranges cannot be enforced."
              + " Otherwise it is not served at all there.",
          "true");

  static final AnnotationSpec<Map<String, Optional<String>>> NODE_SELECTOR =
      theirs(
          "node-selector",
          Forms.nodeSelector(),
          "`node-selector`; then all nodes",
          "The labels of the nodes that take traffic.",
          "pool=edge, example.com/ingress");

  static final AnnotationSpec<List<String>> LISTENER_TAGS =
      theirs("listener-tags", Forms.tags(), "none", "Tags of listeners, besides ours.", "team-a");

  static final AnnotationSpec<List<String>> POOL_TAGS =
      theirs("pool-tags", Forms.tags(), "none", "Tags of pools, besides ours.", "team-a");

  static final List<AnnotationSpec<?>> ALL =
      List.of(
          CONNECTION_LIMIT,
          PROXY_PROTOCOL,
          X_FORWARDED_FOR,
          TLS_CONTAINER,
          LB_METHOD,
          CLIENT_DATA,
          MEMBER_CONNECT,
          MEMBER_DATA,
          TCP_INSPECT,
          ALLOW_UNENFORCED,
          NODE_SELECTOR,
          LISTENER_TAGS,
          POOL_TAGS);

  private ListenerAnnotations() {}

  private static AnnotationSpec<Integer> timeout(String end, String absent, String meaning) {
    return theirs(
        end,
        Forms.millis(),
        "of the class; then " + absent,
        meaning + ", after which a listener gives up. Not with ovn.",
        "60000");
  }
}
