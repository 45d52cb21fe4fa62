// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.desired;

import dev.fairway.cloud.annotation.AnnotationCatalogue;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.ServiceRef;
import dev.fairway.cloud.plan.Note;
import dev.fairway.manager.desired.ServiceView.PortStatus;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decides which Services of a group share its load balancer, and which of them gets which port.
/// The oldest claim wins: a port that is served stays with whom it is served for, as its status
/// tells; the others are given out by the age of the Services.
///
/// One object a decision.
final class Admission {
  private final LoadBalancerKey key;
  private final List<Wishes> oldestFirst;
  private final List<Ingress> present;
  private final AnnotationCatalogue catalogue;
  private final Map<String, ServiceRef> claims = new HashMap<>();
  private final Map<IpFamily, Wish> addresses = new LinkedHashMap<>();
  private final List<Admitted> admitted = new ArrayList<>();
  private final List<Share> shares = new ArrayList<>();

  private record Wish(String address, ServiceRef service) {}

  /// @param frontends the ports that it got
  record Admitted(Wishes wishes, List<Frontend> frontends) {}

  /// @param present where clients can connect to the load balancer of the group now
  Admission(
      LoadBalancerKey key,
      List<Wishes> oldestFirst,
      List<Ingress> present,
      AnnotationCatalogue catalogue) {
    this.key = key;
    this.oldestFirst = oldestFirst;
    this.present = List.copyOf(present);
    this.catalogue = catalogue;
    oldestFirst.forEach(this::claimServed);
    oldestFirst.forEach(this::judge);
  }

  /// Those that share the load balancer, oldest first.
  List<Admitted> admitted() {
    return admitted;
  }

  /// What became of each Service, oldest first.
  List<Share> shares() {
    return shares;
  }

  /// The addresses that were asked for.
  List<String> addresses() {
    return addresses.values().stream().map(Wish::address).toList();
  }

  // What a Service has of another load balancer, which it comes from, does not count here.
  private boolean isIn(ServiceView service) {
    return key.kind() == LoadBalancerKey.Kind.SERVICE
        ? service.served()
        : service.status().ingress().stream().anyMatch(present::contains);
  }

  // In a group that is shared, the status of a member lists the ports that are served for it.
  private void claimServed(Wishes wishes) {
    if (key.kind() != LoadBalancerKey.Kind.SHARED || !isIn(wishes.service())) {
      return;
    }
    var wanted = wishes.frontends().stream().map(Frontend::id).toList();
    wishes.service().status().ports().stream()
        .filter(port -> port.error().isEmpty())
        .map(PortStatus::id)
        .filter(wanted::contains)
        .forEach(id -> claims.putIfAbsent(id, wishes.service().ref()));
  }

  private void judge(Wishes wishes) {
    var notes = new ArrayList<>(wishes.notes());
    var errors = new ArrayList<>(wishes.errors());
    var frontends = new ArrayList<Frontend>();
    var refused = wishes.blocked() && !isIn(wishes.service());
    var consent = consent(wishes);
    consent.ifPresent(notes::add);
    if (!refused && consent.isEmpty()) {
      var clash = addressClash(wishes);
      clash.ifPresent(notes::add);
      refused = clash.isPresent();
      for (var frontend : refused ? List.<Frontend>of() : wishes.frontends()) {
        give(wishes, frontend, frontends, errors, notes);
      }
    }
    if (refused || consent.isPresent()) {
      refuse(wishes, errors, notes);
      return;
    }
    if (frontends.isEmpty() && !wishes.service().spec().ports().isEmpty()) {
      notes.replaceAll(Admission::decisive);
      if (!wishes.service().served() || key.kind() == LoadBalancerKey.Kind.SHARED) {
        refuse(wishes, errors, notes);
        return;
      }
    }
    notes.addAll(settingsLeftOut(wishes));
    wishes
        .addresses()
        .forEach(address ->
            addresses.putIfAbsent(family(address), new Wish(address, wishes.service().ref())));
    admitted.add(new Admitted(wishes, frontends));
    shares.add(new Share(wishes.service(), true, notes, statuses(frontends, errors)));
  }

  private void refuse(Wishes wishes, List<PortStatus> errors, List<Note> notes) {
    shares.add(new Share(wishes.service(), false, notes, errors));
  }

  // Where not one port can be served, each of the reasons is one not to serve at all.
  private static Note decisive(Note note) {
    return note.severity() == Note.Severity.WARNING && note.code().matches(Share.PORT_CODES)
        ? Note.blocking(note.code(), note.message(), note.fix())
        : note;
  }

  private void give(
      Wishes wishes,
      Frontend frontend,
      List<Frontend> frontends,
      List<PortStatus> errors,
      List<Note> notes) {
    var me = wishes.service().ref();
    var holder = claims.putIfAbsent(frontend.id(), me);
    if (holder == null || holder.equals(me)) {
      frontends.add(frontend);
      return;
    }
    notes.add(
        Note.warning(
            "PortConflict",
            "port %d/%s of load balancer %s is taken by Service %s"
                .formatted(frontend.port(), frontend.protocol(), key, holder),
            "choose another port, or another name in annotation " + CoreAnnotations.SHARE.key()));
    errors.add(
        new PortStatus(
            frontend.port(),
            frontend.protocol(),
            Optional.of(Wishes.ERROR_DOMAIN + "PortConflict")));
  }

  // Who is in already stays while nobody of the namespace is left to ask: whoever founded the group
  // may leave it first.
  private Optional<Note> consent(Wishes wishes) {
    var namespace = wishes.service().ref().namespace();
    if (namespace.equals(key.namespace())) {
      return Optional.empty();
    }
    var hosts =
        oldestFirst.stream()
            .map(Wishes::service)
            .filter(service -> service.ref().namespace().equals(key.namespace()))
            .toList();
    var permitted =
        hosts.isEmpty()
            ? (present.isEmpty() ? wishes.service().served() : isIn(wishes.service()))
            : hosts.stream().anyMatch(host -> permits(host, namespace));
    return permitted
        ? Optional.empty()
        : Optional.of(
            Note.blocking(
                "ShareNotPermitted",
                "load balancer %s is of another namespace, which does not permit that Services of"
                        .formatted(key)
                    + " namespace %s join".formatted(namespace),
                hosts.isEmpty()
                    ? "create a Service of that group in namespace %s with annotation %s: %s"
                        .formatted(key.namespace(), CoreAnnotations.SHARE_WITH.key(), namespace)
                    : "annotate Service %s with %s: %s"
                        .formatted(
                            hosts.getFirst().ref(), CoreAnnotations.SHARE_WITH.key(), namespace)));
  }

  private static boolean permits(ServiceView host, String namespace) {
    var list = CoreAnnotations.SHARE_WITH.read(host.annotations()).asOptional().orElse(List.of());
    return list.contains(namespace) || list.contains("*");
  }

  private Optional<Note> addressClash(Wishes wishes) {
    if (admitted.isEmpty()) {
      return Optional.empty();
    }
    for (var address : wishes.addresses()) {
      var other = settled(family(address)).filter(wish -> !wish.address().equals(address));
      if (other.isPresent()) {
        return Optional.of(
            Note.blocking(
                "AddressConflict",
                "address %s was asked for, but load balancer %s has %s, by Service %s"
                    .formatted(address, key, other.get().address(), other.get().service()),
                "ask for the same address, or leave the group"));
      }
    }
    return Optional.empty();
  }

  private Optional<Wish> settled(IpFamily family) {
    return Optional.ofNullable(addresses.get(family)).or(() -> present(family));
  }

  private Optional<Wish> present(IpFamily family) {
    return admitted.stream()
        .map(member -> member.wishes().service())
        .filter(this::isIn)
        .flatMap(service ->
            Wishes.presentAddresses(service).stream()
                .map(address -> new Wish(address, service.ref())))
        .filter(wish -> family(wish.address()) == family)
        .findFirst();
  }

  // Settings of the whole load balancer are those of the oldest member.
  private List<Note> settingsLeftOut(Wishes wishes) {
    if (admitted.isEmpty()) {
      return List.of();
    }
    var oldest = admitted.getFirst().wishes().service();
    return wishes.service().annotations().keySet().stream()
        .filter(catalogue::reads)
        .sorted()
        .filter(key ->
            !wishes
                .service()
                .annotations()
                .getOrDefault(key, "")
                .equals(oldest.annotations().getOrDefault(key, "")))
        .map(key ->
            Note.warning(
                "SharedSettingIgnored",
                "annotation %s does not count: load balancer %s is set up as its oldest Service %s"
                        .formatted(key, this.key, oldest.ref())
                    + " asks for",
                "set it there, or take it off here"))
        .toList();
  }

  private static List<PortStatus> statuses(List<Frontend> frontends, List<PortStatus> errors) {
    var all = new ArrayList<PortStatus>();
    frontends.forEach(frontend ->
        all.add(new PortStatus(frontend.port(), frontend.protocol(), Optional.empty())));
    all.addAll(errors);
    return all;
  }

  static IpFamily family(String address) {
    return Literals.parse(address).filter(Inet6Address.class::isInstance).isPresent()
        ? IpFamily.IPV6
        : IpFamily.IPV4;
  }
}
