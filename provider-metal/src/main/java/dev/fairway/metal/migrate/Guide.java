// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.migrate;

import dev.fairway.cloud.migration.Move.Step;
import java.util.List;

/// How to pass on from MetalLB to Fairway and back, so that each address is answered for all the
/// time but for moments.
///
/// @param namespace of MetalLB
/// @param classes that Fairway has to serve besides its own
/// @param classless whether Services without a class were MetalLB's
/// @param addresses how many are pinned
record Guide(
    String namespace, Scope scope, List<String> classes, boolean classless, int addresses) {
  private static final String AWAY = "fairway.dev/moved-away";

  List<Step> handOver() {
    return List.of(
        new Step(
            "Keep what is there, for the way back.",
            List.of(
                "kubectl -n %s get ipaddresspools.metallb.io,l2advertisements.metallb.io -o yaml >metallb-objects.yaml"
                    .formatted(namespace),
                "kubectl get services -A -o yaml >services-before.yaml")),
        new Step(
            "Write what was printed here, before Fairway runs, so that no address goes to anybody else.",
            List.of("kubectl apply --server-side -k deploy/crds", "kubectl apply -f fairway.yaml")),
        new Step(
            "Stop the controller of MetalLB: two that write the same status would not agree. Its speakers go on answering; edits of MetalLB's objects may be refused from here on.",
            List.of(
                "kubectl -n %s scale deployment/%s --replicas=0"
                    .formatted(namespace, scope.controller()))),
        new Step(
            "Install Fairway with these lines in deploy/kustomize/base/config.yaml: %s"
                .formatted(configuration()),
            List.of(
                "kubectl apply --server-side -k deploy/kustomize/base",
                "kubectl -n fairway-system rollout status deployment/fairway-controller daemonset/fairway-speaker")),
        new Step(
            "Look: each of the addresses (%d that are pinned) has a Vip without an owner, every Service has its address still, and its condition LoadBalancerServing says OtherSpeakers; another reason has to be mended before you go on. Nothing was interrupted up to here."
                .formatted(addresses),
            List.of("kubectl get vips", "kubectl get services -A")),
        new Step(
            "Stop the speakers of MetalLB. Seconds after the last one is gone those of Fairway answer; until then who knows the way goes on, as nodes forward what they get.",
            List.of(
                "kubectl -n %s patch daemonset %s -p '{\"spec\":{\"template\":{\"spec\":{\"nodeSelector\":{\"%s\":\"true\"}}}}}'"
                    .formatted(namespace, scope.speaker(), AWAY))),
        new Step(
            "Look who answers; then ask from a machine in the same network, with arping ADDRESS and a connection.",
            List.of("kubectl get vips -o wide")),
        new Step(
            "When you are sure: uninstall MetalLB as you installed it, and let the addresses go free with their Services again.",
            List.of(
                "kubectl delete addressreservations -l %s=%s".formatted(Ours.LABEL, Ours.ORIGIN))));
  }

  private String configuration() {
    var served =
        classes.isEmpty()
            ? ""
            : "loadBalancerClasses: [fairway.dev/metal, %s] and "
                .formatted(String.join(", ", classes));
    return served + "serveClassless: " + classless;
  }

  List<Step> wayBack() {
    return List.of(
        new Step(
            "Stop Fairway; its speakers fall silent, and nodes forward what they get still.",
            List.of(
                "kubectl -n fairway-system delete deployment/fairway-controller daemonset/fairway-speaker")),
        new Step(
            "Start MetalLB again. It finds the addresses in the status of the Services, and keeps them.",
            List.of(
                "kubectl -n %s patch daemonset %s --type=json -p '[{\"op\":\"remove\",\"path\":\"/spec/template/spec/nodeSelector/%s\"}]'"
                    .formatted(namespace, scope.speaker(), AWAY.replace("/", "~1")),
                "kubectl -n %s scale deployment/%s --replicas=%d"
                    .formatted(namespace, scope.controller(), scope.replicas()))),
        new Step(
            "Take the finalizer of Fairway off, or Services could not be deleted any more.",
            List.of(
                "kubectl get services -A -o jsonpath='{range .items[?(@.spec.type==\"LoadBalancer\")]}{.metadata.namespace}{\" \"}{.metadata.name}{\"\\n\"}{end}' | while read -r namespace name; do kubectl -n \"$namespace\" patch service \"$name\" --type=merge -p '{\"metadata\":{\"finalizers\":null}}'; done")),
        new Step(
            "When you are sure: take Fairway away.",
            List.of("kubectl delete -k deploy/kustomize/base")));
  }
}
