// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwsEndpointTest {
  private static final BooleanSupplier NOT_ASKED =
      () -> {
        throw new AssertionError("nobody has to know whether there is Docker");
      };

  @Test
  void withoutASwitchItIsMoto() {
    assertThat(AwsEndpoint.select(Map.of(), NOT_ASKED)).isEqualTo(new AwsEndpoint.Moto());
    assertThat(AwsEndpoint.select(Map.of("FAIRWAY_AWS", "moto"), NOT_ASKED))
        .isEqualTo(new AwsEndpoint.Moto());
  }

  @Test
  void localStackIsSelectedWithDockerAndAToken() {
    var environment = Map.of("FAIRWAY_AWS", "localstack", "LOCALSTACK_AUTH_TOKEN", "ls-secret");

    assertThat(AwsEndpoint.select(environment, () -> true))
        .isEqualTo(new AwsEndpoint.LocalStack("ls-secret"));
  }

  @Test
  void theTokenIsNotShown() {
    assertThat(new AwsEndpoint.LocalStack("ls-secret").toString()).doesNotContain("ls-secret");
  }

  @Test
  void localStackNamesAllThatIsMissing() {
    var selected = Map.of("FAIRWAY_AWS", "localstack");
    var tokenOnly = Map.of("FAIRWAY_AWS", "localstack", "LOCALSTACK_AUTH_TOKEN", "ls-secret");
    var blank = Map.of("FAIRWAY_AWS", "localstack", "LOCALSTACK_AUTH_TOKEN", " ");

    assertThatThrownBy(() -> AwsEndpoint.select(selected, () -> false))
        .hasMessage(
            "LocalStack needs a Docker daemon that this user may use and LOCALSTACK_AUTH_TOKEN in"
                + " the environment");
    assertThatThrownBy(() -> AwsEndpoint.select(tokenOnly, () -> false))
        .hasMessage("LocalStack needs a Docker daemon that this user may use");
    assertThatThrownBy(() -> AwsEndpoint.select(blank, () -> true))
        .hasMessage("LocalStack needs LOCALSTACK_AUTH_TOKEN in the environment");
  }

  @Test
  void anExternalEndpointIsNamed() {
    var environment =
        Map.of("FAIRWAY_AWS", "external", "FAIRWAY_AWS_ENDPOINT", "http://127.0.0.1:4566");

    assertThat(AwsEndpoint.select(environment, NOT_ASKED))
        .isEqualTo(new AwsEndpoint.External(URI.create("http://127.0.0.1:4566")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "127.0.0.1:4566", "ftp://a", "http://a/path"})
  void anExternalEndpointThatIsNoneIsRefused(String endpoint) {
    var environment = Map.of("FAIRWAY_AWS", "external", "FAIRWAY_AWS_ENDPOINT", endpoint);

    assertThatThrownBy(() -> AwsEndpoint.select(environment, NOT_ASKED))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("FAIRWAY_AWS=external needs FAIRWAY_AWS_ENDPOINT")
        .hasMessageEndingWith("'" + endpoint + "'");
  }

  @Test
  void anotherWordIsRefused() {
    assertThatThrownBy(() -> AwsEndpoint.select(Map.of("FAIRWAY_AWS", "mote"), NOT_ASKED))
        .hasMessage("FAIRWAY_AWS: 'mote' is not one of moto, localstack, external");
  }

  @Test
  void aMissingMotoIsOneLineThatSaysWhoProvidesIt() {
    assertThatThrownBy(() -> MotoServer.program(Optional.empty()))
        .hasMessage(
            "FAIRWAY_MOTO is not set; run the tests by ./fairway test, which provides the AWS"
                + " emulator");
    assertThatThrownBy(() -> MotoServer.program(Optional.of("/nothing")))
        .hasMessageContaining("FAIRWAY_MOTO=/nothing");
  }
}
