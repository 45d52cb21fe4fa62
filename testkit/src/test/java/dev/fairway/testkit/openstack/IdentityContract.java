// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.http.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Tokens, and what the services say to callers without one.
abstract class IdentityContract extends Contract {
  private ObjectNode credential(String secret) {
    var auth = Json.object();
    var identity = auth.putObject("identity");
    identity.putArray("methods").add("application_credential");
    identity
        .putObject("application_credential")
        .put("id", seed().applicationCredential())
        .put("secret", secret);
    return auth;
  }

  @Test
  void anApplicationCredentialGivesATokenOfItsProject() {
    var issued = Tenant.login(seed(), credential(seed().applicationCredentialSecret()));

    assertThat(issued.status()).isEqualTo(201);
    assertThat(issued.headers().get("x-subject-token")).isNotBlank();
    var token = issued.json().path("token");
    assertThat(token.at("/project/id").asText()).isEqualTo(seed().project());
    assertThat(Instant.parse(token.path("expires_at").asText()))
        .isAfter(Instant.parse(token.path("issued_at").asText()));
    assertThat(token.path("catalog").findValuesAsText("type"))
        .contains("identity", "load-balancer", "network");
  }

  @Test
  void aWrongSecretIsRefused() {
    var answer = Tenant.login(seed(), credential("wrong"));

    refused(answer, 401, "The request you have made requires authentication.");
  }

  @Test
  void aWrongPasswordIsRefused() {
    var answer = Tenant.login(seed(), Tenant.password("demo", "wrong"));

    refused(answer, 401, "The request you have made requires authentication.");
  }

  @Test
  void servicesRefuseATokenThatTheyDoNotKnow() {
    var token = Map.of("x-auth-token", "unknown");

    var octavia =
        Tenant.send(
            tenant().endpoint("load-balancer"), "GET", "/v2/lbaas/loadbalancers", "", token);
    var neutron = Tenant.send(tenant().endpoint("network"), "GET", "/v2.0/networks", "", token);

    for (var answer : List.of(octavia, neutron)) {
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.json().at("/error/title").asText()).isEqualTo("Unauthorized");
      assertThat(answer.json().at("/error/message").asText())
          .isEqualTo("The request you have made requires authentication.");
    }
  }

  @Test
  void versionsOfTheLoadBalancerServiceNeedNoToken() {
    var versions = Tenant.send(tenant().endpoint("load-balancer"), "GET", "/", "", Map.of());

    var list = versions.json().path("versions");
    assertThat(list.findValuesAsText("id")).contains("v2.0", "v2.5", "v2.12", "v2.26");
    assertThat(list.get(list.size() - 1).path("status").asText()).isEqualTo("CURRENT");
    assertThat(list.get(0).path("status").asText()).isEqualTo("SUPPORTED");
  }
}
