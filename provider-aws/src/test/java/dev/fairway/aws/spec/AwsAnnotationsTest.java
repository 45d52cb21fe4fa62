// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import static dev.fairway.aws.spec.Wish.full;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwsAnnotationsTest {
  private static List<String> unknown(String key) {
    return AwsAnnotations.CATALOGUE.unknownKeys(Map.of(key, "x")).stream().map(Wish::line).toList();
  }

  @Test
  void aKeyThatIsMisspelledIsToldWithTheNearest() {
    assertThat(unknown(full("shceme")))
        .containsExactly(
            "WARNING UnknownAnnotation: annotation %s is not known and has no effect; did you mean %s?"
                .formatted(full("shceme"), full("scheme")));
  }

  @Test
  void theEndOfAKeyIsChecked() {
    assertThat(unknown(full("listener-attributes.SCTP-80")))
        .containsExactly(
            "WARNING UnknownAnnotation: annotation %s ends with 'SCTP-80', which is not TCP, UDP, TCP_UDP or TLS, a hyphen and a port and has no effect; write %s, for example %s"
                .formatted(
                    full("listener-attributes.SCTP-80"),
                    full("listener-attributes.PROTOCOL-PORT"),
                    full("listener-attributes.TCP-80")));
    assertThat(unknown(full("target-group-attributes.http")))
        .containsExactly(
            "WARNING UnknownAnnotation: annotation %s ends with 'http', which is not a whole number from 1 to 65535 and has no effect; write %s, for example %s"
                .formatted(
                    full("target-group-attributes.http"),
                    full("target-group-attributes.PORT"),
                    full("target-group-attributes.80")));
  }

  @Test
  void annotationsOfOthersAreNoneOfOurBusiness() {
    assertThat(unknown("service.beta.kubernetes.io/azure-load-balancer-internal")).isEmpty();
    assertThat(unknown("example.com/x")).isEmpty();
  }
}
