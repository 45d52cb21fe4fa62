// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.metal.failover.OwnerList;
import dev.fairway.metal.heartbeat.OwnedVip;
import dev.fairway.metal.model.AnnouncementView;
import dev.fairway.metal.model.Answering;
import dev.fairway.metal.model.Hold;
import dev.fairway.metal.model.Holding;
import dev.fairway.metal.model.InterfaceSelector;
import dev.fairway.metal.model.PoolRules;
import dev.fairway.metal.model.Selector;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.pool.Family;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.PoolSpec;
import dev.fairway.metal.pool.Reservation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Between custom resources, in which anything may be missing, and views, in which nothing is.
final class Resources {
  static final String GROUP = "fairway.dev";
  static final String VERSION = "v1alpha1";

  private Resources() {}

  /// A Vip that cannot be read belongs to nobody we know: empty.
  static Optional<Holding> holding(VipResource resource) {
    var spec = resource.getSpec();
    if (spec == null || spec.address() == null || spec.loadBalancer() == null) {
      return Optional.empty();
    }
    try {
      var key = LoadBalancerKey.parse(spec.loadBalancer());
      return IpAddress.parse(spec.address()).map(address -> holding(key, address, spec));
    } catch (IllegalArgumentException | DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private static Holding holding(LoadBalancerKey key, IpAddress address, VipResource.VipSpec spec) {
    var pool = Optional.ofNullable(spec.pool()).orElse("");
    var successor = Optional.ofNullable(spec.handOverTo()).map(LoadBalancerKey::parse);
    if (spec.heldUntil() != null && spec.foreignMac() != null) {
      return new Holding.Quarantined(
          address, pool, key, spec.foreignMac(), Instant.parse(spec.heldUntil()));
    }
    if (spec.heldUntil() != null) {
      return new Holding.Held(
          address, pool, key, successor.orElse(key), Instant.parse(spec.heldUntil()));
    }
    var hold =
        Optional.ofNullable(spec.holdSeconds())
            .map(seconds -> new Hold(Duration.ofSeconds(seconds), successor));
    return new Holding.InUse(
        key,
        new VipView(
            address,
            pool,
            list(spec.owners()),
            list(spec.ownerAddresses()),
            ownersVersion(spec),
            list(spec.interfaces()),
            hold));
  }

  static VipResource vip(LoadBalancerKey key, VipView view) {
    var resource = named(new VipResource(), name(view.address()));
    resource.setSpec(
        new VipResource.VipSpec(
            view.address().toString(),
            view.pool(),
            key.toString(),
            view.owners(),
            view.ownerAddresses(),
            view.ownersVersion(),
            view.interfaces(),
            view.hold().map(hold -> hold.time().toSeconds()).orElse(null),
            successor(view.hold()),
            null,
            null));
    return resource;
  }

  /// What the speaker wrote; empty while nobody answers.
  static Optional<Answering> answering(VipResource resource) {
    return Optional.ofNullable(resource.getStatus())
        .filter(status -> status.announcedBy() != null)
        .map(status ->
            new Answering(
                text(status.announcedBy()),
                text(status.mac()),
                text(status.interfaceName()),
                text(status.since()),
                text(status.reason()),
                status.ownersVersion() != null
                    && resource.getSpec() != null
                    && status.ownersVersion() == ownersVersion(resource.getSpec())));
  }

  static long ownersVersion(VipResource.@Nullable VipSpec spec) {
    return spec == null || spec.ownersVersion() == null ? 0 : spec.ownersVersion();
  }

  /// Who may answer for it, as speakers need it.
  static OwnedVip owned(VipView vip, VipResource resource) {
    return new OwnedVip(
        new OwnerList(vip.address(), vip.ownersVersion(), vip.owners(), probed(resource)),
        new HashSet<>(vip.interfaces()));
  }

  static boolean probed(VipResource resource) {
    var status = resource.getStatus();
    return status != null && (Boolean.TRUE.equals(status.probed()) || status.announcedBy() != null);
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  /// What changes in a Vip over its life, as a merge patch of its `spec`.
  static Map<String, @Nullable Object> changes(LoadBalancerKey key, VipView view) {
    var spec = new LinkedHashMap<String, @Nullable Object>();
    spec.put("loadBalancer", key.toString());
    if (!view.pool().isEmpty()) {
      spec.put("pool", view.pool());
    }
    spec.put("owners", view.owners());
    spec.put("ownerAddresses", view.ownerAddresses());
    spec.put("ownersVersion", view.ownersVersion());
    spec.put("interfaces", view.interfaces());
    spec.put("holdSeconds", view.hold().map(hold -> hold.time().toSeconds()).orElse(null));
    spec.put("handOverTo", successor(view.hold()));
    spec.put("heldUntil", null);
    return spec;
  }

  /// What makes a Vip in use one that is held, as a merge patch of its `spec`.
  static Map<String, @Nullable Object> held(LoadBalancerKey key, Hold hold, Instant until) {
    var spec = new LinkedHashMap<String, @Nullable Object>();
    spec.put("loadBalancer", key.toString());
    spec.put("owners", List.of());
    spec.put("ownerAddresses", List.of());
    spec.put("holdSeconds", hold.time().toSeconds());
    spec.put("handOverTo", successor(Optional.of(hold)));
    spec.put("heldUntil", until.truncatedTo(ChronoUnit.SECONDS).toString());
    return spec;
  }

  /// What makes a Vip in use one that is nobody's because a foreign host has its address, likewise.
  static Map<String, @Nullable Object> quarantined(
      LoadBalancerKey key, String mac, Duration time, Instant until) {
    var spec = held(key, new Hold(time, Optional.empty()), until);
    spec.put("foreignMac", mac);
    return spec;
  }

  /// The hardware address of a foreign host that has the address; empty if there is none.
  static Optional<String> conflict(VipResource resource) {
    return Optional.ofNullable(resource.getStatus())
        .flatMap(status -> Optional.ofNullable(status.conflict()));
  }

  private static @Nullable String successor(Optional<Hold> hold) {
    return hold.flatMap(Hold::successor).map(LoadBalancerKey::toString).orElse(null);
  }

  /// The object name that stands for an address: the address itself, or, as a name has no colons,
  /// the 32 digits of an IPv6 address with a dash between each four.
  static String name(IpAddress address) {
    return address.family() == Family.IPV4
        ? address.toString()
        : "%016x%016x".formatted(address.high(), address.low()).replaceAll("(.{4})(?!$)", "$1-");
  }

  static PoolSpec pool(AddressPoolResource resource) {
    var meta = resource.getMetadata();
    var spec = resource.getSpec();
    return new PoolSpec(
        meta.getName(),
        created(resource),
        spec == null ? List.of() : list(spec.addresses()),
        spec == null ? List.of() : list(spec.avoid()),
        spec != null && Boolean.TRUE.equals(spec.avoidBuggyIps()));
  }

  static PoolRules rules(AddressPoolResource resource) {
    var spec = resource.getSpec();
    return spec == null
        ? PoolRules.forEverybody(true)
        : new PoolRules(
            !Boolean.FALSE.equals(spec.autoAssign()),
            Optional.ofNullable(spec.priority()).orElse(0),
            new HashSet<>(list(spec.namespaces())),
            selectors(spec.namespaceSelectors()),
            selectors(spec.serviceSelectors()));
  }

  static boolean asksForNamespaceLabels(AddressPoolResource resource) {
    return resource.getSpec() != null && !list(resource.getSpec().namespaceSelectors()).isEmpty();
  }

  static Reservation reservation(AddressReservationResource resource) {
    var spec = resource.getSpec();
    return new Reservation(
        resource.getMetadata().getName(),
        created(resource),
        spec == null ? List.of() : list(spec.addresses()),
        Optional.ofNullable(spec).flatMap(one -> Optional.ofNullable(one.namespace())),
        Optional.ofNullable(spec).flatMap(one -> Optional.ofNullable(one.service())));
  }

  private static Instant created(HasMetadata resource) {
    return Optional.ofNullable(resource.getMetadata().getCreationTimestamp())
        .map(Instant::parse)
        .orElse(Instant.EPOCH);
  }

  static AnnouncementView announcement(AnnouncementResource resource) {
    var spec = resource.getSpec();
    var name = resource.getMetadata().getName();
    return spec == null
        ? new AnnouncementView(name, Set.of(), Selector.EVERYTHING, List.of())
        : new AnnouncementView(
            name,
            new HashSet<>(list(spec.pools())),
            selector(spec.nodeSelector()),
            selectors(spec.serviceSelectors()),
            interfaces(spec.l2()),
            list(spec.preferredNodes()).stream()
                .map(one ->
                    new AnnouncementView.Preference(
                        Optional.ofNullable(one.weight()).orElse(1), selector(one.nodeSelector())))
                .toList());
  }

  // A pattern that cannot be read selects nothing; the status says so.
  private static InterfaceSelector interfaces(AnnouncementResource.@Nullable L2 l2) {
    return l2 == null
        ? InterfaceSelector.BY_SUBNET
        : new InterfaceSelector(
            list(l2.interfaces()).isEmpty() && list(l2.interfacePatterns()).isEmpty(),
            list(l2.interfaces()),
            list(l2.interfacePatterns()).stream()
                .flatMap(pattern -> pattern(pattern).stream())
                .toList());
  }

  private static Optional<Pattern> pattern(String text) {
    try {
      return Optional.of(Pattern.compile(text));
    } catch (PatternSyntaxException _) {
      return Optional.empty();
    }
  }

  /// Those of its patterns that cannot be read.
  static List<String> unreadablePatterns(AnnouncementResource resource) {
    var l2 = resource.getSpec() == null ? null : resource.getSpec().l2();
    return l2 == null
        ? List.of()
        : list(l2.interfacePatterns()).stream().filter(text -> pattern(text).isEmpty()).toList();
  }

  private static List<Selector> selectors(@Nullable List<LabelSelector> selectors) {
    return list(selectors).stream().map(Resources::selector).toList();
  }

  private static Selector selector(@Nullable LabelSelector selector) {
    return selector == null
        ? Selector.EVERYTHING
        : new Selector(
            selector.getMatchLabels() == null ? Map.of() : selector.getMatchLabels(),
            list(selector.getMatchExpressions()).stream().map(Resources::expression).toList());
  }

  private static Selector.Expression expression(LabelSelectorRequirement requirement) {
    var operator =
        switch (requirement.getOperator()) {
          case "In" -> Selector.Operator.IN;
          case "NotIn" -> Selector.Operator.NOT_IN;
          case "Exists" -> Selector.Operator.EXISTS;
          case "DoesNotExist" -> Selector.Operator.DOES_NOT_EXIST;
          // The schema admits no other; to select nothing is the safe reading.
          default -> Selector.Operator.IN;
        };
    return new Selector.Expression(
        requirement.getKey(),
        operator,
        list(requirement.getValues()).stream().collect(Collectors.toSet()));
  }

  /// A stand-in that says which object is meant: with one, the client patches without reading
  /// before.
  static <T extends HasMetadata> T named(T empty, String name) {
    empty.setMetadata(new ObjectMetaBuilder().withName(name).build());
    return empty;
  }

  static <T> List<T> list(@Nullable List<T> value) {
    return value == null ? List.of() : value;
  }
}
