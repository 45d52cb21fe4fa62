// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Which AWS the tests and the lab talk to. The environment's `FAIRWAY_AWS` selects it: `moto`
/// (also when it is not set), `localstack` or `external`.
public sealed interface AwsEndpoint {
  String SWITCH = "FAIRWAY_AWS";
  String EXTERNAL = "FAIRWAY_AWS_ENDPOINT";
  String TOKEN = "LOCALSTACK_AUTH_TOKEN";

  /// The emulator of the launcher.
  record Moto() implements AwsEndpoint {}

  /// In a container.
  ///
  /// @param token without which it does not start
  record LocalStack(String token) implements AwsEndpoint {
    /// Without the token.
    @Override
    public String toString() {
      return "LocalStack";
    }
  }

  /// Some other emulator, started by somebody else. Not AWS itself: calls are not signed anew.
  record External(URI uri) implements AwsEndpoint {}

  /// What the environment of this process selects.
  static AwsEndpoint fromEnvironment() {
    return from(System.getenv());
  }

  /// What `environment` selects, on this machine.
  static AwsEndpoint from(Map<String, String> environment) {
    return select(environment, LocalStackServer::dockerIsThere);
  }

  /// @param docker asked only when it matters
  /// @throws IllegalStateException with one line that names what is wrong or missing
  static AwsEndpoint select(Map<String, String> environment, BooleanSupplier docker) {
    var selected = environment.getOrDefault(SWITCH, "moto");
    return switch (selected) {
      case "moto" -> new Moto();
      case "localstack" -> localStack(given(environment, TOKEN), docker);
      case "external" -> external(given(environment, EXTERNAL));
      default ->
          throw new IllegalStateException(
              "%s: '%s' is not one of moto, localstack, external".formatted(SWITCH, selected));
    };
  }

  private static Optional<String> given(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private static LocalStack localStack(Optional<String> token, BooleanSupplier docker) {
    List<String> missing = new ArrayList<>();
    if (!docker.getAsBoolean()) {
      missing.add("a Docker daemon that this user may use");
    }
    if (token.isEmpty()) {
      missing.add(TOKEN + " in the environment");
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException("LocalStack needs " + String.join(" and ", missing));
    }
    return new LocalStack(token.orElseThrow());
  }

  private static External external(Optional<String> uri) {
    return uri.filter(text -> text.matches("https?://[^/]+/?"))
        .map(URI::create)
        .map(External::new)
        .orElseThrow(() ->
            new IllegalStateException(
                "%s=external needs %s, as in http://127.0.0.1:4566; it is '%s'"
                    .formatted(SWITCH, EXTERNAL, uri.orElse(""))));
  }

  /// Starts it, or connects to it.
  default AwsEmulator start() {
    return switch (this) {
      case Moto() -> MotoServer.start();
      case LocalStack(var token) -> LocalStackServer.start(token);
      case External(var uri) -> new ExternalServer(uri);
    };
  }
}
