// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.watch;

import static dev.fairway.manager.desired.Services.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.report.StatusChange;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServicePatchesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final LoadBalancerKey SHARED = LoadBalancerKey.ofShareKey("default", "x");
  private static final LoadBalancerKey OWN = LoadBalancerKey.ofService("default", "web");
  private final ServiceView web = service("web").port(80).build();

  @Test
  void everyPatchNamesTheVersionThatItWasMadeFrom() {
    var change = new StatusChange(Optional.empty(), List.of(), List.of());

    for (var patch :
        List.of(
            ServicePatches.addFinalizer(web, SHARED, "42", NOW),
            ServicePatches.move(web, SHARED, "42", NOW),
            ServicePatches.removeFinalizer(web, "42"),
            ServicePatches.status(web, change, "42", NOW))) {
      assertThat(json(patch))
          .contains("\"resourceVersion\":\"42\"")
          .contains("\"uid\":\"uid-default-web\"");
    }
  }

  @Test
  void theGroupIsWrittenDownTogetherWithTheFinalizer() {
    assertThat(json(ServicePatches.addFinalizer(web, SHARED, "42", NOW)))
        .contains("\"finalizers\":[\"service.kubernetes.io/load-balancer-cleanup\"]")
        .contains("\"type\":\"LoadBalancerShared\"")
        .contains("\"message\":\"shared:default/x\"");
    assertThat(json(ServicePatches.addFinalizer(web, OWN, "42", NOW)))
        .as("one that is alone needs no word of it")
        .contains("\"conditions\":[]");
  }

  @Test
  void whoIsAloneAgainLosesTheConditionAndWhoGoesLosesAllOfOurs() {
    var member = service("web").port(80).member("shared:default/x").build();

    assertThat(json(ServicePatches.move(member, OWN, "42", NOW)))
        .contains("\"$patch\":\"delete\"")
        .contains("LoadBalancerShared");
    assertThat(json(ServicePatches.removeFinalizer(member, "42")))
        .contains("$deleteFromPrimitiveList/finalizers")
        .contains("LoadBalancerShared");
  }

  private static String json(Map<String, Object> patch) {
    return Serialization.asJson(patch);
  }
}
