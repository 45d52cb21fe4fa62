// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.Candidate;
import dev.fairway.aws.model.Fact;
import dev.fairway.aws.model.ForeignBalancer;
import dev.fairway.aws.model.Quotas;
import dev.fairway.aws.model.SubnetView;
import dev.fairway.aws.model.Surroundings;
import dev.fairway.aws.spec.Defaults;
import dev.fairway.aws.spec.Scheme;
import dev.fairway.aws.spec.TargetType;
import dev.fairway.cloud.model.AddressRequest;
import dev.fairway.cloud.model.Backend;
import dev.fairway.cloud.model.Backends;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.ExternalTrafficPolicy;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.model.ServiceRef;
import dev.fairway.cloud.model.Target;
import dev.fairway.cloud.model.Traffic;
import dev.fairway.cloud.plan.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/// The Service `shop/web`, a VPC of three zones with a public and a private subnet each, and a
/// planner whose plans are carried out on paper.
final class Stage {
  static final LoadBalancerKey KEY = LoadBalancerKey.ofService("shop", "web");
  static final ClusterId CLUSTER = new ClusterId("blue");

  private static final String PREFIX = "service.beta.kubernetes.io/aws-load-balancer-";
  private static final int MOST_ROUNDS = 20;

  final PaperAws aws = new PaperAws();
  private final AwsPlanner planner;
  private AwsObserved seen;
  private Map<String, String> annotations = new TreeMap<>();
  private List<Integer> ports = List.of(80);
  private List<String> nodes = List.of("i-0a", "i-0b");
  private final Map<Integer, List<String>> sources = new TreeMap<>();

  Stage() {
    var defaults =
        new Defaults(
            Scheme.INTERNAL,
            TargetType.INSTANCE,
            true,
            0,
            0,
            new TreeMap<>(),
            "ELBSecurityPolicy-2016-08");
    planner =
        new AwsPlanner(new Setup(CLUSTER, "blue", List.of(), ClientRules.ALL_PORTS, defaults));
    seen = AwsObserved.nothing(KEY, around(Map.of()));
  }

  private static Surroundings around(Map<String, ForeignBalancer> foreign) {
    var subnets = new ArrayList<SubnetView>();
    for (var zone : List.of("a", "b", "c")) {
      var number = zone.charAt(0) - 'a';
      subnets.add(subnet("subnet-private-" + zone, zone, "10.0.%d.0/24".formatted(number), false));
      subnets.add(subnet("subnet-public-" + zone, zone, "10.1.%d.0/24".formatted(number), true));
      subnets.add(subnet("subnet-other-" + zone, zone, "10.2.%d.0/24".formatted(number), false));
    }
    return new Surroundings(
        "vpc-1", subnets, Map.of(), Optional.empty(), Set.of(), foreign, Quotas.UNREAD);
  }

  private static SubnetView subnet(String id, String zone, String cidr, boolean isPublic) {
    var role = isPublic ? "kubernetes.io/role/elb" : "kubernetes.io/role/internal-elb";
    return new SubnetView(
        id, zone, cidr, false, 200, isPublic, id.contains("other") ? Map.of() : Map.of(role, "1"));
  }

  /// @param key without the prefix of AWS, unless it has one of its own
  Stage with(String key, String value) {
    annotations = new TreeMap<>(annotations);
    annotations.put(key.contains("/") ? key : PREFIX + key, value);
    return this;
  }

  Stage without(String key) {
    annotations = new TreeMap<>(annotations);
    annotations.remove(key.contains("/") ? key : PREFIX + key);
    return this;
  }

  Stage replacing() {
    return with("fairway.dev/aws-replace", "make-before-break");
  }

  Stage ports(Integer... all) {
    ports = List.of(all);
    return this;
  }

  /// Lets only these clients reach a port.
  Stage from(int port, String... cidrs) {
    sources.put(port, List.of(cidrs));
    return this;
  }

  /// As a new process sees it, which has read lists and nothing else.
  Stage restarted() {
    seen =
        seen.withBalancers(
                seen.balancers().stream()
                    .map(one ->
                        one.withAttributes(Tags.pledgedAttributes(one.tags()))
                            .with(new Fact.Unread<>()))
                    .toList())
            .withGroups(
                seen.groups().stream()
                    .map(one ->
                        one.withAttributes(Tags.pledgedAttributes(one.tags()))
                            .withTargets(Tags.pledgedTargets(one.tags())))
                    .toList());
    return this;
  }

  Stage nodes(String... instances) {
    nodes = List.of(instances);
    return this;
  }

  /// A load balancer that is somebody else's.
  Stage stranger(Candidate candidate) {
    aws.stranger(candidate);
    var balancer = candidate.balancer();
    var foreign = new HashMap<>(seen.around().foreign());
    foreign.put(
        balancer.name(), new ForeignBalancer(balancer.arn(), balancer.name(), balancer.tags()));
    seen = seen.within(around(foreign));
    return this;
  }

  Desired desired() {
    var service = new ServiceRef("shop", "web", "uid-web");
    var frontends =
        ports.stream()
            .map(port ->
                new Frontend(
                    service,
                    "p" + port,
                    Protocol.TCP,
                    port,
                    Optional.empty(),
                    new Backend(OptionalInt.of(30000 + port), Optional.empty(), Set.of()),
                    new Traffic(
                        ExternalTrafficPolicy.CLUSTER,
                        sources.getOrDefault(port, List.of()),
                        Optional.empty())))
            .toList();
    var backends =
        Backends.of(
            nodes.stream()
                .map(id ->
                    new Target(
                        id, List.of(), Optional.of("aws:///eu-west-1a/" + id), true, Map.of()))
                .toList());
    return new Desired.Present(
        KEY,
        List.of(service),
        frontends,
        new AddressRequest(List.of(IpFamily.IPV4), false, List.of(), List.of()),
        backends,
        annotations);
  }

  AwsObserved seen() {
    return seen;
  }

  Stage seen(AwsObserved other) {
    seen = other;
    return this;
  }

  Plan<AwsAction> plan() {
    return plan(desired());
  }

  Plan<AwsAction> plan(Desired desired) {
    seen = seen.at(aws.now());
    return planner.plan(desired, seen);
  }

  /// The plan in words: its steps, or what is waited for.
  List<String> summaries() {
    return plan().actions().stream().map(AwsAction::summary).toList();
  }

  List<String> notes() {
    return plan().notes().stream()
        .map(note -> "%s %s: %s".formatted(note.severity(), note.code(), note.text()))
        .toList();
  }

  /// Carries out one plan. Then there is nothing to do, as the law demands.
  Stage pass() {
    return pass(desired());
  }

  Stage pass(Desired desired) {
    var plan = plan(desired);
    plan.actions().forEach(this::apply);
    assertThat(plan(desired).actions()).as("after %s", plan.actions()).isEmpty();
    return this;
  }

  void apply(AwsAction action) {
    seen = aws.apply(action, seen);
  }

  /// Load balancers become active, and targets healthy.
  Stage settle() {
    seen = PaperAws.settled(seen);
    return this;
  }

  /// Goes on, as time does, until nothing is left to do or to wait for.
  Stage toTheEnd() {
    return toTheEnd(desired());
  }

  Stage toTheEnd(Desired desired) {
    for (var round = 0; round < MOST_ROUNDS; round++) {
      pass(desired);
      settle();
      var plan = plan(desired);
      if (plan.isEmpty() && plan.await().isEmpty()) {
        return this;
      }
      plan.await().ifPresent(await -> aws.pass(await.after().toSeconds()));
    }
    throw new AssertionError("no end: " + plan(desired));
  }

  String address() {
    return seen.ingress().toString();
  }

  String published() {
    return seen.published().orElseThrow().name();
  }
}
