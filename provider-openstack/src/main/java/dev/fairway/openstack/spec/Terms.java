// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Findings;
import dev.fairway.cloud.annotation.Syntax;
import dev.fairway.cloud.plan.Note;
import dev.fairway.openstack.config.LoadBalancerClass;
import dev.fairway.openstack.config.Options;
import dev.fairway.openstack.model.Abilities;
import java.util.Map;
import java.util.Optional;

/// What holds for all that a group asks for: who decides, and what the provider can do.
///
/// @param provider the one that was chosen
record Terms(
    Findings findings,
    Precedence precedence,
    Options options,
    Abilities abilities,
    String provider) {

  static Terms read(
      Findings findings,
      Options options,
      Map<String, LoadBalancerClass> classes,
      Abilities abilities) {
    var precedence = Precedence.read(findings, classes);
    var provider =
        precedence
            .annotationFirst(
                PlacementAnnotations.PROVIDER, "lb-provider", LoadBalancerClass::lbProvider)
            .orElse(options.lbProvider());
    return new Terms(findings, precedence, options, abilities, provider);
  }

  boolean isOvn() {
    return Abilities.isOvn(provider);
  }

  boolean layer7() {
    return abilities.layer7(provider);
  }

  /// Something that was asked for and cannot be left out.
  void cannot(AnnotationSpec<?> spec) {
    findings.invalid(
        spec,
        "cannot be had with provider %s".formatted(provider),
        "remove it, or choose another provider in %s"
            .formatted(PlacementAnnotations.PROVIDER.key()));
  }

  /// Something that was asked for and is left out.
  void leftOut(AnnotationSpec<?> spec) {
    if (findings.has(spec)) {
      findings.notApplied(spec, "remove it: provider %s does not have that".formatted(provider));
    }
  }

  /// A value of cloud.conf that only shows here to be wrong.
  ///
  /// @param why continues a sentence that begins with the value
  void invalidOption(String option, String value, String why, String fix) {
    findings.add(
        Note.blocking(
            "InvalidOption",
            "option %s of cloud.conf: '%s' %s".formatted(option, value, why),
            fix));
  }

  /// Reads an option that has the form of an annotation; empty when it is empty or malformed.
  <T> Optional<T> option(String option, String text, AnnotationSpec<T> spec) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    return switch (spec.syntax().read(text)) {
      case Syntax.Good<T>(var value) -> Optional.of(value);
      case Syntax.Bad<T>(var why) -> {
        invalidOption(
            option,
            text,
            why,
            "write %s, for example '%s'".formatted(spec.syntax().description(), spec.example()));
        yield Optional.empty();
      }
    };
  }
}
