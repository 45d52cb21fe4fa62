// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.identity;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.http.Answer;
import dev.fairway.testkit.openstack.http.Backend;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.http.Request;
import dev.fairway.testkit.openstack.sim.Caller;
import dev.fairway.testkit.openstack.sim.Ids;
import dev.fairway.testkit.openstack.sim.Refused;
import dev.fairway.testkit.openstack.sim.Times;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Issues tokens, and tells the other services whose they are.
public final class Identity implements Backend {
  private static final String TOKEN = "x-auth-token";
  private static final String SUBJECT = "x-subject-token";

  private final Catalogue catalogue;
  private final Login login;
  private final Tokens tokens;
  private final List<String> roles = List.of("member", "load-balancer_member");

  /// @param accounts the first one has the application credential
  public Identity(
      InstantSource clock, Ids ids, Catalogue catalogue, List<Account> accounts, Secrets secrets) {
    this.catalogue = catalogue;
    this.tokens = new Tokens(clock, ids);
    this.login = new Login(accounts, secrets, tokens);
  }

  /// Who makes this request.
  ///
  /// @throws Refused without a token that holds
  public Caller caller(Request request) {
    var account =
        request
            .header(TOKEN)
            .flatMap(tokens::find)
            .orElseThrow(() -> new Refused(Answer.unauthorized()))
            .account();
    return new Caller(account.projectId(), account.admin());
  }

  /// For tokens issued from now on; one hour at first.
  public void tokenLifetime(Duration lifetime) {
    tokens.lifetime(lifetime);
  }

  /// No token that was issued before holds any more.
  public void revokeTokens() {
    tokens.revokeAll();
  }

  /// From now on; tokens that were issued before still hold.
  public void secrets(Secrets secrets) {
    login.secrets(secrets);
  }

  @Override
  public Answer send(Request request) {
    return switch (request.method() + " " + String.join("/", request.segments())) {
      case "GET " -> Answer.json(300, versions());
      case "GET v3" -> Answer.json(200, Json.object().set("version", version()));
      case "POST v3/auth/tokens" -> issue(request);
      case "GET v3/auth/tokens" -> shown(request);
      case "DELETE v3/auth/tokens" -> revoked(request);
      case "GET v3/auth/catalog" -> listed(request);
      default -> Answer.identity(404, "Not Found", "The resource could not be found.");
    };
  }

  private ObjectNode versions() {
    var root = Json.object();
    root.putObject("versions").putArray("values").add(version());
    return root;
  }

  private ObjectNode version() {
    var version = Json.object().put("id", "v3.14").put("status", "stable");
    version
        .putArray("links")
        .addObject()
        .put("rel", "self")
        .put("href", catalogue.url("identity") + "/");
    return version;
  }

  private Answer issue(Request request) {
    var token = tokens.issue(login.account(request.json().path("auth")));
    var methods = request.json().path("auth").path("identity").path("methods");
    return Answer.json(201, shown(token, (ArrayNode) methods)).with(SUBJECT, token.value());
  }

  private Answer shown(Request request) {
    var _ = caller(request);
    var token = request.header(SUBJECT).flatMap(tokens::find);
    if (token.isEmpty()) {
      return Answer.identity(404, "Not Found", "Could not find token.");
    }
    return Answer.json(200, shown(token.get(), Json.array().add("password")));
  }

  private Answer revoked(Request request) {
    var _ = caller(request);
    request.header(SUBJECT).ifPresent(tokens::revoke);
    return Answer.empty(204);
  }

  private Answer listed(Request request) {
    var _ = caller(request);
    return Answer.json(200, Json.object().set("catalog", catalogue.json()));
  }

  private ObjectNode shown(Tokens.Token token, ArrayNode methods) {
    var account = token.account();
    var root = Json.object();
    var body = root.putObject("token");
    body.set("methods", methods);
    body.set("user", named(account.userId(), account.userName()));
    body.set("project", named(account.projectId(), account.projectName()));
    var held = body.putArray("roles");
    for (var role : account.admin() ? List.of("admin") : roles) {
      held.addObject().put("id", "role-" + role).put("name", role);
    }
    body.set("catalog", catalogue.json());
    body.put("issued_at", Times.keystone(token.issued()));
    body.put("expires_at", Times.keystone(token.expires()));
    body.put("is_domain", false).putArray("audit_ids").add("audit");
    return root;
  }

  private static ObjectNode named(String id, String name) {
    var thing = Json.object().put("id", id).put("name", name);
    thing.putObject("domain").put("id", "default").put("name", "Default");
    return thing;
  }
}
