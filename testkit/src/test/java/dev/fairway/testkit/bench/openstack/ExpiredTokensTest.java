// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.testkit.openstack.fault.Attempt;
import dev.fairway.testkit.openstack.http.Query;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExpiredTokensTest {
  private static final Attempt READ =
      new Attempt(Attempt.LOAD_BALANCER, "GET", "/v2/lbaas/loadbalancers", Query.of(""), "");
  private static final Attempt TOKEN =
      new Attempt(Attempt.IDENTITY, "POST", "/v3/auth/tokens", Query.of(""), "");

  private final ExpiredTokens expired = new ExpiredTokens();

  @Test
  void everyCallIsRefusedUntilSomebodyAsksForANewToken() {
    assertThat(expired.at(READ, Instant.EPOCH)).map(fault -> fault.label()).contains("refuse-401");
    assertThat(expired.at(READ, Instant.EPOCH)).isPresent();
    assertThat(expired.at(TOKEN, Instant.EPOCH)).isEmpty();
    assertThat(expired.at(READ, Instant.EPOCH)).isEmpty();
  }
}
