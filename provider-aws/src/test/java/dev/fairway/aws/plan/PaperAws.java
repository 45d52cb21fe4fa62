// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.Balancer;
import dev.fairway.aws.model.Candidate;
import dev.fairway.aws.model.Fact;
import dev.fairway.aws.model.IngressRule;
import dev.fairway.aws.model.Listener;
import dev.fairway.aws.model.PortBlock;
import dev.fairway.aws.model.SecurityGroup;
import dev.fairway.aws.model.Surroundings;
import dev.fairway.aws.model.TargetGroup;
import dev.fairway.aws.model.TargetHealth;
import dev.fairway.aws.spec.TargetId;
import dev.fairway.aws.spec.Tls;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// AWS on paper: folds each action into what was seen, as if it had been carried out. What is made
/// later is younger.
final class PaperAws {
  private final List<String> told = new ArrayList<>();
  private final Map<String, List<Listener>> listeners = new HashMap<>();
  private static final String NODES = "sg-nodes";

  private final Map<String, Candidate> strangers = new HashMap<>();
  private long now = 1_000_000;
  private int made;

  long now() {
    return now;
  }

  void pass(long seconds) {
    now += seconds;
  }

  /// A load balancer of somebody else that can be looked at.
  void stranger(Candidate candidate) {
    strangers.put(candidate.balancer().arn(), candidate);
  }

  /// What was set by calls of its own: attributes, certificates, groups.
  List<String> told() {
    return told;
  }

  AwsObserved apply(AwsAction action, AwsObserved seen) {
    var after = carryOut(action, seen);
    after
        .balancers()
        .forEach(one -> one.listeners().known().ifPresent(all -> listeners.put(one.arn(), all)));
    return after;
  }

  private AwsObserved carryOut(AwsAction action, AwsObserved seen) {
    switch (action) {
      case AwsAction.SetBalancerAttributes _,
          AwsAction.SetListenerAttributes _,
          AwsAction.AddCertificates _,
          AwsAction.SetGroups _ ->
          told.add(action.summary());
      default -> {}
    }
    return switch (action) {
      case AwsAction.CreateBackendGroup(var name, var tags) -> {
        var group = new SecurityGroup("sg-backend", name, tags, Set.of());
        yield seen.within(around(seen, group, Optional.of(group.id())));
      }
      case AwsAction.OpenNodePorts(var blocks, _) -> open(blocks, seen);
      case AwsAction.CreateFrontGroup(var name, var tags) ->
          seen.with(new SecurityGroup("sg-" + name, name, tags, Set.of()));
      case AwsAction.AllowClients(var name, var rules) ->
          rules(name, seen, all -> plus(all, rules));
      case AwsAction.DenyClients(var name, var rules) ->
          rules(name, seen, all -> minus(all, rules));
      case AwsAction.DeleteFrontGroup(var name) ->
          seen.withFrontGroups(
              seen.frontGroups().stream().filter(one -> !one.name().equals(name)).toList());

      case AwsAction.CreateTargetGroup create -> seen.with(group(create));
      case AwsAction.ModifyHealthCheck(var name, var check) ->
          seen.with(group(seen, name).withCheck(check));
      case AwsAction.SetGroupAttributes(var name, var attributes) ->
          seen.with(
              group(seen, name)
                  .withAttributes(
                      changed(
                          Attributes.TARGET_GROUP, group(seen, name).attributes(), attributes)));
      case AwsAction.Register(var name, var targets) ->
          targets(name, seen, all -> plus(all, targets));
      case AwsAction.Deregister(var name, var targets) ->
          targets(name, seen, all -> minus(all, targets));
      case AwsAction.SyncTargets(var name, var targets) ->
          targets(name, seen, _ -> Set.copyOf(targets));
      case AwsAction.TagTargetGroup(var name, var tags, var removed) ->
          seen.with(group(seen, name).withTags(retagged(group(seen, name).tags(), tags, removed)));
      case AwsAction.DeleteTargetGroup(var name) -> delete(name, seen);

      case AwsAction.CreateBalancer create -> seen.with(balancer(create, seen));
      case AwsAction.SetBalancerAttributes(var name, var attributes) ->
          seen.with(
              balancer(seen, name)
                  .withAttributes(
                      changed(Attributes.BALANCER, balancer(seen, name).attributes(), attributes)));
      case AwsAction.SetAddressType(var name, var type) ->
          seen.with(balancer(seen, name).withAddressType(type));
      case AwsAction.SetSubnets(var name, var mappings, _) ->
          seen.with(balancer(seen, name).withMappings(mappings));
      case AwsAction.SetGroups(var name, var groups, _) ->
          seen.with(balancer(seen, name).withGroups(ids(groups, seen)));
      case AwsAction.TagBalancer(var name, var tags, var removed) ->
          seen.with(
              balancer(seen, name).withTags(retagged(balancer(seen, name).tags(), tags, removed)));
      case AwsAction.DeleteBalancer(var name) -> without(name, seen);
      case AwsAction.RetireBalancer(var name, _) ->
          seen.with(
              balancer(seen, name)
                  .withTags(
                      retagged(
                          balancer(seen, name).tags(),
                          Map.of(Tags.RETIRED, Long.toString(now)),
                          List.of())));
      case AwsAction.InspectBalancer(var arn, _, _) ->
          seen.with(Optional.ofNullable(strangers.get(arn)));
      case AwsAction.TakeOver take -> takeOver(take, seen);
      case AwsAction.ReleaseBalancer(var name, _) -> without(name, seen);

      case AwsAction.CreateListener create -> {
        var balancer = read(seen, create.balancer());
        if (balancer.listener(create.port()).isPresent()) {
          throw new IllegalStateException("DuplicateListener: " + create.summary());
        }
        yield listen(
            new Listener(
                balancer.arn() + "/" + create.port(),
                create.port(),
                create.protocol(),
                create.tls(),
                Optional.of(group(seen, create.group()).arn()),
                new Fact.Known<>(Map.of())),
            balancer,
            seen);
      }
      case AwsAction.ModifyListener modify -> {
        var balancer = read(seen, modify.balancer());
        var before = balancer.listener(modify.port()).orElseThrow();
        yield listen(
            new Listener(
                before.arn(),
                before.port(),
                modify.protocol(),
                modify.tls(),
                Optional.of(group(seen, modify.group()).arn()),
                before.attributes()),
            balancer,
            seen);
      }
      case AwsAction.DeleteListener(var name, var port) ->
          attached(seen.with(read(seen, name).withoutListener(port)));
      case AwsAction.SetListenerAttributes(var name, var port, var attributes) ->
          change(
              seen,
              name,
              port,
              one ->
                  one.withAttributes(changed(Attributes.LISTENER, one.attributes(), attributes)));
      case AwsAction.AddCertificates(var name, var port, var certificates) ->
          change(
              seen, name, port, one -> one.withTls(one.tls().map(tls -> with(tls, certificates))));
      case AwsAction.RemoveCertificates _ ->
          throw new IllegalStateException("not on this paper: " + action.summary());
    };
  }

  private static Tls with(Tls tls, List<String> certificates) {
    var all = new ArrayList<>(tls.certificates());
    certificates.stream().filter(one -> !all.contains(one)).forEach(all::add);
    return new Tls(all, tls.policy(), tls.alpn());
  }

  private AwsObserved change(
      AwsObserved seen, String name, int port, UnaryOperator<Listener> change) {
    var balancer = read(seen, name);
    return listen(change.apply(balancer.listener(port).orElseThrow()), balancer, seen);
  }

  // What was not read is read when it is needed.
  private Balancer read(AwsObserved seen, String name) {
    var balancer = balancer(seen, name);
    return balancer.listeners().known().isPresent()
        ? balancer
        : balancer.with(new Fact.Known<>(listeners.getOrDefault(balancer.arn(), List.of())));
  }

  private AwsObserved open(List<PortBlock> blocks, AwsObserved seen) {
    var backend = seen.around().backendGroup().orElseThrow();
    var rules = new HashSet<IngressRule>();
    blocks.forEach(block -> rules.add(block.rule(backend)));
    var before = seen.around().groups().get(NODES);
    rules.addAll(before == null ? Set.of() : before.ingress());
    return seen.within(
        around(seen, new SecurityGroup(NODES, NODES, Map.of(), rules), Optional.of(backend)));
  }

  private static Surroundings around(
      AwsObserved seen, SecurityGroup more, Optional<String> backend) {
    var groups = new HashMap<>(seen.around().groups());
    groups.put(more.id(), more);
    return new Surroundings(
        seen.around().vpcId(),
        seen.around().subnets(),
        groups,
        backend,
        groups.containsKey(NODES) ? Set.of(NODES) : Set.of(),
        seen.around().foreign(),
        seen.around().quotas());
  }

  private static AwsObserved rules(
      String name, AwsObserved seen, UnaryOperator<Set<IngressRule>> change) {
    var group = seen.frontGroup(name).orElseThrow();
    return seen.with(group.withIngress(change.apply(group.ingress())));
  }

  private static TargetGroup group(AwsAction.CreateTargetGroup create) {
    var group = create.group();
    return new TargetGroup(
        "arn-of-" + create.name(),
        create.name(),
        group.protocol(),
        group.type(),
        group.port(),
        group.ipv6(),
        "vpc-1",
        group.check(),
        Set.of(),
        create.tags(),
        new Fact.Known<>(Map.of()),
        new Fact.Known<>(Set.of()),
        List.of());
  }

  private Balancer balancer(AwsAction.CreateBalancer create, AwsObserved seen) {
    if (seen.balancer(create.name()).isPresent()) {
      throw new IllegalStateException("DuplicateLoadBalancerName: " + create.summary());
    }
    made++;
    return new Balancer(
        "arn-of-" + create.name(),
        create.name(),
        create.name() + ".example",
        made,
        "provisioning",
        create.scheme(),
        create.addressType(),
        "vpc-1",
        create.mappings(),
        ids(create.groups(), seen),
        create.tags(),
        new Fact.Known<>(Map.of()),
        new Fact.Known<>(List.of()));
  }

  private static List<String> ids(GroupSet groups, AwsObserved seen) {
    var ids = new ArrayList<>(groups.others());
    if (!groups.front().isEmpty()) {
      ids.add(seen.frontGroup(groups.front()).orElseThrow().id());
    }
    if (groups.backend()) {
      ids.add(seen.around().backendGroup().orElseThrow());
    }
    return ids;
  }

  private AwsObserved takeOver(AwsAction.TakeOver take, AwsObserved seen) {
    var candidate = Optional.ofNullable(strangers.get(take.arn())).orElseThrow();
    var balancer = candidate.balancer();
    var after = seen.with(balancer.withTags(retagged(balancer.tags(), take.tags(), List.of())));
    for (var group : candidate.groups()) {
      if (take.parts().contains(group.arn())) {
        after = after.with(group.withTags(retagged(group.tags(), take.tags(), List.of())));
      }
    }
    return after;
  }

  private static AwsObserved listen(Listener listener, Balancer balancer, AwsObserved seen) {
    var group =
        seen.groups().stream()
            .filter(one -> listener.targetGroup().equals(Optional.of(one.arn())))
            .findFirst()
            .orElseThrow();
    if (group.targets().known().map(Set::isEmpty).orElse(false)) {
      throw new IllegalStateException("a listener without targets: " + listener);
    }
    return attached(seen.with(balancer.with(listener)));
  }

  // A target group belongs to the load balancers whose listeners forward to it.
  private static AwsObserved attached(AwsObserved seen) {
    return seen.withGroups(
        seen.groups().stream()
            .map(group -> {
              var balancers = new HashSet<String>();
              for (var balancer : seen.balancers()) {
                if (balancer.listeners().known().orElseThrow().stream()
                    .anyMatch(one -> one.targetGroup().equals(Optional.of(group.arn())))) {
                  balancers.add(balancer.arn());
                }
              }
              return group.withBalancers(balancers);
            })
            .toList());
  }

  private static AwsObserved delete(String name, AwsObserved seen) {
    if (seen.group(name).map(one -> !one.balancers().isEmpty()).orElse(false)) {
      throw new IllegalStateException("ResourceInUse: " + name);
    }
    return seen.withGroups(seen.groups().stream().filter(one -> !one.name().equals(name)).toList());
  }

  private static AwsObserved without(String name, AwsObserved seen) {
    return attached(
        seen.withBalancers(
            seen.balancers().stream().filter(one -> !one.name().equals(name)).toList()));
  }

  private static AwsObserved targets(
      String name, AwsObserved seen, UnaryOperator<Set<TargetId>> change) {
    var group = group(seen, name);
    return seen.with(
        group.withTargets(
            new Fact.Known<>(change.apply(group.targets().known().orElse(Set.of())))));
  }

  /// All load balancers are active, and all targets are healthy.
  static AwsObserved settled(AwsObserved seen) {
    return healthy(
        seen.withBalancers(seen.balancers().stream().map(one -> one.withState("active")).toList()),
        "healthy");
  }

  static AwsObserved healthy(AwsObserved seen, String state) {
    return seen.withGroups(
        seen.groups().stream()
            .map(group ->
                group.withHealth(
                    group.targets().known().orElse(Set.of()).stream()
                        .map(target -> new TargetHealth(target, state, ""))
                        .toList()))
            .toList());
  }

  private static Balancer balancer(AwsObserved seen, String name) {
    return seen.balancer(name).orElseThrow(() -> new IllegalStateException("no " + name));
  }

  private static TargetGroup group(AwsObserved seen, String name) {
    return seen.group(name).orElseThrow(() -> new IllegalStateException("no " + name));
  }

  private static Fact<Map<String, String>> changed(
      Attributes kind, Fact<Map<String, String>> before, Map<String, String> changes) {
    var now = new HashMap<>(before.known().orElse(Map.of()));
    now.putAll(changes);
    return new Fact.Known<>(kind.nonDefault(now));
  }

  private static Map<String, String> retagged(
      Map<String, String> before, Map<String, String> added, Collection<String> removed) {
    var now = new HashMap<>(before);
    now.putAll(added);
    removed.forEach(now::remove);
    return now;
  }

  private static <T> Set<T> plus(Set<T> all, Collection<T> more) {
    var now = new HashSet<>(all);
    now.addAll(more);
    return now;
  }

  private static <T> Set<T> minus(Set<T> all, Collection<T> less) {
    var now = new HashSet<>(all);
    now.removeAll(Set.copyOf(less));
    return now;
  }
}
