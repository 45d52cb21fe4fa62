// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.cloud.limit.Lane;
import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.Balancer;
import dev.fairway.aws.model.Fact;
import dev.fairway.aws.model.Listener;
import dev.fairway.aws.plan.Attributes;
import dev.fairway.aws.plan.AwsAction;
import dev.fairway.aws.spec.Tls;
import dev.fairway.cloud.error.CloudException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// Changes listeners. Their ARNs are read when they are needed and not known.
final class Listeners {
  private final Details details;
  private final ElbWrites writes;

  Listeners(Details details, ElbWrites writes) {
    this.details = details;
    this.writes = writes;
  }

  AwsObserved create(AwsAction.CreateListener wanted, AwsObserved seen, Lane lane) {
    var balancer = Seen.balancer(seen, wanted.balancer());
    var group = Seen.group(seen, wanted.group());
    try {
      var made = writes.create(wanted, balancer.arn(), group.arn(), lane);
      var listener = Views.listener(made, List.of(), new Fact.Known<>(Map.of()));
      return forwarding(
          seen.with(balancer.with(asAsked(listener, wanted.tls()))), balancer, listener);
    } catch (CloudException.Conflict e) {
      if (!Existing.code(e).startsWith("Duplicate")) {
        throw e;
      }
      return taken(wanted, seen, balancer, group.arn(), lane);
    }
  }

  // One of an earlier attempt, whose answer was lost; or one that somebody else made.
  private AwsObserved taken(
      AwsAction.CreateListener wanted,
      AwsObserved seen,
      Balancer balancer,
      String groupArn,
      Lane lane) {
    var read = balancer.with(new Fact.Known<>(details.listeners(balancer.arn(), lane)));
    var there = read.listener(wanted.port());
    if (there.isEmpty() || !there.get().targetGroup().equals(Optional.of(groupArn))) {
      throw new CloudException.Conflict(
          "another listener has port %d of load balancer %s"
              .formatted(wanted.port(), wanted.balancer()),
          null);
    }
    return forwarding(seen.with(read), balancer, there.get());
  }

  // The answer names the first certificate only.
  private static Listener asAsked(Listener made, Optional<Tls> wanted) {
    return made.withTls(
        wanted.map(
            tls -> new Tls(List.of(tls.certificates().getFirst()), tls.policy(), tls.alpn())));
  }

  AwsObserved modify(AwsAction.ModifyListener wanted, AwsObserved seen, Lane lane) {
    var balancer = read(Seen.balancer(seen, wanted.balancer()), lane);
    var group = Seen.group(seen, wanted.group());
    var before = listener(balancer, wanted.port());
    writes.modify(before.arn(), wanted.protocol(), wanted.tls(), group.arn(), lane);
    var others = before.tls().map(tls -> tls.certificates().subList(1, tls.certificates().size()));
    var after =
        new Listener(
            before.arn(),
            before.port(),
            wanted.protocol(),
            wanted.tls().map(tls -> withOthers(tls, others.orElse(List.of()))),
            Optional.of(group.arn()),
            before.attributes());
    return forwarding(seen.with(balancer.with(after)), balancer, after);
  }

  private static Tls withOthers(Tls wanted, Collection<String> others) {
    var certificates = new ArrayList<String>();
    certificates.add(wanted.certificates().getFirst());
    others.stream().filter(one -> !certificates.contains(one)).forEach(certificates::add);
    return new Tls(certificates, wanted.policy(), wanted.alpn());
  }

  AwsObserved delete(String name, int port, AwsObserved seen, Lane lane) {
    var balancer = read(Seen.balancer(seen, name), lane);
    var there = balancer.listener(port);
    there.ifPresent(one -> Existing.orGone(() -> writes.deleteListener(one.arn(), lane)));
    var target = there.flatMap(Listener::targetGroup);
    return seen.with(balancer.withoutListener(port))
        .withGroups(
            seen.groups().stream()
                .map(group ->
                    target.equals(Optional.of(group.arn()))
                        ? group.detachedFrom(balancer.arn())
                        : group)
                .toList());
  }

  AwsObserved attributes(
      String name, int port, Map<String, String> attributes, AwsObserved seen, Lane lane) {
    return change(
        name,
        port,
        seen,
        lane,
        listener -> {
          writes.setListenerAttributes(listener.arn(), attributes, lane);
          return listener.withAttributes(
              Facts.changed(Attributes.LISTENER, listener.attributes(), attributes));
        });
  }

  AwsObserved addCertificates(
      String name, int port, List<String> certificates, AwsObserved seen, Lane lane) {
    return change(
        name,
        port,
        seen,
        lane,
        listener -> {
          writes.addCertificates(listener.arn(), certificates, lane);
          return listener.withTls(
              listener
                  .tls()
                  .map(tls -> {
                    var others = new TreeSet<>(certificates);
                    others.addAll(tls.certificates().subList(1, tls.certificates().size()));
                    return withOthers(tls, others);
                  }));
        });
  }

  AwsObserved removeCertificates(
      String name, int port, List<String> certificates, AwsObserved seen, Lane lane) {
    return change(
        name,
        port,
        seen,
        lane,
        listener -> {
          writes.removeCertificates(listener.arn(), certificates, lane);
          return listener.withTls(
              listener
                  .tls()
                  .map(tls ->
                      withOthers(
                          tls,
                          tls.certificates().stream()
                              .filter(one -> !certificates.contains(one))
                              .toList())));
        });
  }

  private AwsObserved change(
      String name, int port, AwsObserved seen, Lane lane, UnaryOperator<Listener> change) {
    var balancer = read(Seen.balancer(seen, name), lane);
    return seen.with(balancer.with(change.apply(listener(balancer, port))));
  }

  private Balancer read(Balancer balancer, Lane lane) {
    return balancer.listeners().known().isPresent()
        ? balancer
        : balancer.with(new Fact.Known<>(details.listeners(balancer.arn(), lane)));
  }

  private static Listener listener(Balancer balancer, int port) {
    return balancer
        .listener(port)
        .orElseThrow(() ->
            new CloudException.Conflict(
                "load balancer %s does not listen on port %d".formatted(balancer.name(), port),
                null));
  }

  // A target group belongs to the load balancers whose listeners forward to it, and to no others.
  private static AwsObserved forwarding(AwsObserved seen, Balancer balancer, Listener listener) {
    var forwarded = new HashSet<String>();
    seen.balancer(balancer.name())
        .flatMap(one -> one.listeners().known())
        .orElse(List.of())
        .forEach(one -> one.targetGroup().ifPresent(forwarded::add));
    listener.targetGroup().ifPresent(forwarded::add);
    var known = seen.balancer(balancer.name()).flatMap(one -> one.listeners().known()).isPresent();
    return seen.withGroups(
        seen.groups().stream()
            .map(group -> {
              if (forwarded.contains(group.arn())) {
                return group.attachedTo(balancer.arn());
              }
              return known ? group.detachedFrom(balancer.arn()) : group;
            })
            .toList());
  }
}
