// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.migrate;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What MetalLB's own workloads tell: how they are called, and which Services they serve.
///
/// @param controller the name of its Deployment
/// @param replicas how many of it there are to be
/// @param speaker the name of its DaemonSet
/// @param loadBalancerClass the only class that is served; empty for Services without a class
/// @param workloads both, as far as they were found
record Scope(
    String controller,
    long replicas,
    String speaker,
    Optional<String> loadBalancerClass,
    List<Manifest> workloads) {

  static Scope of(List<Manifest> objects) {
    var controller = find(objects, "Deployment", "controller");
    var speaker = find(objects, "DaemonSet", "speaker");
    var workloads = Stream.of(controller, speaker).flatMap(Optional::stream).toList();
    return new Scope(
        controller.map(Manifest::name).orElse("controller"),
        controller.flatMap(one -> one.spec().number("replicas")).filter(n -> n > 0).orElse(1L),
        speaker.map(Manifest::name).orElse("speaker"),
        workloads.stream().flatMap(Scope::arguments).flatMap(Scope::classFlag).findFirst(),
        workloads);
  }

  // As its manifests and its chart name them.
  private static Optional<Manifest> find(List<Manifest> objects, String kind, String component) {
    return objects.stream()
        .filter(object -> object.kind().equals(kind))
        .filter(object -> {
          var labels = object.labels();
          return (component.equals(labels.get("component")) && "metallb".equals(labels.get("app")))
              || (component.equals(labels.get("app.kubernetes.io/component"))
                  && "metallb".equals(labels.get("app.kubernetes.io/name")));
        })
        .findFirst();
  }

  static Stream<String> arguments(Manifest workload) {
    return workload.spec().part("template").spec().parts("containers").stream()
        .flatMap(container -> container.list("args").stream());
  }

  private static Stream<String> classFlag(String argument) {
    return argument.startsWith("--lb-class=")
        ? Stream.of(argument.substring("--lb-class=".length())).filter(name -> !name.isEmpty())
        : Stream.empty();
  }

  /// Whether a Service is MetalLB's. Its flags may not have been read, but what it served bears its
  /// mark.
  boolean serves(Balanced service) {
    return service.loadBalancerClass().equals(loadBalancerClass)
        || service.theirs(Balanced.ALLOCATED).isPresent();
  }

  void report(Findings findings) {
    for (var workload : workloads) {
      var pod = workload.spec().part("template").spec();
      var where =
          pod.part("nodeSelector").json().keySet().stream()
              .filter(label -> !label.equals("kubernetes.io/os"))
              .toList();
      if (workload.kind().equals("DaemonSet") && !where.isEmpty()) {
        findings.differs(
            workload,
            "spec.template.spec.nodeSelector",
            "speakers run on nodes with %s only: give fairway-speaker the same, or the Announcements a nodeSelector"
                .formatted(String.join(", ", where)));
      }
      if (workload.kind().equals("DaemonSet")
          && arguments(workload).anyMatch(one -> one.matches("--ignore-exclude-lb(=true)?"))) {
        findings.refused(
            workload,
            "--ignore-exclude-lb",
            "a node with label node.kubernetes.io/exclude-from-external-load-balancers does not announce: take the label off nodes that are to (kubeadm puts it on those of the control plane)");
      }
    }
  }
}
