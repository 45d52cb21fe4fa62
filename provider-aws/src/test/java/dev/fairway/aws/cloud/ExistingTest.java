// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.aws.model.SecurityGroup;
import dev.fairway.cloud.error.CloudException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExistingTest {
  @Test
  void whatIsNotVisibleYetIsWaitedFor() {
    assertThatThrownBy(() -> made("LoadBalancerNotFound"))
        .isInstanceOf(CloudException.NotReady.class);
  }

  @Test
  void anotherConflictInLookingIsNotTakenForOneToWaitFor() {
    assertThatThrownBy(() -> made("InvalidGroup.InUse"))
        .isInstanceOf(CloudException.Conflict.class);
  }

  @Test
  void rulesOfWhichOneIsGoneAreTakenAwayOneByOne() {
    var there = new ArrayList<>(List.of("a", "c"));

    Existing.denied(
        List.of("a", "b", "c"),
        rules -> {
          if (!there.containsAll(rules)) {
            throw conflict("InvalidPermission.NotFound");
          }
          there.removeAll(rules);
        });

    assertThat(there).isEmpty();
  }

  @Test
  void aSecurityGroupOfSomebodyElseIsNamedToTheUser() {
    var found = new SecurityGroup("sg-1", "front", Map.of(), Set.of());

    assertThatThrownBy(() -> Seen.ours(found, Map.of("fairway.dev/service", "shop/web")))
        .isInstanceOf(CloudException.Rejected.class)
        .hasMessageContaining("front (sg-1)");
  }

  private static String made(String whenLooking) {
    return Existing.<String>orMade(
        () -> {
          throw conflict("DuplicateLoadBalancerName");
        },
        () -> {
          throw conflict(whenLooking);
        },
        "load balancer");
  }

  private static CloudException conflict(String code) {
    return new CloudException.Conflict(code, FakeElb.error(code));
  }
}
