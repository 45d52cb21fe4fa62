// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

import dev.fairway.cloud.annotation.AnnotationCatalogue;
import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Syntax;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// The annotations of the metal provider. MetalLB's are accepted for ever, so that nobody has to
/// edit Services to move.
public final class MetalAnnotations {
  private MetalAnnotations() {}

  public static final AnnotationSpec<String> POOL =
      new AnnotationSpec<>(
          "fairway.dev/address-pool",
          List.of("metallb.io/address-pool", "metallb.universe.tf/address-pool"),
          Syntax.name("the name of an AddressPool"),
          "any pool with `autoAssign: true`",
          "Takes the address from this pool, and moves to it when it is changed.",
          "public");

  public static final AnnotationSpec<Duration> HOLD =
      new AnnotationSpec<>(
          "fairway.dev/hold-address",
          List.of(),
          Durations.upTo(Duration.ofDays(365)),
          "not at all",
          "How long the address stays reserved when the Service is deleted or is no load balancer any"
              + " more: for a Service of the same namespace and name, or of the same share.",
          "24h");

  public static final AnnotationSpec<ServiceName> HAND_OVER =
      new AnnotationSpec<>(
          "fairway.dev/hand-over-address-to",
          List.of(),
          ServiceName.SYNTAX,
          "nobody",
          "Who alone may have the address when this Service lets go of it, be it that it is deleted,"
              + " is no load balancer any more or asks for another address. It is held for the"
              + " successor for as long as `fairway.dev/hold-address` says, or an hour.",
          "shop/web-2");

  /// For how long an address is held for a successor when nothing was said.
  public static final Duration HAND_OVER_TIME = Duration.ofHours(1);

  public static final AnnotationCatalogue CATALOGUE =
      new AnnotationCatalogue(List.of(POOL, HOLD, HAND_OVER), Set.of());
}
