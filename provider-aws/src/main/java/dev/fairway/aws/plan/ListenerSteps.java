// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.Balancer;
import dev.fairway.aws.model.Fact;
import dev.fairway.aws.model.Listener;
import dev.fairway.aws.model.Sorted;
import dev.fairway.aws.model.TargetGroup;
import dev.fairway.aws.plan.AwsAction.AddCertificates;
import dev.fairway.aws.plan.AwsAction.CreateListener;
import dev.fairway.aws.plan.AwsAction.DeleteListener;
import dev.fairway.aws.plan.AwsAction.ModifyListener;
import dev.fairway.aws.plan.AwsAction.RemoveCertificates;
import dev.fairway.aws.plan.AwsAction.SetListenerAttributes;
import dev.fairway.aws.spec.ListenerSpec;
import dev.fairway.aws.spec.Tls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The steps that bring the listeners of a load balancer to what they should be.
final class ListenerSteps {
  private ListenerSteps() {}

  /// Whether more than its creation is needed: then nothing is promised before all is done.
  static boolean takesSeveralCalls(ListenerSpec listener) {
    return !others(listener.tls()).isEmpty()
        || !Attributes.LISTENER.nonDefault(listener.attributes()).isEmpty();
  }

  /// What a tag of the target group promises of the listener.
  static String digest(ListenerSpec listener) {
    var parts = new ArrayList<String>();
    parts.add(listener.id());
    listener
        .tls()
        .ifPresent(tls -> {
          parts.addAll(tls.certificates());
          parts.add(tls.policy());
          parts.add(tls.alpn().orElse(""));
        });
    parts.add(Tags.attributesDigest(Attributes.LISTENER.nonDefault(listener.attributes())));
    return Tags.digest(parts);
  }

  static List<AwsAction> bring(Goal goal) {
    var steps = new ArrayList<AwsAction>();
    for (var listener : goal.spec().listeners()) {
      bring(goal, listener, steps);
    }
    return steps;
  }

  /// Those that should not be there go. Before others come, which counts at the limit of listeners.
  static List<AwsAction> remove(Goal goal) {
    var wanted =
        goal.spec().listeners().stream().map(ListenerSpec::port).collect(Collectors.toSet());
    return goal.current().stream()
        .flatMap(balancer -> ports(goal.seen(), balancer))
        .filter(port -> !wanted.contains(port))
        .distinct()
        .sorted()
        .<AwsAction>map(port -> new DeleteListener(goal.balancer(), port))
        .toList();
  }

  // Where the listeners were not read, the target groups tell of them. On a load balancer that is
  // not ours, listeners for target groups that are not ours are none of our business.
  static Stream<Integer> ports(AwsObserved seen, Balancer balancer) {
    var ofGroups =
        attached(seen, balancer).flatMap(group -> Tags.listenerPort(group.tags()).stream());
    if (balancer.listeners().known().isEmpty()) {
      return ofGroups;
    }
    var ours = attached(seen, balancer).map(TargetGroup::arn).collect(Collectors.toSet());
    var adopted = balancer.tags().containsKey(Tags.ADOPTED);
    return balancer.listeners().known().orElse(List.of()).stream()
        .filter(one -> !adopted || one.targetGroup().map(ours::contains).orElse(false))
        .map(Listener::port);
  }

  private static Stream<TargetGroup> attached(AwsObserved seen, Balancer balancer) {
    return seen.groups().stream().filter(group -> group.balancers().contains(balancer.arn()));
  }

  private static void bring(Goal goal, ListenerSpec wanted, List<AwsAction> steps) {
    var balancer = goal.current();
    if (balancer.isEmpty()) {
      create(goal, wanted, steps);
    } else if (balancer.get().listeners() instanceof Fact.Known<List<Listener>>) {
      adjust(goal, balancer.get().listener(wanted.port()), wanted, steps);
    } else {
      adjustUnread(goal, balancer.get(), wanted, steps);
    }
  }

  private static void create(Goal goal, ListenerSpec wanted, List<AwsAction> steps) {
    steps.add(
        new CreateListener(
            goal.balancer(),
            wanted.port(),
            wanted.protocol(),
            wanted.tls(),
            goal.groupName(wanted),
            goal.listenerTags(wanted)));
    addCertificates(goal, wanted, others(wanted.tls()), steps);
    setAttributes(goal, wanted, new Fact.Known<>(Map.of()), steps);
  }

  private static void adjust(
      Goal goal, Optional<Listener> there, ListenerSpec wanted, List<AwsAction> steps) {
    if (there.isEmpty()) {
      create(goal, wanted, steps);
      return;
    }
    var listener = there.get();
    var group = goal.seen().group(goal.groupName(wanted)).map(TargetGroup::arn);
    if (group.isEmpty()
        || !listener.targetGroup().equals(group)
        || listener.protocol() != wanted.protocol()
        || !head(listener.tls()).equals(head(wanted.tls()))) {
      steps.add(modify(goal, wanted));
    }
    var has = others(listener.tls());
    var shouldHave = others(wanted.tls());
    addCertificates(goal, wanted, Sorted.minus(shouldHave, has), steps);
    var tooMany = Sorted.minus(has, shouldHave);
    if (!tooMany.isEmpty() && wanted.tls().isPresent()) {
      steps.add(new RemoveCertificates(goal.balancer(), wanted.port(), tooMany));
    }
    setAttributes(goal, wanted, listener.attributes(), steps);
  }

  // The tag of an attached target group promises what its listener is.
  private static void adjustUnread(
      Goal goal, Balancer balancer, ListenerSpec wanted, List<AwsAction> steps) {
    var serving =
        attached(goal.seen(), balancer)
            .filter(group ->
                Tags.listenerPort(group.tags()).map(port -> port == wanted.port()).orElse(false))
            .toList();
    if (serving.isEmpty()) {
      create(goal, wanted, steps);
      return;
    }
    var asPromised =
        serving.stream()
            .anyMatch(group ->
                group.name().equals(goal.groupName(wanted))
                    && digest(wanted).equals(group.tags().get(Tags.LISTENER)));
    if (!asPromised) {
      steps.add(modify(goal, wanted));
      addCertificates(goal, wanted, others(wanted.tls()), steps);
      setAttributes(goal, wanted, new Fact.Unread<>(), steps);
    }
  }

  private static AwsAction modify(Goal goal, ListenerSpec wanted) {
    return new ModifyListener(
        goal.balancer(), wanted.port(), wanted.protocol(), wanted.tls(), goal.groupName(wanted));
  }

  private static void addCertificates(
      Goal goal, ListenerSpec wanted, List<String> missing, List<AwsAction> steps) {
    if (!missing.isEmpty()) {
      steps.add(new AddCertificates(goal.balancer(), wanted.port(), missing));
    }
  }

  private static void setAttributes(
      Goal goal, ListenerSpec wanted, Fact<Map<String, String>> seen, List<AwsAction> steps) {
    // All that is not at its default was asked for: nobody sets listener attributes by hand.
    var before = seen.known().map(Map::keySet).orElse(Set.of());
    var changes = Attributes.LISTENER.changes(wanted.attributes(), seen, before);
    if (!changes.isEmpty()) {
      steps.add(new SetListenerAttributes(goal.balancer(), wanted.port(), changes));
    }
  }

  // Everything but the certificates beyond the first: those are changed apart.
  private static Optional<Tls> head(Optional<Tls> tls) {
    return tls.map(
        all -> new Tls(List.of(all.certificates().getFirst()), all.policy(), all.alpn()));
  }

  private static List<String> others(Optional<Tls> tls) {
    return tls.map(all -> all.certificates().subList(1, all.certificates().size()))
        .orElse(List.of());
  }
}
