// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Syntax;
import dev.fairway.cloud.plan.Note;
import dev.fairway.openstack.config.FloatingPool;
import dev.fairway.openstack.model.Surroundings;
import dev.fairway.openstack.model.Surroundings.Subnet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Which subnets of an external network a floating IP may come from.
record FloatingSubnets(Terms terms, Surroundings around, String network) {

  /// Ids, in the order in which they are tried; empty for any.
  List<String> of(FloatingPool pool) {
    if (pool.subnetId().isPresent()) {
      return pool.subnetId().map(this::byId).map(List::of).orElseThrow();
    }
    if (pool.subnet().isEmpty() && pool.subnetTags().isEmpty()) {
      return List.of();
    }
    var names =
        matcher(
            pool.subnet(),
            SubnetNames::matcher,
            PlacementAnnotations.FLOATING_SUBNET,
            "floating-subnet");
    var tags =
        matcher(
            pool.subnetTags(),
            SubnetTags::matcher,
            PlacementAnnotations.FLOATING_SUBNET_TAGS,
            "floating-subnet-tags");
    if (names.isEmpty() || tags.isEmpty()) {
      return List.of();
    }
    var found =
        visible().stream()
            .filter(subnet -> names.get().test(subnet.name()) && tags.get().test(subnet.tags()))
            .map(Subnet::id)
            .toList();
    if (found.isEmpty()) {
      none(
          pool.subnet().map(" with name '%s'"::formatted).orElse("")
              + pool.subnetTags().map(" with tags '%s'"::formatted).orElse(""));
    }
    return found;
  }

  private List<Subnet> visible() {
    return around.subnets().stream()
        .filter(subnet -> subnet.network().equals(network) && subnet.ipVersion() == 4)
        .toList();
  }

  // Clouds may hide the subnets of external networks: then Neutron will say.
  private String byId(String id) {
    var elsewhere = around.subnet(id).filter(subnet -> !subnet.network().equals(network));
    var hidden = around.subnet(id).isEmpty() && !visible().isEmpty();
    if (elsewhere.isPresent() || hidden) {
      none(" with id " + id);
    }
    return id;
  }

  /// Empty when it cannot be read, which is told: of whoever wrote it.
  private <T> Optional<Predicate<T>> matcher(
      Optional<String> text,
      Function<String, Syntax.Result<Predicate<T>>> reader,
      AnnotationSpec<String> spec,
      String option) {
    if (text.isEmpty()) {
      return Optional.of(_ -> true);
    }
    return switch (reader.apply(text.get())) {
      case Syntax.Good<Predicate<T>>(var matcher) -> Optional.of(matcher);
      case Syntax.Bad<Predicate<T>>(var why) -> {
        var fix =
            "write %s, for example '%s'".formatted(spec.syntax().description(), spec.example());
        if (terms.findings().has(spec)) {
          terms.findings().invalid(spec, why, fix);
        } else {
          terms.invalidOption(option, text.get(), why, fix);
        }
        yield Optional.empty();
      }
    };
  }

  private void none(String which) {
    terms
        .findings()
        .add(
            Note.blocking(
                "NoFloatingSubnet",
                "no IPv4 subnet%s is in floating network %s: there are %s"
                    .formatted(which, network, NodeSubnets.named(visible())),
                "change annotation %s, or what the class or cloud.conf say"
                    .formatted(PlacementAnnotations.FLOATING_SUBNET.key())));
  }
}
