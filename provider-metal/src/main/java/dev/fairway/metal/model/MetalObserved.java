// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

import dev.fairway.cloud.Detail;
import dev.fairway.cloud.Observed;
import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.metal.model.Holding.Held;
import dev.fairway.metal.pool.IpAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The Vips of one load balancer, and the surroundings they were seen in.
///
/// Two are equal when the Vips are: the surroundings belong to all load balancers, what is held is
/// nobody's, and who answers is news of a moment.
///
/// @param vips ordered by address
/// @param held what is reserved for it, ordered by address
/// @param answering who said last that it answers for an address
/// @param conflicts the hardware addresses of foreign hosts that have an address
/// @param findings what a closer look has shown
public record MetalObserved(
    LoadBalancerKey key,
    List<VipView> vips,
    List<Held> held,
    Surroundings surroundings,
    Map<IpAddress, Answering> answering,
    Map<IpAddress, String> conflicts,
    List<Detail> findings)
    implements Observed {
  /// Without a closer look.
  public MetalObserved(
      LoadBalancerKey key,
      List<VipView> vips,
      List<Held> held,
      Surroundings surroundings,
      Map<IpAddress, Answering> answering,
      Map<IpAddress, String> conflicts) {
    this(key, vips, held, surroundings, answering, conflicts, List.of());
  }

  /// Nobody has said yet that it answers.
  public MetalObserved(
      LoadBalancerKey key, List<VipView> vips, List<Held> held, Surroundings surroundings) {
    this(key, vips, held, surroundings, Map.of(), Map.of());
  }

  public MetalObserved {
    answering = Map.copyOf(answering);
    conflicts = Map.copyOf(conflicts);
    findings = List.copyOf(findings);
    vips = vips.stream().sorted(Comparator.comparing(VipView::address)).toList();
    held = held.stream().sorted(Comparator.comparing(Held::address)).toList();
  }

  @Override
  public boolean exists() {
    return !vips.isEmpty();
  }

  @Override
  public List<Ingress> ingress() {
    return vips.stream()
        .filter(vip -> foreign(vip.address()).isEmpty())
        .<Ingress>map(vip -> new Ingress.Address(vip.address().toString(), Ingress.Mode.VIP))
        .toList();
  }

  @Override
  public List<Detail> details() {
    return Stream.concat(
            vips.stream()
                .map(vip ->
                    VipDetail.of(
                        vip,
                        Optional.ofNullable(answering.get(vip.address())),
                        conflict(vip.address()))),
            findings.stream())
        .toList();
  }

  /// With what a closer look has shown.
  public MetalObserved inspected(List<Detail> shown) {
    return new MetalObserved(key, vips, held, surroundings, answering, conflicts, shown);
  }

  /// The hardware address of a foreign host that claims an address.
  public Optional<String> conflict(IpAddress address) {
    return Optional.ofNullable(conflicts.get(address));
  }

  /// The same where no node of ours ever answered: that host was there first.
  public Optional<String> foreign(IpAddress address) {
    return answering.containsKey(address) ? Optional.empty() : conflict(address);
  }

  /// With this Vip as it is now.
  public MetalObserved with(VipView vip) {
    var rest = without(vip.address());
    return new MetalObserved(
        key,
        Stream.concat(rest.vips.stream(), Stream.of(vip)).toList(),
        rest.held,
        surroundings,
        answering,
        conflicts,
        findings);
  }

  /// The name of the pool that holds an address now.
  public Optional<String> poolOf(IpAddress address) {
    return surroundings.poolOf(address).map(PoolView::name);
  }

  public MetalObserved without(IpAddress address) {
    return new MetalObserved(
        key,
        vips.stream().filter(vip -> !vip.address().equals(address)).toList(),
        held.stream().filter(one -> !one.address().equals(address)).toList(),
        surroundings,
        answering,
        conflicts,
        findings);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MetalObserved that && key.equals(that.key) && vips.equals(that.vips);
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, vips);
  }
}
