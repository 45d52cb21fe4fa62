// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Findings;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.plan.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Finds the ports that annotations speak of.
///
/// @param frontends those that can be meant
record Ports(List<Frontend> frontends) {
  Ports {
    frontends = List.copyOf(frontends);
  }

  /// Those that a list selects. A name that no port has is most likely misspelled, and what was
  /// meant would stay without TLS, for example; a number may be left over.
  Predicate<Frontend> selected(
      AnnotationSpec<?> spec, List<PortSelector> selectors, Findings findings) {
    for (var selector : selectors) {
      if (frontends.stream().noneMatch(selector::selects)) {
        tell(spec, selector, findings);
      }
    }
    return frontend -> selectors.stream().anyMatch(selector -> selector.selects(frontend));
  }

  private void tell(AnnotationSpec<?> spec, PortSelector selector, Findings findings) {
    switch (selector) {
      case PortSelector.Named(var name) -> unknownName(spec, name, findings);
      case PortSelector.Numbered(var port) ->
          findings.add(
              Note.warning(
                  "PortNotFound",
                  "annotation %s names port %d, which no Service of the load balancer has"
                      .formatted(spec.key(), port),
                  "write one of %s".formatted(numbers())));
      case PortSelector.All() -> {}
    }
  }

  /// Tells that no port has this name.
  void unknownName(AnnotationSpec<?> spec, String name, Findings findings) {
    var known = new ArrayList<String>();
    frontends.stream()
        .map(Frontend::name)
        .filter(other -> !other.isEmpty())
        .distinct()
        .forEach(known::add);
    known.addAll(numbers());
    findings.invalid(
        spec,
        "names port '%s', which no Service of the load balancer has".formatted(name),
        "write one of %s".formatted(known));
  }

  private List<String> numbers() {
    return frontends.stream()
        .map(frontend -> Integer.toString(frontend.port()))
        .distinct()
        .toList();
  }
}
