// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.openstack.config.LbMethod;
import java.util.Optional;
import java.util.Set;

/// How pools spread connections.
final class Algorithm {
  private static final String BY_PORT = LbMethod.SOURCE_IP_PORT.name();
  // Octavia's own providers, which refuse SOURCE_IP_PORT (AMPHORA_SUPPORTED_LB_ALGORITHMS); others
  // may have it.
  private static final Set<String> AMPHORAE = Set.of("amphora", "amphorav2", "octavia");

  private Algorithm() {}

  static String read(Terms terms) {
    var decided =
        terms
            .precedence()
            .annotationFirst(
                ListenerAnnotations.LB_METHOD,
                "lb-method",
                named -> named.lbMethod().map(LbMethod::name));
    var wanted = decided.orElseGet(() -> terms.options().methodOf(terms.provider()).name());
    var possible = possible(terms, wanted);
    // What holds for the whole cloud cannot suit all of its providers; what a Service asks for
    // must.
    if (!possible.equals(wanted)
        && terms.findings().read(ListenerAnnotations.LB_METHOD).isPresent()) {
      terms
          .findings()
          .invalid(
              ListenerAnnotations.LB_METHOD,
              "cannot be had with provider %s".formatted(terms.provider()),
              "write %s, or remove it".formatted(possible));
    }
    return possible;
  }

  private static String possible(Terms terms, String wanted) {
    Optional<String> only = terms.abilities().onlyAlgorithm(terms.provider());
    return only.orElse(
        AMPHORAE.contains(terms.provider()) && wanted.equals(BY_PORT)
            ? LbMethod.ROUND_ROBIN.name()
            : wanted);
  }
}
