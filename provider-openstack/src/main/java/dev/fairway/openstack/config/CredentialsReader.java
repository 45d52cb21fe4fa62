// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import dev.fairway.openstack.config.Credentials.Domain;
import dev.fairway.openstack.config.Credentials.Facing;
import dev.fairway.openstack.config.Credentials.Login;
import dev.fairway.openstack.config.Credentials.Scope;
import dev.fairway.openstack.config.Credentials.Tls;
import dev.fairway.openstack.config.Credentials.User;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Credentials from the keys of `[Global]`, wherever those came from. Says all that is missing at
/// once.
final class CredentialsReader {
  /// Not an option of cloud.conf: only clouds.yaml and the environment say it.
  static final String AUTH_TYPE = "auth-type";

  private final Global global;
  private final List<String> missing = new ArrayList<>();

  private CredentialsReader(Global global) {
    this.global = global;
  }

  /// @throws IllegalArgumentException when a part is missing; the message names source, key and
  ///   what to write
  static Credentials read(Global global) {
    return new CredentialsReader(global).credentials();
  }

  private Credentials credentials() {
    var url = global.value("auth-url").flatMap(AuthUrl::parse);
    if (url.isEmpty()) {
      missing.add("auth-url: write " + AuthUrl.FORM);
    }
    var login = login();
    var tls = tls();
    if (!missing.isEmpty() || url.isEmpty() || login.isEmpty()) {
      throw new IllegalArgumentException(
          "the OpenStack credentials of %s are not complete; %s"
              .formatted(global.source(), String.join("; ", missing)));
    }
    return new Credentials(
        global.source(), url.get(), login.get(), global.value("region"), facing(), tls);
  }

  private Optional<Login> login() {
    var type = global.value(AUTH_TYPE).orElse("").toLowerCase(Locale.ROOT);
    return switch (type) {
      case "" -> guessed();
      case "password", "v3password" -> password();
      case "token", "v3token" -> token();
      case "v3applicationcredential", "applicationcredential" -> applicationCredential();
      default -> {
        missing.add(
            "auth_type '%s' is not supported: write password, token or v3applicationcredential"
                .formatted(type));
        yield Optional.empty();
      }
    };
  }

  private Optional<Login> guessed() {
    if (has("application-credential-secret")
        || has("application-credential-id")
        || has("application-credential-name")) {
      return applicationCredential();
    }
    return has("token") && !has("password") ? token() : password();
  }

  private Optional<Login> password() {
    var scope = scope();
    var trusted = scope instanceof Scope.Trust;
    var id = trusted ? first("trustee-id", "user-id") : global.value("user-id");
    var password = trusted ? first("trustee-password", "password") : global.value("password");
    var user = user(id);
    if (password.isEmpty()) {
      missing.add(
          "password: write that of the user, or application-credential-id and"
              + " application-credential-secret instead");
    }
    return user.isEmpty() || password.isEmpty()
        ? Optional.empty()
        : Optional.of(new Login.Password(user.get(), new Secret(password.get()), scope));
  }

  private Optional<Login> applicationCredential() {
    var id = global.value("application-credential-id");
    var name = global.value("application-credential-name");
    var secret = global.value("application-credential-secret");
    if (secret.isEmpty()) {
      missing.add("application-credential-secret: write what was shown when it was made");
    }
    if (id.isEmpty() && name.isEmpty()) {
      missing.add("application-credential-id: write the id of the application credential");
    }
    // A name is unique for its user only.
    var user =
        id.isEmpty() && name.isPresent() ? user(global.value("user-id")) : Optional.<User>empty();
    return secret.map(text ->
        new Login.ApplicationCredential(
            id, id.isPresent() ? Optional.empty() : name, user, new Secret(text)));
  }

  private Optional<Login> token() {
    var token = global.value("token");
    if (token.isEmpty()) {
      missing.add("token: write a token that is valid");
    }
    var scope = scope();
    return token.map(text -> new Login.Token(new Secret(text), scope));
  }

  private Optional<User> user(Optional<String> id) {
    if (id.isPresent()) {
      return Optional.of(new User(id, Optional.empty(), Domain.unspecified()));
    }
    var name = global.value("username");
    var domain = domain("user-domain");
    if (name.isEmpty()) {
      missing.add("username (or user-id): write the name of the user");
    } else if (domain.equals(Domain.unspecified())) {
      missing.add("user-domain-name: write the domain of the user, such as Default");
    }
    return name.map(text -> new User(Optional.empty(), Optional.of(text), domain));
  }

  private Scope scope() {
    var trust = global.value("trust-id");
    if (trust.isPresent()) {
      return new Scope.Trust(trust.get());
    }
    var id = global.value("tenant-id");
    if (id.isPresent()) {
      return new Scope.Project(id, Optional.empty(), Domain.unspecified());
    }
    var name = global.value("tenant-name");
    if (name.isEmpty()) {
      return new Scope.Unscoped();
    }
    var domain = domain("tenant-domain");
    if (domain.equals(Domain.unspecified())) {
      domain = domain("user-domain");
    }
    if (domain.equals(Domain.unspecified())) {
      missing.add("tenant-domain-name: write the domain of the project, such as Default");
    }
    return new Scope.Project(Optional.empty(), name, domain);
  }

  /// Its own, or the one that stands for both user and project.
  private Domain domain(String prefix) {
    for (var start : List.of(prefix, "domain", "default-domain")) {
      var id = global.value(start + "-id");
      var name = global.value(start + "-name");
      if (id.isPresent() || name.isPresent()) {
        return new Domain(id, id.isPresent() ? Optional.empty() : name);
      }
    }
    return new Domain(global.value("default-domain"), Optional.empty());
  }

  private Facing facing() {
    var word = global.value("os-endpoint-type").orElse("public").toLowerCase(Locale.ROOT);
    return switch (word.replaceAll("url$", "")) {
      case "internal" -> Facing.INTERNAL;
      case "admin" -> Facing.ADMIN;
      default -> Facing.PUBLIC;
    };
  }

  private Tls tls() {
    var cert = file("cert-file");
    var key = file("key-file");
    if (cert.isPresent() != key.isPresent()) {
      missing.add("cert-file and key-file: write both or neither");
    }
    var insecure = global.value("tls-insecure").orElse("false").toLowerCase(Locale.ROOT);
    return new Tls(
        file("ca-file"), cert, key, List.of("true", "yes", "on", "1").contains(insecure));
  }

  private Optional<Path> file(String key) {
    return global.value(key).map(Path::of);
  }

  private Optional<String> first(String key, String other) {
    return global.value(key).or(() -> global.value(other));
  }

  private boolean has(String key) {
    return global.value(key).isPresent();
  }
}
