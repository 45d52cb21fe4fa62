// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal;

import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.CloudProviderFactory;
import dev.fairway.cloud.ProviderContext;
import dev.fairway.cloud.annotation.AnnotationCatalogue;
import dev.fairway.metal.cloud.MetalSettings;
import dev.fairway.metal.model.MetalAnnotations;
import java.util.Map;
import java.util.Set;

/// Makes the metal provider.
public final class MetalProviderFactory implements CloudProviderFactory {
  @Override
  public String name() {
    return MetalProvider.NAME;
  }

  @Override
  public AnnotationCatalogue annotations() {
    return MetalAnnotations.CATALOGUE;
  }

  @Override
  public Set<String> settings() {
    return MetalSettings.KEYS;
  }

  @Override
  public void check(Map<String, String> settings) {
    MetalSettings.of(settings);
  }

  @Override
  public CloudProvider<?, ?> create(ProviderContext context) {
    return new MetalProvider(context);
  }
}
