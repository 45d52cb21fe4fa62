// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud;

import dev.fairway.cloud.model.ClusterId;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// What a provider is given at its start.
///
/// @param cluster whose load balancers these are
/// @param settings the provider's own part of the configuration, and `kubeconfig` (a path) where
///   the controller was given one
/// @param events where to report changes that the controller cannot see
/// @param mayWrite whether this process may write now; to be asked before each write that is not
///   made in [CloudProvider#apply]
/// @param meters where to register metrics
/// @param clock the only source of time
public record ProviderContext(
    ClusterId cluster,
    Map<String, String> settings,
    ProviderEvents events,
    BooleanSupplier mayWrite,
    Meters meters,
    InstantSource clock) {
  public ProviderContext {
    settings = Map.copyOf(settings);
  }
}
