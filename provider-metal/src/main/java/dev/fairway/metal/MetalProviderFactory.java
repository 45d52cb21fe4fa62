// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal;

import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.CloudProviderFactory;
import dev.fairway.cloud.ProviderContext;

/// Makes the metal provider.
public final class MetalProviderFactory implements CloudProviderFactory {
  @Override
  public String name() {
    return MetalProvider.NAME;
  }

  @Override
  public CloudProvider<?, ?> create(ProviderContext context) {
    return new MetalProvider(context);
  }
}
