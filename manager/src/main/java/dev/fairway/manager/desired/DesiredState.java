// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.desired;

import dev.fairway.cloud.Capabilities;
import dev.fairway.cloud.model.AddressRequest;
import dev.fairway.cloud.model.Backends;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Note;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What should be for one load balancer group, and what each of its Services gets of it.
///
/// @param desired what should be, as far as it can be had
/// @param shares one for each Service that should be served, oldest first
/// @param frozen whether nothing must be touched until the user acts. Findings that block a Service
///   which is being served freeze, but for a load balancer whose address reaches the nodes as it
///   is: it keeps its address and goes on following the nodes, because nothing that is done for
///   that can let in anybody who was not let in before. A load balancer that is shared never
///   freezes: one member must not stop what the others need
public record DesiredState(Desired desired, List<Share> shares, boolean frozen) {
  private static final Comparator<ServiceView> OLDEST_FIRST =
      Comparator.comparing(ServiceView::createdAt)
          .thenComparing(service -> service.ref().toString());

  public DesiredState {
    shares = List.copyOf(shares);
  }

  /// The findings about all Services.
  public List<Note> notes() {
    return shares.stream().flatMap(share -> share.notes().stream()).toList();
  }

  /// Whether any Service cannot be served as it asks.
  public boolean blocked() {
    return shares.stream().anyMatch(Share::blocked);
  }

  public static DesiredState absent(LoadBalancerKey key) {
    return new DesiredState(new Desired.Absent(key), List.of(), false);
  }

  /// @param services the Services of the group that should be served; none means that nothing
  ///   should be there
  /// @param present where clients can connect to the load balancer now, as far as is known
  /// @param endpoints where Services are served
  /// @param can what the provider is able to do
  public static DesiredState of(
      LoadBalancerKey key,
      List<ServiceView> services,
      List<Ingress> present,
      Backends backends,
      EndpointView endpoints,
      Capabilities can) {
    var oldestFirst = services.stream().sorted(OLDEST_FIRST).toList();
    var pods =
        oldestFirst.stream().limit(1).anyMatch(first -> can.targetsPods(first.annotations()));
    var state = of(key, oldestFirst, present, backends, endpoints, pods, can);
    // The oldest may not be among those that are served; the oldest of these decides.
    return state.desired() instanceof Desired.Present wanted
            && can.targetsPods(wanted.annotations()) != pods
        ? of(key, oldestFirst, present, backends, endpoints, !pods, can)
        : state;
  }

  private static DesiredState of(
      LoadBalancerKey key,
      List<ServiceView> oldestFirst,
      List<Ingress> present,
      Backends backends,
      EndpointView endpoints,
      boolean pods,
      Capabilities can) {
    var wishes =
        oldestFirst.stream().map(service -> Wishes.of(service, endpoints, pods, can)).toList();
    var admission =
        new Admission(key, withoutNodes(wishes, backends, can), present, can.annotations());
    var admitted = admission.admitted();
    if (admitted.isEmpty()) {
      // What was made for a Service before it asked for the impossible waits for it to be mended.
      var begun =
          wishes.stream()
              .filter(wish -> wish.blocked() || wish.frontends().isEmpty())
              .anyMatch(wish -> wish.service().hasFinalizer());
      return new DesiredState(
          new Desired.Absent(key),
          admission.shares(),
          begun && key.kind() == LoadBalancerKey.Kind.SERVICE);
    }
    var oldest = admitted.getFirst().wishes();
    var wanted =
        new Desired.Present(
            key,
            admitted.stream().map(member -> member.wishes().service().ref()).toList(),
            admitted.stream().flatMap(member -> member.frontends().stream()).toList(),
            addresses(admission, can),
            backends,
            oldest.service().annotations(),
            oldest.service().labels());
    var follows =
        key.kind() == LoadBalancerKey.Kind.SHARED
            || (can.addressMode() == Capabilities.AddressMode.VIP
                && admitted.stream()
                    .anyMatch(
                        member -> !Wishes.presentAddresses(member.wishes().service()).isEmpty()));
    var blocked =
        admission.shares().stream().anyMatch(share -> share.admitted() && share.blocked());
    return new DesiredState(wanted, admission.shares(), blocked && !follows);
  }

  // The word of the reference controller. Who announces addresses tells more of it.
  private static List<Wishes> withoutNodes(
      List<Wishes> wishes, Backends backends, Capabilities can) {
    return !backends.targets().isEmpty() || can.addressMode() == Capabilities.AddressMode.VIP
        ? wishes
        : wishes.stream()
            .map(wish ->
                wish.with(
                    Note.warning(
                        "UnAvailableLoadBalancer",
                        "there are no available nodes for the load balancer",
                        "check that nodes are there and not excluded from load balancing")))
            .toList();
  }

  private static AddressRequest addresses(Admission admission, Capabilities can) {
    var members = admission.admitted().stream().map(Admission.Admitted::wishes).toList();
    var clear = members.stream().filter(wishes -> !wishes.blocked()).toList();
    var counting = clear.isEmpty() ? members : clear;
    // One that is blocked is a member only if it is served: it asks for nothing new, but keeps
    // that.
    var kept = members.stream().filter(Wishes::blocked);
    return new AddressRequest(
        Stream.concat(counting.stream(), kept)
            .flatMap(wishes -> wishes.families().stream())
            .distinct()
            .toList(),
        counting.stream().anyMatch(wishes -> wishes.service().spec().requireDualStack()),
        admission.addresses(),
        can.addressMode() != Capabilities.AddressMode.HOSTNAME
            ? members.stream()
                .flatMap(wishes -> Wishes.presentAddresses(wishes.service()).stream())
                .distinct()
                .toList()
            : List.of());
  }
}
