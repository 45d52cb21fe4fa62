// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws;

import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/// LocalStack in a container of its own. The only class that knows Testcontainers, so that nothing
/// of it is loaded unless it is selected.
final class LocalStackServer implements AwsEmulator {
  private static final String IMAGE = "localstack/localstack:latest";
  private static final String IMAGE_VARIABLE = "FAIRWAY_LOCALSTACK_IMAGE";

  private final LocalStackContainer container;

  private LocalStackServer(LocalStackContainer container) {
    this.container = container;
  }

  /// Whether there is something to ask for a container; whether it gives one shows at the start.
  static boolean dockerIsThere() {
    return Optional.ofNullable(System.getenv("DOCKER_HOST")).isPresent()
        || Stream.of(
                "/var/run/docker.sock",
                System.getenv("XDG_RUNTIME_DIR") + "/docker.sock",
                System.getProperty("user.home") + "/.docker/run/docker.sock")
            .map(Path::of)
            .anyMatch(Files::isWritable);
  }

  static LocalStackServer start(String token) {
    var image =
        DockerImageName.parse(Optional.ofNullable(System.getenv(IMAGE_VARIABLE)).orElse(IMAGE))
            .asCompatibleSubstituteFor("localstack/localstack");
    var container =
        new LocalStackContainer(image)
            .withServices("elbv2", "ec2", "sts", "acm")
            .withEnv(AwsEndpoint.TOKEN, token);
    container.start();
    return new LocalStackServer(container);
  }

  @Override
  public URI uri() {
    return container.getEndpoint();
  }

  @Override
  public void reset() {
    var status = ExternalServer.ask(uri(), "POST", "/_localstack/state/reset");
    if (status.filter(code -> code == HttpURLConnection.HTTP_OK).isEmpty()) {
      throw new IllegalStateException("LocalStack did not reset: " + status);
    }
  }

  @Override
  public void close() {
    container.close();
  }
}
