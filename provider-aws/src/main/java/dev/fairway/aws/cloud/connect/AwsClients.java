// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.connect;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/// The clients of the services, for one Region. They send each request once: trying again is
/// decided where the whole is seen. Thread-safe.
public final class AwsClients implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(15);
  // An attempt, and fetching credentials before it.
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(25);

  private final Region region;
  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;
  private final ElasticLoadBalancingV2Client elb;
  private final Ec2Client ec2;

  AwsClients(Region region, Optional<URI> endpoint, AwsCredentialsProvider credentials) {
    this.region = region;
    this.credentials = credentials;
    this.http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT_TIMEOUT)
            .socketTimeout(ATTEMPT_TIMEOUT)
            .build();
    this.elb = configured(ElasticLoadBalancingV2Client.builder(), endpoint).build();
    this.ec2 = configured(Ec2Client.builder(), endpoint).build();
  }

  /// Finds the Region and makes the clients. Calls nothing but instance metadata, and that only
  /// when no Region is set. Credentials come from the SDK's default chain: environment, web
  /// identity, Pod Identity, profile, instance.
  ///
  /// @throws IllegalArgumentException when no Region is known; the message names the setting
  public static AwsClients connect(AwsSettings settings) {
    return new AwsClients(
        RegionDiscovery.ofThisMachine().region(settings.region()),
        settings.endpoint(),
        DefaultCredentialsProvider.builder().build());
  }

  public ElasticLoadBalancingV2Client elb() {
    return elb;
  }

  public Ec2Client ec2() {
    return ec2;
  }

  public Region region() {
    return region;
  }

  @Override
  public void close() {
    elb.close();
    ec2.close();
    http.close();
    if (credentials instanceof SdkAutoCloseable closeable) {
      closeable.close();
    }
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configured(
      B builder, Optional<URI> endpoint) {
    endpoint.ifPresent(builder::endpointOverride);
    return builder
        .region(region)
        .credentialsProvider(credentials)
        .httpClient(http)
        .overrideConfiguration(oneAttempt());
  }

  private static ClientOverrideConfiguration oneAttempt() {
    return ClientOverrideConfiguration.builder()
        .retryStrategy(AwsRetryStrategy.doNotRetry())
        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
        .apiCallTimeout(CALL_TIMEOUT)
        .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_PREFIX, product())
        .build();
  }

  private static String product() {
    var version = AwsClients.class.getPackage().getImplementationVersion();
    return "fairway/" + (version == null ? "dev" : version);
  }
}
