// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.desired;

import static dev.fairway.manager.desired.Services.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.manager.desired.ServiceScope.Duty;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServiceScopeTest {
  private static final ServiceScope BOTH = new ServiceScope(Set.of("fairway.dev/metal"), true);
  private static final ServiceScope CLASS_ONLY =
      new ServiceScope(Set.of("fairway.dev/metal"), false);

  @Test
  void ownClassAndNoClassAreServedAsConfigured() {
    assertThat(BOTH.duty(service("a").build())).isEqualTo(Duty.SERVE);
    assertThat(BOTH.duty(service("a").ofClass("fairway.dev/metal").build())).isEqualTo(Duty.SERVE);
    assertThat(CLASS_ONLY.duty(service("a").build())).isEqualTo(Duty.LEAVE);
  }

  @Test
  void aForeignClassIsLeftAloneWhateverHappensToIt() {
    var foreign = "example.com/internal-vip";

    assertThat(BOTH.duty(service("a").ofClass(foreign).build())).isEqualTo(Duty.LEAVE);
    assertThat(BOTH.duty(service("a").ofClass(foreign).finalizer().deleting().build()))
        .isEqualTo(Duty.LEAVE);
  }

  @Test
  void theFinalizerOfAnotherControllerStaysWhereOnlyAClassIsServed() {
    var flipped = service("a").clusterIp().finalizer();

    assertThat(CLASS_ONLY.duty(flipped.build())).isEqualTo(Duty.LEAVE);
    var ours =
        new ServiceView.Condition(
            "LoadBalancerProvisioning", false, "Complete", "nothing to do", 1);
    assertThat(CLASS_ONLY.duty(flipped.conditions(List.of(ours)).build())).isEqualTo(Duty.CLEAN_UP);
  }

  @Test
  void whatCarriesTheFinalizerAndShouldHaveNoLoadBalancerIsCleanedUp() {
    assertThat(BOTH.duty(service("a").finalizer().deleting().build())).isEqualTo(Duty.CLEAN_UP);
    assertThat(BOTH.duty(service("a").clusterIp().finalizer().build())).isEqualTo(Duty.CLEAN_UP);
    assertThat(BOTH.duty(service("a").clusterIp().build())).isEqualTo(Duty.LEAVE);
    assertThat(BOTH.duty(service("a").deleting().build())).isEqualTo(Duty.LEAVE);
  }
}
