// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.openstack.config.Credentials.Domain;
import dev.fairway.openstack.config.Credentials.Login;
import dev.fairway.openstack.config.Credentials.Scope;
import dev.fairway.openstack.config.Credentials.User;
import dev.fairway.openstack.config.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Bodies as in the Identity API reference, "Authentication and token management".
class AuthRequestTest {
  private static final Domain DEFAULT = new Domain(Optional.of("default"), Optional.empty());
  private static final Secret SECRET = new Secret("s");
  private static final User BY_ID =
      new User(Optional.of("u1"), Optional.empty(), Domain.unspecified());
  private static final User BY_NAME = new User(Optional.empty(), Optional.of("ada"), DEFAULT);

  @Test
  void aPasswordInAProjectByNames() {
    var scope =
        new Scope.Project(
            Optional.empty(), Optional.of("p"), new Domain(Optional.empty(), Optional.of("D")));

    assertBody(
        new Login.Password(BY_NAME, SECRET, scope),
        """
        {"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"ada","domain":{"id":"default"},"password":"s"}}},"scope":{"project":{"name":"p","domain":{"name":"D"}}}}}\
        """);
  }

  @Test
  void aPasswordInAProjectById() {
    var scope = new Scope.Project(Optional.of("p1"), Optional.empty(), Domain.unspecified());

    assertBody(
        new Login.Password(BY_ID, SECRET, scope),
        """
        {"auth":{"identity":{"methods":["password"],"password":{"user":{"id":"u1","password":"s"}}},"scope":{"project":{"id":"p1"}}}}\
        """);
  }

  @Test
  void aPasswordThroughATrust() {
    assertBody(
        new Login.Password(BY_ID, SECRET, new Scope.Trust("t1")),
        """
        {"auth":{"identity":{"methods":["password"],"password":{"user":{"id":"u1","password":"s"}}},"scope":{"OS-TRUST:trust":{"id":"t1"}}}}\
        """);
  }

  @Test
  void anApplicationCredentialByIdHasNoScope() {
    assertBody(
        new Login.ApplicationCredential(
            Optional.of("ac1"), Optional.empty(), Optional.empty(), SECRET),
        """
        {"auth":{"identity":{"methods":["application_credential"],"application_credential":{"id":"ac1","secret":"s"}}}}\
        """);
  }

  @Test
  void anApplicationCredentialByNameHasItsUser() {
    assertBody(
        new Login.ApplicationCredential(
            Optional.empty(), Optional.of("ac"), Optional.of(BY_NAME), SECRET),
        """
        {"auth":{"identity":{"methods":["application_credential"],"application_credential":{"name":"ac","user":{"name":"ada","domain":{"id":"default"}},"secret":"s"}}}}\
        """);
  }

  @Test
  void aTokenIsExchangedWithOrWithoutAScope() {
    assertBody(
        new Login.Token(SECRET, new Scope.Unscoped()),
        """
        {"auth":{"identity":{"methods":["token"],"token":{"id":"s"}}}}\
        """);
  }

  private static void assertBody(Login login, String json) {
    assertThat(AuthRequest.of(login)).hasToString(json);
  }
}
