// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.sim.remote;

import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.CloudProviderFactory;
import dev.fairway.cloud.ProviderContext;
import dev.fairway.cloud.annotation.AnnotationCatalogue;
import dev.fairway.testkit.sim.SimulatedProvider;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/// Makes `provider: simulated` known to a controller that has the testkit on its class path. The
/// setting `endpoint` says where the [CloudServer] is.
public final class SimulatedProviderFactory implements CloudProviderFactory {
  private static final String ENDPOINT = "endpoint";

  @Override
  public String name() {
    return SimulatedProvider.NAME;
  }

  @Override
  public AnnotationCatalogue annotations() {
    return SimulatedProvider.ANNOTATIONS;
  }

  @Override
  public Set<String> settings() {
    return Set.of(ENDPOINT);
  }

  @Override
  public CloudProvider<?, ?> create(ProviderContext context) {
    var endpoint =
        Optional.ofNullable(context.settings().get(ENDPOINT))
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "settings.endpoint: the URL of the simulated cloud is missing"));
    return new SimulatedProvider(new RemoteCloud(URI.create(endpoint)));
  }
}
