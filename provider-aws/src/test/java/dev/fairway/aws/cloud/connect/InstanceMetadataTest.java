// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.aws.cloud.connect.FakeAws.Answer;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InstanceMetadataTest {
  private final FakeAws instance = new FakeAws().on("/latest/api/token", Answer.ok("t0ken"));
  private final InstanceMetadata metadata = new InstanceMetadata(Optional.of(instance.uri()));

  @AfterEach
  void stop() {
    instance.close();
  }

  @Test
  void theRegionIsAskedWithASessionToken() {
    instance.on("/latest/meta-data/placement/region", Answer.ok("eu-west-1\n"));

    assertThat(metadata.region()).contains("eu-west-1");
    assertThat(instance.requests().getFirst().method()).isEqualTo("PUT");
    assertThat(instance.requests().getFirst().headers())
        .containsEntry("x-aws-ec2-metadata-token-ttl-seconds", "60");
    assertThat(instance.requests().getLast().headers())
        .containsEntry("x-aws-ec2-metadata-token", "t0ken");
  }

  @Test
  void theVpcIsThatOfTheFirstInterface() {
    instance
        .on("/latest/meta-data/mac", Answer.ok("02:00:00:00:00:01"))
        .on(
            "/latest/meta-data/network/interfaces/macs/02:00:00:00:00:01/vpc-id",
            Answer.ok("vpc-0a"));

    assertThat(metadata.vpc()).contains("vpc-0a");
  }

  @Test
  void whatIsNotToldIsNotKnown() {
    assertThat(metadata.region()).isEmpty();
    assertThat(metadata.vpc()).isEmpty();
  }

  @Test
  void withoutATokenNothingElseIsAsked() {
    instance.on("/latest/api/token", new Answer(403, ""));

    assertThat(metadata.region()).isEmpty();
    assertThat(instance.actions()).containsExactly("/latest/api/token");
  }

  @Test
  void aHostThatDoesNotAnswerKnowsNothing() {
    instance.close();

    assertThat(metadata.region()).isEmpty();
  }

  @Test
  void whereItIsTurnedOffNobodyIsAsked() {
    assertThat(new InstanceMetadata(Optional.empty()).vpc()).isEmpty();
    assertThat(instance.requests()).isEmpty();
  }
}
