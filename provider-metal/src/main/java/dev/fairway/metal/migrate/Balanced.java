// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.migrate;

import dev.fairway.metal.pool.Family;
import dev.fairway.metal.pool.IpAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A Service of type LoadBalancer, as far as MetalLB and we look at it.
record Balanced(Manifest service) {
  /// Those that were made first come first, as in a group that shares an address.
  static final Comparator<Balanced> OLDEST_FIRST =
      Comparator.comparing((Balanced one) -> one.created()).thenComparing(Balanced::key);

  static final String ALLOCATED = "ip-allocated-from-pool";
  static final String POOL = "address-pool";
  static final String ADDRESSES = "loadBalancerIPs";
  static final String SHARE = "allow-shared-ip";
  static final String OUR_SHARE = "fairway.dev/share";

  // Of two with the same meaning, the first one counts; here as there.
  private static final List<String> PREFIXES = List.of("metallb.io/", "metallb.universe.tf/");

  // The same as what our Services may write.
  private static final Pattern SHARE_NAME =
      Pattern.compile("[A-Za-z0-9]([-._A-Za-z0-9]{0,61}[A-Za-z0-9])?");

  static boolean is(Manifest object) {
    return object.kind().equals("Service")
        && object.spec().text("type").filter("LoadBalancer"::equals).isPresent();
  }

  String key() {
    return service.namespace() + "/" + service.name();
  }

  private String created() {
    return service.part("metadata").text("creationTimestamp").orElse("");
  }

  Optional<String> loadBalancerClass() {
    return service.spec().text("loadBalancerClass");
  }

  /// Keys of MetalLB's annotations without their prefix, with the value that counts.
  Optional<String> theirs(String key) {
    return PREFIXES.stream()
        .map(prefix -> service.annotations().get(prefix + key))
        .flatMap(Stream::ofNullable)
        .findFirst();
  }

  /// All annotations of MetalLB's, with their prefix.
  List<String> theirKeys() {
    return service.annotations().keySet().stream()
        .filter(key -> PREFIXES.stream().anyMatch(key::startsWith))
        .toList();
  }

  static String withoutPrefix(String key) {
    return key.substring(key.indexOf('/') + 1);
  }

  /// What is in its status.
  List<IpAddress> addresses() {
    return ingress().stream()
        .flatMap(one -> one.text("ip").flatMap(IpAddress::parse).stream())
        .distinct()
        .toList();
  }

  List<String> hostNames() {
    return ingress().stream().flatMap(one -> one.text("hostname").stream()).toList();
  }

  private List<Manifest> ingress() {
    return service.part("status").part("loadBalancer").parts("ingress");
  }

  /// The families it is to have; empty where the API server has not said.
  List<Family> families() {
    return service.spec().list("ipFamilies").stream()
        .map(family -> family.equals("IPv6") ? Family.IPV6 : Family.IPV4)
        .toList();
  }

  boolean dualStack() {
    return service.spec().text("ipFamilyPolicy").filter(p -> !p.equals("SingleStack")).isPresent();
  }

  /// What it asks for by annotation, as written.
  Optional<List<String>> askedByAnnotation() {
    return Optional.ofNullable(service.annotations().get("fairway.dev/load-balancer-ips"))
        .or(() -> theirs(ADDRESSES))
        .map(list -> Arrays.stream(list.split(",")).map(String::strip).toList());
  }

  Optional<String> askedByField() {
    return service.spec().text("loadBalancerIP").filter(ip -> !ip.isEmpty());
  }

  Optional<String> askedPool() {
    return Optional.ofNullable(service.annotations().get("fairway.dev/address-pool"))
        .or(() -> theirs(POOL));
  }

  /// The name by which it would share an address with us; empty if it shares none.
  Optional<String> share() {
    return Optional.ofNullable(service.annotations().get(OUR_SHARE)).or(() -> theirs(SHARE));
  }

  boolean shareIsReadable() {
    return share()
        .map(name -> SHARE_NAME.matcher(name.substring(name.indexOf('/') + 1)).matches())
        .orElse(true);
  }

  /// The load balancer that it would be part of with us.
  String group() {
    return share()
        .filter(_ -> shareIsReadable())
        .map(name -> "shared:" + (name.contains("/") ? name : service.namespace() + "/" + name))
        .orElseGet(this::key);
  }
}
