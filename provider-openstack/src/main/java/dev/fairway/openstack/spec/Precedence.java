// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Findings;
import dev.fairway.cloud.annotation.Nearest;
import dev.fairway.cloud.plan.Note;
import dev.fairway.openstack.config.LoadBalancerClass;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/// Who decides a setting, the first that says anything:
///
/// | setting | order |
/// | --- | --- |
/// | floating network; subnets of floating IPs (id, name and tags together) | class, annotation, options |
/// | subnet, network of the load balancer's own address | class, annotation, options, first node |
/// | member subnet | annotation, class, options, subnet of the own address, first node |
/// | internal | options if true, annotation, class |
/// | provider, flavor, zone, method, monitor | annotation, class, options |
/// | time-outs | annotation, class |
///
/// Networks are the operator's, so that a class comes first there, as with
/// cloud-provider-openstack.
///
/// @param named the class, where the Service names one that is there
record Precedence(Findings findings, Optional<LoadBalancerClass> named) {

  static Precedence read(Findings findings, Map<String, LoadBalancerClass> classes) {
    return new Precedence(
        findings,
        findings
            .read(PlacementAnnotations.CLASS)
            .flatMap(name -> {
              var found = Optional.ofNullable(classes.get(name));
              if (found.isEmpty()) {
                findings.invalid(
                    PlacementAnnotations.CLASS, "is no class of cloud.conf", known(name, classes));
              }
              return found;
            }));
  }

  private static String known(String name, Map<String, LoadBalancerClass> classes) {
    if (classes.isEmpty()) {
      return "remove it, or add [LoadBalancerClass \"%s\"]".formatted(name);
    }
    return Nearest.to(name, classes.keySet())
        .map("did you mean %s?"::formatted)
        .orElseGet(() -> "write one of " + String.join(", ", new TreeSet<>(classes.keySet())));
  }

  /// What the class says, else the annotation: for networks and subnets, which are the operator's.
  ///
  /// @param option the key in the class
  <T> Optional<T> classFirst(
      AnnotationSpec<T> spec, String option, Function<LoadBalancerClass, Optional<T>> inClass) {
    return decide(spec, option, inClass, true);
  }

  /// What the annotation says, else the class.
  ///
  /// @param option the key in the class
  <T> Optional<T> annotationFirst(
      AnnotationSpec<T> spec, String option, Function<LoadBalancerClass, Optional<T>> inClass) {
    return decide(spec, option, inClass, false);
  }

  private <T> Optional<T> decide(
      AnnotationSpec<T> spec,
      String option,
      Function<LoadBalancerClass, Optional<T>> inClass,
      boolean classWins) {
    var ofClass = named.flatMap(inClass);
    var annotated = findings.read(spec);
    if (ofClass.isPresent() && annotated.isPresent() && !ofClass.equals(annotated)) {
      contradiction(spec, annotated.orElseThrow(), option, ofClass.orElseThrow(), classWins);
    }
    return classWins ? ofClass.or(() -> annotated) : annotated.or(() -> ofClass);
  }

  private void contradiction(
      AnnotationSpec<?> spec, Object annotated, String option, Object ofClass, boolean classWins) {
    findings.add(
        Note.warning(
            "SettingOverruled",
            "annotation %s is %s, but %s of class %s is %s: the %s counts"
                .formatted(
                    spec.key(),
                    annotated,
                    option,
                    named.map(LoadBalancerClass::name).orElse(""),
                    ofClass,
                    classWins ? "class" : "annotation"),
            "remove one of the two"));
  }
}
