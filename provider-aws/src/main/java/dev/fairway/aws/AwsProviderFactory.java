// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws;

import dev.fairway.aws.cloud.connect.AwsSettings;
import dev.fairway.aws.spec.AwsAnnotations;
import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.CloudProviderFactory;
import dev.fairway.cloud.ProviderContext;
import dev.fairway.cloud.annotation.AnnotationCatalogue;
import java.util.Set;

/// `provider: aws`.
public final class AwsProviderFactory implements CloudProviderFactory {
  @Override
  public String name() {
    return AwsProvider.NAME;
  }

  @Override
  public AnnotationCatalogue annotations() {
    return AwsAnnotations.CATALOGUE;
  }

  @Override
  public Set<String> settings() {
    return AwsSettings.keys();
  }

  @Override
  public CloudProvider<?, ?> create(ProviderContext context) {
    return new AwsProvider(context);
  }
}
