// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.model;

import dev.fairway.aws.spec.AddressType;
import dev.fairway.aws.spec.Scheme;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A Network Load Balancer as it was seen.
///
/// @param created milliseconds since 1970
/// @param state `provisioning`, `active`, `active_impaired` or `failed`
/// @param mappings ordered by subnet
/// @param groups ids of its security groups, sorted; empty when it was made without
/// @param attributes those that are not at their default; see [dev.fairway.aws.plan.Attributes]
/// @param listeners ordered by port
public record Balancer(
    String arn,
    String name,
    String dnsName,
    long created,
    String state,
    Scheme scheme,
    AddressType addressType,
    String vpcId,
    List<SubnetMapping> mappings,
    List<String> groups,
    Map<String, String> tags,
    Fact<Map<String, String>> attributes,
    Fact<List<Listener>> listeners) {
  /// The tag on a load balancer that another one has replaced: when, in seconds since 1970.
  public static final String RETIRED = "fairway.dev/retired";

  public Balancer {
    mappings = mappings.stream().sorted(Comparator.comparing(SubnetMapping::subnetId)).toList();
    groups = groups.stream().sorted().toList();
    tags = Map.copyOf(tags);
  }

  public Optional<Listener> listener(int port) {
    return listeners.known().orElse(List.of()).stream()
        .filter(listener -> listener.port() == port)
        .findFirst();
  }

  /// When another one replaced it, in seconds since 1970; empty while it is in use. A tag that says
  /// nothing counts as long ago.
  public OptionalLong retiredAt() {
    var text = tags.get(RETIRED);
    if (text == null) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(text.matches("\\d{1,18}") ? Long.parseLong(text) : 0);
  }

  public boolean active() {
    return state.startsWith("active");
  }

  /// With this listener as it is now, where the listeners are known.
  public Balancer with(Listener listener) {
    return withListeners(all ->
        Stream.concat(
                all.stream().filter(one -> one.port() != listener.port()), Stream.of(listener))
            .sorted(Comparator.comparingInt(Listener::port))
            .toList());
  }

  public Balancer withoutListener(int port) {
    return withListeners(all -> all.stream().filter(one -> one.port() != port).toList());
  }

  private Balancer withListeners(UnaryOperator<List<Listener>> change) {
    return with(
        listeners instanceof Fact.Known<List<Listener>>(var all)
            ? new Fact.Known<>(change.apply(all))
            : listeners);
  }

  public Balancer with(Fact<List<Listener>> read) {
    return new Balancer(
        arn,
        name,
        dnsName,
        created,
        state,
        scheme,
        addressType,
        vpcId,
        mappings,
        groups,
        tags,
        attributes,
        read);
  }

  public Balancer withAttributes(Fact<Map<String, String>> read) {
    return new Balancer(
        arn,
        name,
        dnsName,
        created,
        state,
        scheme,
        addressType,
        vpcId,
        mappings,
        groups,
        tags,
        read,
        listeners);
  }

  public Balancer withTags(Map<String, String> now) {
    return new Balancer(
        arn,
        name,
        dnsName,
        created,
        state,
        scheme,
        addressType,
        vpcId,
        mappings,
        groups,
        now,
        attributes,
        listeners);
  }

  public Balancer withMappings(List<SubnetMapping> now) {
    return new Balancer(
        arn,
        name,
        dnsName,
        created,
        state,
        scheme,
        addressType,
        vpcId,
        now,
        groups,
        tags,
        attributes,
        listeners);
  }

  public Balancer withGroups(List<String> now) {
    return new Balancer(
        arn,
        name,
        dnsName,
        created,
        state,
        scheme,
        addressType,
        vpcId,
        mappings,
        now,
        tags,
        attributes,
        listeners);
  }

  public Balancer withAddressType(AddressType now) {
    return new Balancer(
        arn,
        name,
        dnsName,
        created,
        state,
        scheme,
        now,
        vpcId,
        mappings,
        groups,
        tags,
        attributes,
        listeners);
  }

  public Balancer withState(String now) {
    return new Balancer(
        arn,
        name,
        dnsName,
        created,
        now,
        scheme,
        addressType,
        vpcId,
        mappings,
        groups,
        tags,
        attributes,
        listeners);
  }
}
