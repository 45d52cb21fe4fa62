// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.openstack.config.Credentials.Domain;
import dev.fairway.openstack.config.Credentials.Login;
import dev.fairway.openstack.config.Credentials.Scope;
import dev.fairway.openstack.config.Credentials.User;

/// The body of `POST /v3/auth/tokens` (Identity API reference). OpenStack4j has no application
/// credentials, and no trusts.
final class AuthRequest {
  private AuthRequest() {}

  static ObjectNode of(Login login) {
    var root = JsonNodeFactory.instance.objectNode();
    var auth = root.putObject("auth");
    var identity = auth.putObject("identity");
    switch (login) {
      case Login.Password(var user, var password, var scope) -> {
        identity.putArray("methods").add("password");
        var body = identity.putObject("password").putObject("user");
        put(body, user);
        body.put("password", password.revealed());
        put(auth, scope);
      }
      case Login.ApplicationCredential(var id, var name, var user, var secret) -> {
        identity.putArray("methods").add("application_credential");
        var body = identity.putObject("application_credential");
        id.ifPresent(text -> body.put("id", text));
        name.ifPresent(text -> body.put("name", text));
        user.ifPresent(who -> put(body.putObject("user"), who));
        body.put("secret", secret.revealed());
      }
      case Login.Token(var token, var scope) -> {
        identity.putArray("methods").add("token");
        identity.putObject("token").put("id", token.revealed());
        put(auth, scope);
      }
    }
    return root;
  }

  private static void put(ObjectNode body, User user) {
    user.id().ifPresent(id -> body.put("id", id));
    user.name().ifPresent(name -> body.put("name", name));
    put(body, user.domain());
  }

  private static void put(ObjectNode body, Domain domain) {
    domain.id().ifPresent(id -> body.putObject("domain").put("id", id));
    domain.name().ifPresent(name -> body.putObject("domain").put("name", name));
  }

  private static void put(ObjectNode auth, Scope scope) {
    switch (scope) {
      case Scope.Project(var id, var name, var domain) -> {
        var project = auth.putObject("scope").putObject("project");
        id.ifPresent(text -> project.put("id", text));
        name.ifPresent(text -> project.put("name", text));
        put(project, domain);
      }
      case Scope.Trust(var id) -> auth.putObject("scope").putObject("OS-TRUST:trust").put("id", id);
      case Scope.Unscoped _ -> {}
    }
  }
}
