// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack;

import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.CloudProviderFactory;
import dev.fairway.cloud.ProviderContext;
import dev.fairway.cloud.annotation.AnnotationCatalogue;
import dev.fairway.openstack.config.OpenStackSettings;
import dev.fairway.openstack.spec.OpenStackAnnotations;
import java.util.Map;
import java.util.Set;

/// `provider: openstack`.
public final class OpenStackProviderFactory implements CloudProviderFactory {
  @Override
  public String name() {
    return OpenStackProvider.NAME;
  }

  @Override
  public AnnotationCatalogue annotations() {
    return OpenStackAnnotations.CATALOGUE;
  }

  @Override
  public Set<String> settings() {
    return OpenStackSettings.keys();
  }

  @Override
  public void check(Map<String, String> settings) {
    var _ = OpenStackSettings.parse(settings).readCloudConf(System.getenv());
  }

  @Override
  public CloudProvider<?, ?> create(ProviderContext context) {
    return new OpenStackProvider(context);
  }
}
