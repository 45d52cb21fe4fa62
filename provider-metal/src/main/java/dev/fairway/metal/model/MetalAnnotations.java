// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

import dev.fairway.cloud.annotation.AnnotationCatalogue;
import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Syntax;
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

  public static final AnnotationCatalogue CATALOGUE =
      new AnnotationCatalogue(List.of(POOL), Set.of());
}
