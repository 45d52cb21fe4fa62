// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.testkit.openstack.http.Answer;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.sim.Refused;
import java.util.List;

/// Who proves what to get a token.
final class Login {
  private final List<Account> accounts;
  private final Tokens tokens;
  private volatile Secrets secrets;

  Login(List<Account> accounts, Secrets secrets, Tokens tokens) {
    this.accounts = List.copyOf(accounts);
    this.secrets = secrets;
    this.tokens = tokens;
  }

  void secrets(Secrets next) {
    secrets = next;
  }

  /// @param auth as clients of Keystone send it
  /// @throws Refused when it proves nothing
  Account account(JsonNode auth) {
    var identity = auth.path("identity");
    var methods = Json.texts(identity.path("methods"));
    if (methods.isEmpty()) {
      throw new Refused(Answer.identity(400, "Bad Request", "'identity' is a required property"));
    }
    return switch (methods.getFirst()) {
      case "password" -> scoped(byPassword(identity.path("password").path("user")), auth);
      case "application_credential" -> byCredential(identity.path("application_credential"));
      case "token" -> scoped(byToken(identity.path("token").path("id").asText()), auth);
      default -> throw new Refused(Answer.unauthorized());
    };
  }

  private Account byPassword(JsonNode user) {
    if (!user.path("password").asText().equals(secrets.password())) {
      throw new Refused(Answer.unauthorized());
    }
    return user(user);
  }

  private Account byCredential(JsonNode credential) {
    var first = accounts.getFirst();
    var found =
        credential.path("id").asText().equals(secrets.credentialId())
            || (credential.path("name").asText().equals(secrets.credentialName())
                && user(credential.path("user")).equals(first));
    if (!found || !credential.path("secret").asText().equals(secrets.credentialSecret())) {
      throw new Refused(Answer.unauthorized());
    }
    return first;
  }

  private Account byToken(String value) {
    return tokens.find(value).orElseThrow(() -> new Refused(Answer.unauthorized())).account();
  }

  private Account user(JsonNode user) {
    var id = user.path("id").asText();
    var name = user.path("name").asText();
    return accounts.stream()
        .filter(account ->
            account.userId().equals(id)
                || (account.userName().equals(name) && inDefaultDomain(user)))
        .findFirst()
        .orElseThrow(() -> new Refused(Answer.unauthorized()));
  }

  /// A trust is taken for the trustor's project: the simulation has one project for each user.
  private static Account scoped(Account account, JsonNode auth) {
    var project = auth.path("scope").path("project");
    var id = project.path("id").asText();
    var name = project.path("name").asText();
    var fits =
        auth.path("scope").has("OS-TRUST:trust")
            || account.projectId().equals(id)
            || (account.projectName().equals(name) && inDefaultDomain(project));
    if (!fits) {
      throw new Refused(Answer.unauthorized());
    }
    return account;
  }

  private static boolean inDefaultDomain(JsonNode thing) {
    var domain = thing.path("domain");
    return domain.path("id").asText().equals("default")
        || domain.path("name").asText().equals("Default");
  }
}
