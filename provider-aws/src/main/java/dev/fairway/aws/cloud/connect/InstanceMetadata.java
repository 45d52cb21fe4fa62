// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.connect;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.SdkSystemSetting;

/// What an EC2 instance can ask about itself (IMDSv2, EC2 User Guide "Instance metadata"). Away
/// from EC2, or where pods may not ask, there is no answer, which is an answer too. Takes a few
/// seconds at most.
public final class InstanceMetadata {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final Optional<URI> endpoint;

  /// @param endpoint empty to ask nobody
  InstanceMetadata(Optional<URI> endpoint) {
    this.endpoint = endpoint;
  }

  /// At its usual address, or as `AWS_EC2_METADATA_SERVICE_ENDPOINT` says, unless
  /// `AWS_EC2_METADATA_DISABLED` forbids it.
  public static InstanceMetadata ofThisMachine() {
    var disabled = SdkSystemSetting.AWS_EC2_METADATA_DISABLED.getBooleanValue().orElse(false);
    return new InstanceMetadata(
        disabled
            ? Optional.empty()
            : SdkSystemSetting.AWS_EC2_METADATA_SERVICE_ENDPOINT.getStringValue().map(URI::create));
  }

  /// The instance's Region; empty when nobody answers.
  public Optional<String> region() {
    return ask(session -> session.get("placement/region"));
  }

  /// The VPC of the instance's first network interface; empty when nobody answers.
  public Optional<String> vpc() {
    return ask(session -> {
      var mac = session.get("mac");
      return mac.isEmpty()
          ? mac
          : session.get("network/interfaces/macs/%s/vpc-id".formatted(mac.get()));
    });
  }

  private Optional<String> ask(Question question) {
    if (endpoint.isEmpty()) {
      return Optional.empty();
    }
    try (var http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build()) {
      var token = token(http, endpoint.get());
      return token.isEmpty() ? token : question.in(new Session(http, endpoint.get(), token.get()));
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Optional<String> token(HttpClient http, URI endpoint)
      throws IOException, InterruptedException {
    return send(
        http,
        HttpRequest.newBuilder(endpoint.resolve("/latest/api/token"))
            .header("X-aws-ec2-metadata-token-ttl-seconds", "60")
            .PUT(BodyPublishers.noBody()));
  }

  private static Optional<String> send(HttpClient http, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    var answer = http.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
    return answer.statusCode() == 200
        ? Optional.of(answer.body().strip()).filter(body -> !body.isEmpty())
        : Optional.empty();
  }

  private interface Question {
    Optional<String> in(Session session) throws IOException, InterruptedException;
  }

  private record Session(HttpClient http, URI endpoint, String token) {
    Optional<String> get(String path) throws IOException, InterruptedException {
      return send(
          http,
          HttpRequest.newBuilder(endpoint.resolve("/latest/meta-data/" + path))
              .header("X-aws-ec2-metadata-token", token));
    }
  }
}
